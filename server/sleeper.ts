/** A sleep that ends at its time or when woken, whichever comes first. */
export type Sleeper = {
  /** At most `milliseconds`; at once when `wake` came since the last sleep. Resolves with whether it was woken. */
  sleep(milliseconds: number): Promise<boolean>
  wake(): void
}

const longestSleep = 2 ** 31 - 1

export function createSleeper(): Sleeper {
  let woken = false
  let end: ((early: boolean) => void) | undefined
  return {
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        if (woken || milliseconds <= 0) {
          resolve(woken)
          woken = false
          return
        }
        const timer = setTimeout(() => end?.(false), Math.min(milliseconds, longestSleep))
        end = (early) => {
          clearTimeout(timer)
          end = undefined
          resolve(early)
        }
      }),
    wake() {
      if (end) end(true)
      else woken = true
    },
  }
}
