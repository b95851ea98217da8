/** A clock that stands until it is moved. */
export type SettableClock = {
  readonly now: () => Date
  /** Goes to a moment (ISO 8601). */
  at(moment: string): void
  pass(time: { readonly minutes?: number; readonly seconds?: number }): void
  /** From now on every look at the clock finds it so much later: time for a rate limit to give new permits. */
  flows(millisecondsALook: number): void
}

/** A Monday, 10:00 in Almaty; no holiday is near. */
export const mondayMorning = '2026-11-23T05:00:00.000Z'

export function settableClock(start = mondayMorning): SettableClock {
  let now = Date.parse(start)
  let step = 0
  return {
    now: () => {
      now += step
      return new Date(now)
    },
    at(moment) {
      now = Date.parse(moment)
    },
    pass({ minutes = 0, seconds = 0 }) {
      now += (minutes * 60 + seconds) * 1000
    },
    flows(millisecondsALook) {
      step = millisecondsALook
    },
  }
}
