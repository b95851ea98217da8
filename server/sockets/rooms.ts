import type { Language } from '../../engine/language.ts'

/** Every device of a conversation's visitor. */
export const visitorRoom = (conversationId: string) => `visitor:${conversationId}`
/** The consoles that have a conversation open, by the language of their screen. */
export const openRoom = (conversationId: string, language: Language) => `open:${conversationId}:${language}`
/** The consoles that work for a desk, by the language of their screen. */
export const deskRoom = (desk: string) => `desk:${desk}`
/** Every console of one signed-in browser. */
export const sessionRoom = (sessionHash: string) => `session:${sessionHash}`
/** Every console of an operator. */
export const operatorRoom = (operatorId: string) => `operator:${operatorId}`
/** The consoles of a desk's supervisors. */
export const supervisorsRoom = (desk: string) => `supervisors:${desk}`
