/** A letter that is still to be taken, and how often that failed. */
type Waiting = { readonly failures: number; readonly dueAt: number }

/** The letters of a mailbox that are not done with, by number. */
export type Backlog = {
  /** Letters that were listed: those at most `to` and not in `uids` are done with. */
  readonly list: (uids: readonly number[], to: number) => void
  /** The highest number that was listed. */
  readonly listed: () => number
  /** Every letter up to this one is done with, or would be `without` one of them. */
  readonly done: (without?: number) => number
  /** Letters whose turn it is, in order. */
  readonly due: (now: number) => readonly number[]
  /** When the next one is due; undefined when there is none. */
  readonly nextAt: () => number | undefined
  readonly take: (uid: number) => void
  /** One more failure of a letter; it waits for as long as `pause` says of so many. */
  readonly failed: (uid: number, now: number, pause: (failures: number) => number) => Readonly<Waiting>
}

/** A mailbox of which everything up to `from` is done with. */
export function createBacklog(from: number): Backlog {
  const waiting = new Map<number, Waiting>()
  let listed = from
  return {
    list: (uids, to) => {
      for (const uid of uids) if (!waiting.has(uid)) waiting.set(uid, { failures: 0, dueAt: 0 })
      listed = Math.max(listed, to, uids.at(-1) ?? 0)
    },
    listed: () => listed,
    done: (without) => {
      let first = listed + 1
      for (const uid of waiting.keys()) if (uid !== without) first = Math.min(first, uid)
      return first - 1
    },
    due: (now) =>
      [...waiting]
        .filter(([, { dueAt }]) => dueAt <= now)
        .map(([uid]) => uid)
        .sort((a, b) => a - b),
    nextAt: () => {
      let next: number | undefined
      for (const { dueAt } of waiting.values()) next = Math.min(next ?? dueAt, dueAt)
      return next
    },
    take: (uid) => void waiting.delete(uid),
    failed: (uid, now, pause) => {
      const failures = (waiting.get(uid)?.failures ?? 0) + 1
      const one = { failures, dueAt: now + pause(failures) }
      waiting.set(uid, one)
      return one
    },
  }
}
