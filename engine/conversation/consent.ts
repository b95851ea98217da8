import type { Choice, Said } from './content.ts'
import type { Effect } from './effect.ts'
import { choice, goBack, speak } from './say.ts'

/** The consent is asked before anything personal is: `asking` holds this in place of a field's id. */
export const consent = 'consent'

const choices: readonly Choice[] = [
  choice('consent', 'choice.consent', true),
  choice('refuse', 'choice.refuse'),
  goBack,
]

/** Asks for the consent to use personal data, with what it is for. */
export const askConsent = (lead: Said['key'] = 'consent.ask'): Effect => speak(lead, { choices })
