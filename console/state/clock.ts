import { signal } from '@preact/signals'

/** The server's clock, ticking every second in `now` (milliseconds): the visitor's promise is kept by it, not by ours. */
export function createClock(ours: () => number) {
  let ahead = 0
  const now = signal(ours())
  const tick = () => {
    now.value = ours() + ahead
  }
  return {
    now,
    tick,
    /** Takes over the server's clock as of this moment. */
    set: (serverNow: string) => {
      ahead = Date.parse(serverNow) - ours()
      tick()
    },
    start: () => setInterval(tick, 1000),
  }
}
