/** Work done some at a time: whoever drives it may do something else between two steps. */
export type Steps<T> = Generator<void, T, void>

/** Does all steps at once and gives what the last one returns. */
export function lastOf<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
