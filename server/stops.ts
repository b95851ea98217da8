export type Stops = {
  /** What is to be called when everything ends. */
  push(stop: () => Promise<unknown> | unknown): void
  /** Stops all parts, the newest first. A part that cannot stop is told of, and does not keep the others. */
  all(): Promise<void>
}

/** Keeps how each part that was started is stopped again. */
export function createStops(failed: (error: unknown) => void): Stops {
  const stops: (() => Promise<unknown> | unknown)[] = []
  return {
    push: (stop) => void stops.push(stop),
    async all() {
      for (const stop of stops.splice(0).reverse()) {
        try {
          await stop()
        } catch (error) {
          failed(error)
        }
      }
    },
  }
}
