/** A bucket of permits: `burst` at once, then `perSecond`. */
export function createRate(burst: number, perSecond: number, clock: () => Date): () => boolean {
  let permits = burst
  let last = clock().getTime()
  return () => {
    const now = clock().getTime()
    permits = Math.min(burst, permits + (Math.max(0, now - last) / 1000) * perSecond)
    last = now
    if (permits < 1) return false
    permits--
    return true
  }
}
