import type { Instant } from '../conversation/instant.ts'
import { maskField, maskPersonalData } from '../identity/index.ts'
import type { Language } from '../language.ts'
import type { Intent } from './index.ts'

/** A visitor's question as it is kept to learn from; nobody's personal numbers are in it. */
export type AskedQuestion = {
  /** Of the event that asked it. */
  readonly id: string
  readonly at: Instant
  readonly language: Language
  readonly text: string
  readonly intent: Intent
  /** Whether one article was clearly the answer. */
  readonly confident: boolean
  /** Articles whose titles or texts were shown. */
  readonly offered: readonly string[]
  /** Articles that were shown in full. */
  readonly opened: readonly string[]
  /** The article that an operator answered it with: then it is a lesson, and nobody asked the assistant. */
  readonly taught?: { readonly article: string; readonly operator: string }
}

/** What came of a question later. */
export type QuestionOutcome = {
  readonly opened?: string
  readonly helped?: string
  readonly notHelped?: string
  /** The visitor went on to a person. */
  readonly toPerson?: true
}

const longestQuestion = 500
const email = /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.\p{L}{2,}/gu
/** A phone, a card or any other long number, however it is grouped. */
const longNumber = /\+?\d(?:[\s().-]{0,2}\d){8,}/g

/** A question as it may be kept and shown: personal numbers and addresses masked, no longer than need be. */
export function questionText(text: string): string {
  const masked = maskPersonalData(text.replace(/\s+/g, ' ').trim())
    .replace(email, (address) => maskField('email', address))
    .replace(longNumber, (number) => {
      let left = number.replace(/\D/g, '').length - 2
      return number.replace(/\d/g, (digit) => (left-- > 0 ? '•' : digit))
    })
  return masked.slice(0, longestQuestion).toWellFormed()
}

/** Whether a text says enough to be learnt from. */
export const isWorthLearning = (text: string): boolean => (text.match(/\p{L}/gu) ?? []).length >= 3

/** Whether no article has answered: nothing was found or opened, it did not help, or a person was asked for. */
export function isUnanswered(
  question: Pick<AskedQuestion, 'intent' | 'confident' | 'opened' | 'taught'>,
  outcome: QuestionOutcome,
): boolean {
  if (question.taught) return true
  if (outcome.helped !== undefined) return false
  if (outcome.notHelped !== undefined || outcome.toPerson) return true
  if (question.intent === 'unknown') return true
  return (
    question.intent === 'question' && !question.confident && question.opened.length === 0 && !outcome.opened
  )
}
