import type { Desk } from '../engine/desk.ts'
import type { Article } from '../engine/faq/article.ts'
import { faqIndexSteps } from '../engine/faq/index.ts'
import { surroundingsOf } from '../engine/faq/surroundings.ts'
import { inTurns } from './inTurns.ts'

/** The desks as they are now. */
export type LiveDesks = {
  /** Always the same map; a desk in it is replaced as a whole when it changes, so look it up, do not keep it. */
  readonly desks: ReadonlyMap<string, Desk>
  /** Replaces a desk by what `change` makes of it; everybody who looks it up from now on gets the new one. */
  replace(id: string, change: (desk: Desk) => Desk): void
  /**
   * Puts the articles of some desks in force. Each desk's articles and its search change together; resolves when the
   * searches of the other desks know the new articles as well. What comes in meanwhile rides in the next round.
   */
  putArticles(articles: ReadonlyMap<string, readonly Article[]>): Promise<void>
}

/** Keeps the desks of a process. Begins with the ones given. */
export function createLiveDesks(initial: ReadonlyMap<string, Desk>): LiveDesks {
  const desks = new Map(initial)
  let pending = new Map<string, readonly Article[]>()
  let working: Promise<void> = Promise.resolve()

  function replace(id: string, change: (desk: Desk) => Desk) {
    const desk = desks.get(id)
    if (!desk) throw new Error(`there is no desk ${id}`)
    desks.set(id, change(desk))
  }

  async function round() {
    if (pending.size === 0) return
    const changed = new Map(
      [...pending]
        .filter(([id]) => desks.has(id))
        .map(([id, articles]) => [id, new Map(articles.map((article) => [article.id, article]))]),
    )
    pending = new Map()
    const known = () =>
      [...desks.values()].map((desk) => ({ ...desk, articles: changed.get(desk.id) ?? desk.articles }))
    // those that changed first
    for (const id of [...changed.keys(), ...[...desks.keys()].filter((other) => !changed.has(other))]) {
      const desk = known().find((one) => one.id === id)
      if (!desk) continue
      const { articles } = desk
      const faq = await inTurns(faqIndexSteps([...articles.values()], surroundingsOf(desk, known())))
      replace(id, (now) => ({ ...now, articles, faq }))
    }
  }

  return {
    desks,
    replace,
    putArticles(articles) {
      for (const [id, those] of articles) pending.set(id, those)
      working = working.catch(() => undefined).then(round)
      return working
    },
  }
}
