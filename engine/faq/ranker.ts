import { familyWeightOf, visitFeatures } from './features.ts'
import { fold } from './fold.ts'
import { lastOf, type Steps } from './steps.ts'
import { liftTwins, type Twins } from './twins.ts'

/** What can be found: the ways in which it is asked for, and a longer text about it. */
export type Findable = { readonly phrasings: readonly string[]; readonly body: string }

export type Ranked = { readonly at: number; readonly score: number }

/**
 * An inverted index from features to the findables that have them, in typed arrays: the owners of feature `f` and
 * how typical it is of each stand at `starts[f]` … `starts[f + 1]`.
 */
export type Ranker = {
  readonly size: number
  readonly bits: number
  /** How much a feature tells: the fewer have it, the more. */
  readonly weights: Float32Array
  readonly starts: Uint32Array
  readonly owners: Uint16Array | Uint32Array
  /** 0..255, the nearer to the full, the more phrasings have the feature; the body counts as one phrasing. */
  readonly typical: Uint8Array
  /** The places of findables by a phrasing of theirs, folded. */
  readonly exact: ReadonlyMap<string, number>
}

const full = 255
const halfTypical = 1.5
const manyPhrasings = 16
/** How many postings a search reads, the most telling features first: this bounds its time. */
const consideredPostings = 80_000
const inBody = 0x80

/** Indexes findables; `rank` names them by their place in this list. */
export const buildRanker = (findables: readonly Findable[]): Ranker => lastOf(rankerSteps(findables))

/** The same in steps, one or more a findable; the index is what the last one returns. */
export function* rankerSteps(findables: readonly Findable[]): Steps<Ranker> {
  const size = findables.length
  const bits = bitsFor(findables)
  const buckets = 1 << bits
  const exact = new Map<string, number>()

  const met = new Uint8Array(buckets)
  const starts = new Uint32Array(buckets + 1)
  const found = new Uint32Array(1 << 16)
  const profiles: { readonly features: Uint32Array; readonly typical: Uint8Array }[] = []
  for (const [owner, { phrasings, body }] of findables.entries()) {
    yield
    let distinct = 0
    const meet = (feature: number) => {
      const count = met[feature]!
      if (count === 0 && distinct < found.length) found[distinct++] = feature
      if (count < inBody - 1) met[feature] = count + 1
    }
    const meetInBody = (feature: number) => {
      const count = met[feature]!
      if (count === 0 && distinct < found.length) found[distinct++] = feature
      if (count < inBody) met[feature] = count + inBody
    }
    for (const phrasing of phrasings) {
      const folded = fold(phrasing)
      if (!exact.has(folded)) exact.set(folded, owner)
      visitFeatures(folded, bits, meet)
    }
    visitFeatures(fold(body), bits, meetInBody)
    const features = found.slice(0, distinct)
    const half = halfTypical * Math.min(1, phrasings.length / manyPhrasings)
    const typical = new Uint8Array(distinct)
    for (let at = 0; at < distinct; at++) {
      const feature = features[at]!
      const count = met[feature]!
      const phrasingsWithIt = count < inBody ? count : count - inBody + 1
      typical[at] = Math.round((full * phrasingsWithIt) / (phrasingsWithIt + half))
      met[feature] = 0
      starts[feature + 1]!++
    }
    profiles.push({ features, typical })
  }

  yield
  const weights = new Float32Array(buckets)
  for (let feature = 0; feature < buckets; feature++) {
    weights[feature] = familyWeightOf(feature, bits) * Math.log(1 + size / (starts[feature + 1]! + 0.5))
    starts[feature + 1]! += starts[feature]!
  }
  const total = starts[buckets]!
  const owners = size <= 0x10000 ? new Uint16Array(total) : new Uint32Array(total)
  const typical = new Uint8Array(total)
  const free = starts.slice()
  for (const [owner, profile] of profiles.entries()) {
    if (owner % 64 === 0) yield
    for (let at = 0; at < profile.features.length; at++) {
      const place = free[profile.features[at]!]!++
      owners[place] = owner
      typical[place] = profile.typical[at]!
    }
  }
  return { size, bits, weights, starts, owners, typical, exact }
}

/**
 * The findables most like the folded text, best first; those that share nothing are left out. A score is the
 * part of what the text tells that is typical of the findable, 0..1; it is 1 for a phrasing of its own. Findables
 * with twins profit from what the text shares with these.
 */
export function rank(
  ranker: Ranker,
  folded: string,
  limit: number,
  twins: Twins = new Map(),
): readonly Ranked[] {
  const { bits, weights, starts, owners, typical } = ranker
  const asked = new Set<number>()
  visitFeatures(folded, bits, (feature) => asked.add(feature))
  const features = [...asked].sort((one, two) => weights[two]! - weights[one]! || one - two)

  const scores = new Float32Array(ranker.size)
  let all = 0
  let read = 0
  for (const feature of features) {
    const weight = weights[feature]!
    const start = starts[feature]!
    const end = starts[feature + 1]!
    read += end - start
    if (read > consideredPostings) break
    all += weight
    for (let at = start; at < end; at++) scores[owners[at]!]! += weight * typical[at]!
  }
  for (let at = 0; at < scores.length; at++) scores[at] = Math.min(1, scores[at]! / (full * all || 1))
  liftTwins(scores, twins)
  const same = ranker.exact.get(folded)
  if (same !== undefined) scores[same] = 1
  return best(scores, limit)
}

/** The places of the highest scores above zero, best first. */
function best(scores: Float32Array, limit: number): readonly Ranked[] {
  const ranked: Ranked[] = []
  for (let at = 0; at < scores.length; at++) {
    const score = scores[at]!
    if (score <= 0 || (ranked.length === limit && score <= ranked[limit - 1]!.score)) continue
    const place = ranked.findIndex((other) => other.score < score)
    ranked.splice(place < 0 ? ranked.length : place, 0, { at, score })
    if (ranked.length > limit) ranked.pop()
  }
  return ranked
}

/** Enough buckets that two features seldom share one, few enough to stay in the processor's cache. */
function bitsFor(findables: readonly Findable[]): number {
  const letters = findables.reduce(
    (sum, { phrasings, body }) => sum + body.length + phrasings.reduce((all, { length }) => all + length, 0),
    0,
  )
  return Math.min(19, Math.max(14, Math.ceil(Math.log2(letters * 3 + 1))))
}
