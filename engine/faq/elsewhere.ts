import { claimOf, type Entry, refusalNamed } from './entries.ts'
import type { FaqIndex, Understanding } from './index.ts'
import { desksNamed } from './naming.ts'
import { saysNothing, saysNothingMore } from './recognise.ts'
import { beginning } from './subjects.ts'
import { smalltalkKinds } from './words/smalltalk.ts'

type Found = { readonly entry: Entry; readonly score: number }

/** What a message is instead of a question to the desk. */
export type MeantElsewhere = Pick<Understanding, 'intent' | 'outOfScope' | 'otherDesk' | 'smalltalk'>

const leastScore = 0.2
/** A name or a word at random is somewhat like what is said to anybody. */
const leastChat = 0.28
/** From this score on, an own article is the answer, whatever other desks know about it. */
const ownScore = 0.5
/** How much better another desk's article must fit. */
const foreignMargin = 0.03
/** How many times better, when no word tells that it is another desk's. */
const foreignLead = 1.3

/**
 * Whether a message is more like something else than like the desk's best article: a request out of scope, another
 * desk's question, small talk in many words. `found` is all that is like it, `core` its words without what stands
 * around them.
 */
export function meantElsewhere(
  index: FaqIndex,
  core: readonly string[],
  found: readonly Found[],
): MeantElsewhere | undefined {
  const article = found.find(({ entry }) => entry.intent === 'question')
  const first = article?.score ?? 0
  const subjects = index.subjects.get(article?.entry.id ?? '')
  const unusual = core.filter((word) => !subjects?.has(beginning(word)))
  const named = desksNamed(index.naming, core)

  const fits = ({ entry: { intent, id }, score }: Found, weight: number): boolean => {
    if (intent === 'question') return false
    if (intent !== 'otherDesk') {
      const least = intent === 'outOfScope' ? leastScore : leastChat
      return (article !== undefined || score >= ownScore) && score >= least && weight > first
    }
    if (named.length > 0) return named.includes(id)
    const telling = core.some((word) => index.foreign.get(id)?.has(beginning(word)))
    if (score < leastScore || score <= first * (telling ? 1 : foreignLead) + foreignMargin) return false
    return first < ownScore || (telling && score > first * foreignLead)
  }

  let most: { readonly entry: Entry; readonly weight: number } | undefined
  for (const one of found) {
    const weight = one.score * claimOf(one.entry, unusual)
    if (fits(one, weight) && (!most || weight > most.weight)) most = { entry: one.entry, weight }
  }
  if (most) return meaning(most.entry)
  if (named.length > 0 || first >= ownScore) return undefined
  const refusal = alienTo(index, core)
  return refusal === undefined ? undefined : { intent: 'outOfScope', outOfScope: refusal }
}

/** The request out of scope that a message names, when nothing in it is what the desk's articles are about. */
function alienTo(index: FaqIndex, core: readonly string[]): string | undefined {
  const telling = core.filter((word) => !saysNothing([word]) && !saysNothingMore([word]))
  return telling.some((word) => concerns(index, word)) ? undefined : refusalNamed(telling)
}

/** Whether a word is what one of the desk's articles is about. */
function concerns({ subjects }: FaqIndex, word: string): boolean {
  const begins = beginning(word)
  for (const those of subjects.values()) if (those.has(begins)) return true
  return false
}

function meaning({ intent, id }: Entry): MeantElsewhere {
  if (intent === 'outOfScope') return { intent, outOfScope: id }
  if (intent === 'otherDesk') return { intent, otherDesk: id }
  const smalltalk = smalltalkKinds.find((kind) => kind === id)
  return smalltalk ? { intent: 'smalltalk', smalltalk } : { intent: 'operator' }
}
