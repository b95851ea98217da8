import type { Article } from './article.ts'
import type { FaqSurroundings } from './entries.ts'

type KnownDesk = {
  readonly id: string
  readonly outOfScope: readonly { readonly id: string; readonly phrasings: readonly string[] }[]
  readonly articles: ReadonlyMap<string, Article>
}

/** What a desk's search has to know beside the desk's own articles, among all the desks of the installation. */
export const surroundingsOf = (desk: KnownDesk, all: Iterable<KnownDesk>): FaqSurroundings => ({
  outOfScope: desk.outOfScope.map(({ id, phrasings }) => ({ id, phrasings })),
  otherDesks: [...all]
    .filter(({ id }) => id !== desk.id)
    .map(({ id, articles }) => ({ id, articles: [...articles.values()] })),
})
