import { askOperator, speak } from './say.ts'
import type { At, Conversation } from './state.ts'
import { kept, type Step } from './step.ts'

/** The assistant waits for a question; what was drafted is let go, what is known of the person stays. */
export const startAsking = (state: Conversation): At<'asking'> => ({
  ...kept(state),
  stage: 'asking',
  suggested: [],
})

export const greet = (state: Conversation): Step => [
  startAsking(state),
  [speak('greeting', { choices: [askOperator] })],
]

export const askAgain = (state: Conversation): Step => [
  startAsking(state),
  [speak('asking.again', { choices: [askOperator] })],
]
