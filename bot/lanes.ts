/**
 * Runs tasks one after another within a lane and different lanes side by side, at most `width` tasks at once.
 * A task's failure goes to its own promise only.
 */
export function lanes(width: number): <T>(lane: number, task: () => Promise<T>) => Promise<T> {
  const tails = new Map<number, Promise<unknown>>()
  const waiting: (() => void)[] = []
  let free = width

  const enter = async () => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }

  return (lane, task) => {
    const before = tails.get(lane) ?? Promise.resolve()
    const run = before.then(enter).then(task).finally(leave)
    const tail = run.then(
      () => undefined,
      () => undefined,
    )
    tails.set(lane, tail)
    void tail.then(() => {
      if (tails.get(lane) === tail) tails.delete(lane)
    })
    return run
  }
}
