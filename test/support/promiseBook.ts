import { dueMinute, type Minute, type MinuteCalendar, type Promised, type Span } from './minuteOracle.ts'

type Metric = 'firstResponse' | 'nextResponse' | 'resolution'

/** One promise as the book has it. */
export type Judged = {
  promised: Promised
  /** It stands still: paused, or ended. */
  still?: { readonly since: Minute; readonly ended: boolean } | undefined
  /** What it was found to be late by. */
  late?: { readonly target: Span; readonly until?: string | undefined } | undefined
  ended?: { readonly late: boolean; readonly due: Minute }
}

/**
 * The promises of one ticket judged apart from the engine: told what happened in whole minutes, in order of time, it
 * knows when each is due and how often one was broken or kept. A deadline falls at its minute, before whatever else
 * happens in it.
 */
export function promiseBook(
  calendar: MinuteCalendar,
  registeredAt: Minute,
  targets: Readonly<Partial<Record<Metric, Span>>>,
) {
  let inForce = calendar
  let promisedNow = targets
  let now = registeredAt
  const all = new Map<Metric, Judged>()
  const counts = { breached: 0, met: 0 }

  const begins = (metric: Metric) => {
    const target = promisedNow[metric]
    if (target) all.set(metric, { promised: { target, startedAt: now, away: [] } })
  }
  let worked = new WeakMap<Promised, Minute>()
  const due = ({ promised }: Judged): Minute => {
    const known = worked.get(promised) ?? dueMinute(inForce, promised)
    worked.set(promised, known)
    return known
  }
  const goesOn = (one: Judged) => {
    if (!one.still) return
    const { since } = one.still
    one.promised = { ...one.promised, away: [...one.promised.away, { from: since, to: now }] }
    one.still = undefined
  }
  const running = (metric: Metric) => {
    const one = all.get(metric)
    return one && !one.still?.ended ? one : undefined
  }
  const found = (one: Judged) => {
    one.late = { target: one.promised.target, until: one.promised.until }
    counts.breached++
  }
  const look = () => {
    for (const one of all.values()) if (!one.still && !one.late && due(one) <= now) found(one)
  }
  begins('firstResponse')
  begins('resolution')

  return {
    counts,
    due,
    /** Whatever is due by now has fallen. */
    look,
    passes(to: Minute) {
      now = to
      look()
    },
    begins,
    ends(metric: Metric) {
      const one = running(metric)
      if (!one) return
      goesOn(one)
      if (!one.late && now > due(one)) found(one)
      if (!one.late) counts.met++
      one.ended = { late: one.late !== undefined, due: due(one) }
      one.still = { since: now, ended: true }
    },
    restarts(metric: Metric) {
      const one = all.get(metric)
      if (one?.still?.ended) goesOn(one)
    },
    owes: (metric: Metric) => running(metric) !== undefined,
    pauses() {
      const one = running('resolution')
      if (one) one.still ??= { since: now, ended: false }
    },
    resumes() {
      const one = running('resolution')
      if (one) goesOn(one)
    },
    putsOff(until: string | undefined) {
      const one = running('resolution')
      if (one) one.promised = { ...one.promised, until }
    },
    retargets(to: typeof targets) {
      promisedNow = to
      for (const metric of all.keys()) {
        const [one, target] = [running(metric), to[metric]]
        if (one && target) one.promised = { ...one.promised, target }
      }
    },
    /** The calendar was corrected: what was late by its mistake is not. */
    recalendars(to: MinuteCalendar) {
      inForce = to
      worked = new WeakMap()
      for (const one of all.values())
        if (!one.still?.ended && one.late && dueMinute(to, { ...one.promised, ...one.late }) > now)
          one.late = undefined
    },
    of: (metric: Metric) => all.get(metric),
  }
}

export type PromiseBook = ReturnType<typeof promiseBook>
