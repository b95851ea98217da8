import type { Effect } from './effect.ts'
import type { Conversation } from './state.ts'

/** Where the conversation is next, and what is to be done. */
export type Step = readonly [next: Conversation, effects: readonly Effect[]]

/** The part of a conversation that every stage keeps. */
export const kept = ({
  version,
  channel,
  language,
  languageChosen,
  known,
  articlesSeen,
  insults,
  home,
  mail,
}: Conversation) => ({
  version,
  channel,
  language,
  languageChosen,
  known,
  articlesSeen,
  insults,
  ...(home !== undefined && { home }),
  ...(mail !== undefined && { mail }),
})

/** Does something before a step's own effects. */
export const after = (first: readonly Effect[], [next, effects]: Step): Step => [next, [...first, ...effects]]
