/** A sleep that ends at its time or when woken, whichever comes first. */
export type Sleeper = {
  /** At most `milliseconds`; at once when `wake` came since the last sleep. */
  sleep(milliseconds: number): Promise<void>
  wake(): void
}

const longestSleep = 2 ** 31 - 1

export function createSleeper(): Sleeper {
  let woken = false
  let end: (() => void) | undefined
  return {
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        if (woken || milliseconds <= 0) {
          woken = false
          return resolve()
        }
        const timer = setTimeout(() => end?.(), Math.min(milliseconds, longestSleep))
        end = () => {
          clearTimeout(timer)
          end = undefined
          woken = false
          resolve()
        }
      }),
    wake() {
      if (end) end()
      else woken = true
    },
  }
}
