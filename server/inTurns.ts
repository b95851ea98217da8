import { setImmediate as turn } from 'node:timers/promises'
import type { Steps } from '../engine/faq/steps.ts'

/** How long one piece of work goes on before everything else has its turn. */
const mostMilliseconds = 8

/** Does all steps, and lets everything else have its turn between them. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  let since = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - since < mostMilliseconds) continue
    await turn()
    since = performance.now()
  }
}
