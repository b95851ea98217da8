import type { DeskProfile } from '../desk.ts'
import type { Choice, Said } from './content.ts'
import type { Effect } from './effect.ts'
import { choice, goBack, speak } from './say.ts'

/** The consent is asked before anything personal is: `asking` holds this in place of a field's id. */
export const consent = 'consent'

/** Asks for the consent to use personal data, with what it is for; refusing is offered where the desk allows it. */
export function askConsent(desk: DeskProfile, lead: Said['key'] = 'consent.ask'): Effect {
  const choices: readonly Choice[] = [
    choice('consent', 'choice.consent', true),
    ...(desk.identification.refusable ? [choice('refuse', 'choice.refuse')] : []),
    goBack,
  ]
  return speak(lead, { choices })
}
