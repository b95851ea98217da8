import { familyOf, featuresOf } from './features.ts'
import { foldedWords } from './fold.ts'

/** What can be found: the ways in which it is asked for, and a longer text about it. */
export type Findable = { readonly phrasings: readonly string[]; readonly body: string }

export type Ranked = { readonly at: number; readonly score: number }

/**
 * An inverted index from features to findables for the first look, and the features of every phrasing for the
 * second. All numbers live in typed arrays: row `n` of a table is `values[starts[n]] … values[starts[n + 1]]`.
 */
export type Ranker = {
  readonly size: number
  readonly bits: number
  readonly weights: Float32Array
  readonly postingStarts: Uint32Array
  readonly postingOwners: Uint32Array
  readonly postingWeights: Float32Array
  readonly phrasingStarts: Uint32Array
  readonly featureStarts: Uint32Array
  readonly features: Uint32Array
  readonly lengths: Float32Array
  /** Weights of the features of the message under way, all zero between two calls. */
  readonly asked: Float32Array
}

const familyWeights = [1, 1.5, 1.5] as const
const bodyWeight = 0.3
const candidates = 40
const consideredFeatures = 400
const nearestShare = 0.6

/** Indexes findables; `rank` names them by their place in this list. */
export function buildRanker(findables: readonly Findable[]): Ranker {
  const letters = findables.reduce(
    (sum, { phrasings, body }) => sum + body.length + phrasings.reduce((all, { length }) => all + length, 0),
    0,
  )
  const bits = Math.min(21, Math.max(14, Math.ceil(Math.log2(letters + 1))))
  const buckets = 1 << bits

  const phrasingStarts = new Uint32Array(findables.length + 1)
  const rows: Uint32Array[] = []
  const profiles = findables.map(({ phrasings, body }, owner) => {
    const own = phrasings.map((phrasing) => featuresOf(foldedWords(phrasing), bits))
    rows.push(...own)
    phrasingStarts[owner + 1] = rows.length
    return profileOf(own, featuresOf(foldedWords(body), bits))
  })

  const postingStarts = new Uint32Array(buckets + 1)
  for (const { features } of profiles) {
    for (const feature of features) postingStarts[feature + 1]! += 1
  }
  const weights = new Float32Array(buckets)
  for (let feature = 0; feature < buckets; feature++) {
    const owners = postingStarts[feature + 1]!
    weights[feature] =
      familyWeights[familyOf(feature, bits) as 0 | 1 | 2] * Math.log(1 + findables.length / (owners + 0.5))
    postingStarts[feature + 1]! += postingStarts[feature]!
  }

  const postingOwners = new Uint32Array(postingStarts[buckets]!)
  const postingWeights = new Float32Array(postingStarts[buckets]!)
  const free = postingStarts.slice()
  for (const [owner, { features, counts }] of profiles.entries()) {
    const values = features.map((feature, at) => counts[at]! * weights[feature]!)
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1
    for (const [at, feature] of features.entries()) {
      const place = free[feature]!++
      postingOwners[place] = owner
      postingWeights[place] = values[at]! / length
    }
  }

  const featureStarts = new Uint32Array(rows.length + 1)
  for (const [at, row] of rows.entries()) featureStarts[at + 1] = featureStarts[at]! + row.length
  const features = new Uint32Array(featureStarts[rows.length]!)
  const lengths = new Float32Array(rows.length)
  for (const [at, row] of rows.entries()) {
    features.set(row, featureStarts[at]!)
    lengths[at] = Math.sqrt(row.reduce((sum, feature) => sum + weights[feature]! ** 2, 0)) || 1
  }

  return {
    size: findables.length,
    bits,
    weights,
    postingStarts,
    postingOwners,
    postingWeights,
    phrasingStarts,
    featureStarts,
    features,
    lengths,
    asked: new Float32Array(buckets),
  }
}

/** The findables most like the words, best first, with scores in 0..1; those that share nothing are left out. */
export function rank(ranker: Ranker, words: readonly string[], limit: number): readonly Ranked[] {
  const { weights, asked } = ranker
  const features = featuresOf(words, ranker.bits)
    .sort((one, two) => weights[two]! - weights[one]! || one - two)
    .subarray(0, consideredFeatures)
  const length = Math.sqrt(features.reduce((sum, feature) => sum + weights[feature]! ** 2, 0)) || 1

  const profiles = new Float32Array(ranker.size)
  for (const feature of features) {
    const weight = weights[feature]!
    const end = ranker.postingStarts[feature + 1]!
    for (let at = ranker.postingStarts[feature]!; at < end; at++) {
      profiles[ranker.postingOwners[at]!]! += weight * ranker.postingWeights[at]!
    }
  }

  for (const feature of features) asked[feature] = weights[feature]!
  const ranked = best(profiles, candidates).map((owner) => ({
    at: owner,
    score: Math.min(
      1,
      (nearestShare * nearest(ranker, owner) + (1 - nearestShare) * profiles[owner]!) / length,
    ),
  }))
  for (const feature of features) asked[feature] = 0
  return ranked.sort((one, two) => two.score - one.score || one.at - two.at).slice(0, limit)
}

function nearest(
  { phrasingStarts, featureStarts, features, weights, lengths, asked }: Ranker,
  owner: number,
): number {
  let closest = 0
  for (let row = phrasingStarts[owner]!; row < phrasingStarts[owner + 1]!; row++) {
    let shared = 0
    const end = featureStarts[row + 1]!
    for (let at = featureStarts[row]!; at < end; at++) {
      const feature = features[at]!
      shared += asked[feature]! * weights[feature]!
    }
    closest = Math.max(closest, shared / lengths[row]!)
  }
  return closest
}

/** The places of the highest values above zero, at most `count`, in no promised order. */
function best(values: Float32Array, count: number): readonly number[] {
  const floor = values.length > count ? values.slice().sort()[values.length - count]! : 0
  const places: number[] = []
  for (let at = 0; at < values.length && places.length < count; at++) {
    if (values[at]! > floor || (values[at] === floor && floor > 0)) places.push(at)
  }
  return places
}

/** Every feature of a findable once, with how strongly it speaks for it: often in phrasings, or only in the body. */
function profileOf(phrasings: readonly Uint32Array[], body: Uint32Array) {
  const counts = new Map<number, number>()
  for (const row of phrasings) for (const feature of row) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  for (const [feature, count] of counts) counts.set(feature, 1 + Math.log(count))
  for (const feature of body) counts.set(feature, (counts.get(feature) ?? 0) + bodyWeight)
  return { features: Uint32Array.from(counts.keys()), counts: Float32Array.from(counts.values()) }
}
