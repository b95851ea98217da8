import { familyWeights, visitFeatures } from './features.ts'
import { fold } from './fold.ts'
import { remembered } from './remembered.ts'
import type { Steps } from './steps.ts'
import { liftTwins, type Twins } from './twins.ts'

/** What can be found: the ways in which it is asked for, and a longer text about it. */
export type Findable = { readonly phrasings: readonly string[]; readonly body: string }

/** The phrasings of a findable, folded. */
export const foldedPhrasings = remembered(({ phrasings }: Findable) => phrasings.map(fold))

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

/** Indexes findables in steps, one or more a findable; `rank` names them by their place in this list. */
export function* rankerSteps(findables: readonly Findable[]): Steps<Ranker> {
  const size = findables.length
  const bits = bitsFor(findables)
  const buckets = 1 << bits
  const exact = new Map<string, number>()

  const scratch = { met: new Uint8Array(buckets), found: new Uint32Array(1 << 16) }
  const starts = new Uint32Array(buckets + 1)
  const profiles: Profile[] = []
  for (const [owner, findable] of findables.entries()) {
    yield
    for (const phrasing of foldedPhrasings(findable)) if (!exact.has(phrasing)) exact.set(phrasing, owner)
    const profile = profileOf(findable, bits, scratch)
    for (const feature of profile.features) starts[feature + 1]!++
    profiles.push(profile)
  }

  yield
  const weights = new Float32Array(buckets)
  const rarities = Array.from({ length: size + 1 }, (_, owners) => Math.log(1 + size / (owners + 0.5)))
  for (const [family, familyWeight] of familyWeights.entries()) {
    const to = (family + 1) << (bits - 2)
    for (let feature = family << (bits - 2); feature < to; feature++) {
      const owners = starts[feature + 1]!
      weights[feature] = familyWeight * rarities[owners]!
      starts[feature + 1] = starts[feature]! + owners
    }
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

/** What a findable's features are and how typical each is of it, 0..255. */
type Profile = { readonly bits: number; readonly features: Uint32Array; readonly typical: Uint8Array }

const knownProfiles = new WeakMap<Findable, Profile>()
/** Room to count in, all zero between findables. */
type Scratch = { readonly met: Uint8Array; readonly found: Uint32Array }

/** The profile of a findable, worked out once as long as indexes are of one size. */
function profileOf(findable: Findable, bits: number, { met, found }: Scratch): Profile {
  const known = knownProfiles.get(findable)
  if (known?.bits === bits) return known
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
  for (const phrasing of foldedPhrasings(findable)) visitFeatures(phrasing, bits, meet)
  visitFeatures(fold(findable.body), bits, meetInBody)
  const features = found.slice(0, distinct)
  const half = halfTypical * Math.min(1, findable.phrasings.length / manyPhrasings)
  const typical = new Uint8Array(distinct)
  for (let at = 0; at < distinct; at++) {
    const feature = features[at]!
    const count = met[feature]!
    const phrasingsWithIt = count < inBody ? count : count - inBody + 1
    typical[at] = Math.round((full * phrasingsWithIt) / (phrasingsWithIt + half))
    met[feature] = 0
  }
  const profile = { bits, features, typical }
  knownProfiles.set(findable, profile)
  return profile
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
