import { otherLanguage } from '../../engine/faq/articleContent.ts'
import type { Language } from '../../engine/language.ts'
import type { WireArticleRow } from '../../engine/wireArticles.ts'

export const articleFilters = [
  'all',
  'drafts',
  'missing',
  'older',
  'shipped',
  'unpublished',
  'deleted',
] as const
export type ArticleFilter = (typeof articleFilters)[number]

/** Whether an article is one of those a filter shows; the deleted ones are shown by theirs alone. */
export function fits(row: WireArticleRow, filter: ArticleFilter): boolean {
  if (filter === 'deleted') return row.stage === 'deleted'
  if (row.stage === 'deleted') return false
  switch (filter) {
    case 'all':
      return true
    case 'drafts':
      return row.stage === 'draft' || row.drafted
    case 'missing':
      return row.missing !== null
    case 'older':
      return row.older !== null
    case 'shipped':
      return row.shippedNewer
    case 'unpublished':
      return row.stage === 'unpublished'
  }
}

/** The title in the reader's language, else in the other one; null when there is none. */
export const titleOf = ({ titles }: Pick<WireArticleRow, 'titles'>, language: Language): string | null =>
  titles[language] || titles[otherLanguage(language)] || null

const plain = (text: string) => text.toLowerCase().normalize('NFC').replaceAll('ё', 'е')

/** The articles of a list that a desk, a filter and words of their titles or ids leave, by title. */
export function articlesShown(
  rows: readonly WireArticleRow[],
  wish: { readonly desk: string; readonly filter: ArticleFilter; readonly words: string },
  language: Language,
): readonly WireArticleRow[] {
  const wanted = plain(wish.words).split(/\s+/).filter(Boolean)
  const { compare } = new Intl.Collator(language)
  return rows
    .filter((row) => {
      const text = plain(`${row.titles.kk ?? ''} ${row.titles.ru ?? ''} ${row.id}`)
      return (
        (wish.desk === '' || row.desk === wish.desk) &&
        fits(row, wish.filter) &&
        wanted.every((word) => text.includes(word))
      )
    })
    .toSorted((one, two) => compare(titleOf(one, language) ?? '', titleOf(two, language) ?? ''))
}
