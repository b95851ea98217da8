import { familyWeightOf } from './features.ts'
import type { Ranker } from './ranker.ts'

/** Places from the first up to, not including, the end. */
export type Span = { readonly from: number; readonly to: number }

/** For the places of one span, those of the other that are about the same. */
export type Twins = ReadonlyMap<number, readonly number[]>

const alike = 0.18
const lifted = 0.5
const mostCompared = 400
/** A feature of so many pairs tells hardly any of them apart. */
const mostPairs = 2_500

/** Which findables of a span are about the same as some of another, by the cosine of what is typical of them. */
export function twinsOf(ranker: Ranker, own: Span, others: Span): Twins {
  const width = Math.min(others.to - others.from, mostCompared)
  if (width <= 0) return new Map()
  const end = others.from + width
  const { bits, starts, owners, typical, weights, size } = ranker
  const norms = new Float64Array(size)
  const products = new Float32Array((own.to - own.from) * width)
  for (let feature = 0; feature < weights.length; feature++) {
    const start = starts[feature]!
    const stop = starts[feature + 1]!
    if (start === stop) continue
    const weight = weights[feature]! ** 2 / familyWeightOf(feature, bits)
    for (let at = start; at < stop; at++) norms[owners[at]!]! += weight * typical[at]! ** 2
    if ((stop - start) ** 2 > mostPairs * 4) continue
    for (let one = start; one < stop; one++) {
      const place = owners[one]!
      if (place < own.from || place >= own.to) continue
      for (let two = start; two < stop; two++) {
        const other = owners[two]!
        if (other < others.from || other >= end) continue
        products[(place - own.from) * width + other - others.from]! += weight * typical[one]! * typical[two]!
      }
    }
  }
  const found = new Map<number, readonly number[]>()
  for (let place = own.from; place < own.to; place++) {
    const same: number[] = []
    for (let other = others.from; other < end; other++) {
      const product = products[(place - own.from) * width + other - others.from]!
      if (product >= alike * Math.sqrt(norms[place]! * norms[other]!)) same.push(other)
    }
    if (same.length > 0) found.set(place, same)
  }
  return found
}

/** Lets what is like a findable's twin count for the findable as well; the twin keeps its score. */
export function liftTwins(scores: Float32Array, twins: Twins): void {
  for (const [place, same] of twins) {
    const own = scores[place]!
    const most = same.reduce((most, other) => Math.max(most, scores[other]!), own)
    scores[place] = own + lifted * (most - own)
  }
}
