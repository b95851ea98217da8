/** The same numbers between 0 and 1 for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Ahead<T> = { readonly at: number; readonly first: number; readonly order: number; readonly what: T }

const before = <T>(a: Ahead<T>, b: Ahead<T>): boolean =>
  a.at !== b.at ? a.at < b.at : a.first !== b.first ? a.first < b.first : a.order < b.order

/** What is to happen, taken in order of time; of the same moment the smaller `first`, then what was put in earlier. */
export function timeline<T>() {
  const heap: Ahead<T>[] = []
  let order = 0
  const at = (index: number) => heap[index] as Ahead<T>
  const swap = (a: number, b: number) => {
    const kept = at(a)
    heap[a] = at(b)
    heap[b] = kept
  }
  return {
    put(moment: number, what: T, first = 1) {
      heap.push({ at: moment, first, order: order++, what })
      for (let index = heap.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1
        if (!before(at(index), at(parent))) break
        swap(index, parent)
        index = parent
      }
    },
    take(): { readonly at: number; readonly what: T } | undefined {
      const [top] = heap
      const last = heap.pop()
      if (!top || !last || heap.length === 0) return top
      heap[0] = last
      for (let index = 0; ; ) {
        const [left, right] = [2 * index + 1, 2 * index + 2]
        let least = index
        if (left < heap.length && before(at(left), at(least))) least = left
        if (right < heap.length && before(at(right), at(least))) least = right
        if (least === index) return top
        swap(index, least)
        index = least
      }
    },
  }
}
