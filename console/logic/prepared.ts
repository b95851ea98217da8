import type { ConversationDetail } from '../../engine/wireConsole.ts'

type Declined = ConversationDetail['prepared']['declined'][number]

/** The text to show after another reason was chosen: what the operator has written themselves is kept. */
export const retold = (text: string, before: string | undefined, after: string): string =>
  text.trim() === '' || text === before ? after : text

/** The reasons one chooses among first; a matter outside the desk's competence is then named by `scopesOf`. */
export const reasonsOf = (declined: readonly Declined[]): readonly Declined[] =>
  declined.filter(({ scope }) => scope === undefined)

/** What a desk names as outside of its competence. */
export const scopesOf = (declined: readonly Declined[]): readonly Declined[] =>
  declined.filter(({ scope }) => scope !== undefined)
