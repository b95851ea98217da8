import type { AssistantKey } from '../../locales/index.ts'

/** What is said otherwise in a letter: it has no screen, no buttons, and says itself how to answer it. */
const inLetters: Partial<Record<AssistantKey, AssistantKey>> = {
  moved: 'mail.moved',
  'unattended.late': 'mail.unattended',
  'etiquette.ended': 'mail.ended',
  'unsupported.tooLarge': 'mail.tooLarge',
  'unsupported.refusedFile': 'mail.refusedFile',
  'silence.closed.information': 'mail.closed.information',
  'silence.closed.solution': 'mail.closed.solution',
  'silence.reminder.solution.closes': 'mail.reminder.solution.closes',
  'silence.reminder.solution.mayClose': 'mail.reminder.solution.mayClose',
  'silence.ended': 'mail.closed.byOperator',
}

/** The words for a key in a letter. */
export const byLetter = (key: AssistantKey): AssistantKey => inLetters[key] ?? key
