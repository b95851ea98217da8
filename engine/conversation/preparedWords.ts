import { DateTime } from 'luxon'
import { say } from '../../locales/index.ts'
import type { Desk, DeskField } from '../desk.ts'
import type { Language } from '../language.ts'
import { missingFields } from './missingFields.ts'
import { type DeclineReason, declineReasons, type PostponeReason, postponeReasons } from './outcome.ts'
import type { Ticket } from './state.ts'

type Prepared<Reason extends string> = {
  readonly reason: Reason
  /** What the operator chooses by, in the console's language. */
  readonly label: string
  /** What the visitor would read, in their language; the operator may change it before sending. */
  readonly text: string
}

/** Words that are ready for the operator: kind, in the visitor's language, with where to go instead. */
export type PreparedWords = {
  readonly declined: readonly (Prepared<DeclineReason> & {
    /** Which of the desk's `outOfScope` it is. */
    readonly scope?: string
  })[]
  readonly postponed: readonly Prepared<PostponeReason>[]
  readonly warned: string
  /** For a request whose visitor has not answered: says so, and lists what was done (edoc regulation, §15). */
  readonly unanswered: string
  /** Asks for what the desk needs and nobody has told; empty when nothing is missing. */
  readonly missing: string
}

/** What was done for a request, a line each, in the order it was done. */
function doneText(desk: Desk, { done }: Pick<Ticket, 'done'>, language: Language): string {
  const lines = done.map(({ at, what }) =>
    say[language](`done.${what}`, {
      moment: DateTime.fromISO(at, { zone: desk.zone, locale: language }).toFormat('dd.MM.yyyy HH:mm'),
    }),
  )
  return lines.map((line) => `• ${line}`).join('\n')
}

/** A field's question, with what there is to choose from. */
function questionText({ question, options }: DeskField, language: Language): string {
  const choice = options?.map(({ label }) => label[language]).join('; ')
  return choice ? `• ${question[language]} (${choice})` : `• ${question[language]}`
}

/** What a matter outside the desk's competence is called. */
export const scopeLabel = (scope: Desk['outOfScope'][number], language: Language): string =>
  scope.label?.[language] ?? scope.answer[language]

/**
 * The prepared words of a desk, in the visitor's language (edoc regulation, §6, §9 and §16); what they are chosen by is
 * named in the console's. Each matter outside the desk's competence comes with its own answer, after the general one.
 */
export function preparedWords(
  desk: Desk,
  ticket: Pick<Ticket, 'done' | 'values' | 'files' | 'identityRefused'>,
  visitor: Language,
  screen: Language,
): PreparedWords {
  const complaints = desk.contacts.complaints
  const missing = missingFields(desk, ticket)
  return {
    declined: [
      ...declineReasons.map((reason) => ({
        reason,
        label: say[screen](`decline.${reason}`),
        text: say[visitor](`prepared.declined.${reason}`),
      })),
      ...desk.outOfScope.map((scope) => ({
        reason: 'outOfScope' as const,
        scope: scope.id,
        label: scopeLabel(scope, screen),
        text: scope.answer[visitor],
      })),
    ],
    postponed: postponeReasons.map((reason) => ({
      reason,
      label: say[screen](`postpone.${reason}`),
      text: say[visitor](`prepared.postponed.${reason}`),
    })),
    warned: say[visitor]('prepared.warned', { complaints }),
    unanswered: say[visitor]('prepared.unanswered', { done: doneText(desk, ticket, visitor) }),
    missing:
      missing.length === 0
        ? ''
        : say[visitor]('prepared.missing', {
            questions: missing.map((field) => questionText(field, visitor)).join('\n'),
          }),
  }
}
