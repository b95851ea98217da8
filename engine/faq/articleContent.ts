import type { Language } from '../language.ts'
import { languages } from '../language.ts'
import type { Article, ArticleText } from './article.ts'
import { fold, foldedWords } from './fold.ts'

/** An article's words as people edit them: a language that nobody has written yet is null. */
export type ArticleContent = Readonly<Record<Language, ArticleText | null>>

export const otherLanguage = (language: Language): Language => (language === 'kk' ? 'ru' : 'kk')

const tidyText = (text: ArticleText | null): ArticleText | null => {
  if (text === null) return null
  const title = text.title.replace(/\s+/g, ' ').trim()
  const body = text.body.replace(/\r\n?/g, '\n').trim()
  const said = new Map<string, string>()
  for (const phrasing of text.phrasings) {
    const words = phrasing.replace(/\s+/g, ' ').trim()
    if (words && !said.has(words.toLowerCase())) said.set(words.toLowerCase(), words)
  }
  const phrasings = [...said.values()]
  return title || body || phrasings.length > 0 ? { title, phrasings, body } : null
}

/** Without blanks around, empty or repeated phrasings; a language in which nothing is said is null. */
export const tidyContent = ({ kk, ru }: ArticleContent): ArticleContent => ({
  kk: tidyText(kk),
  ru: tidyText(ru),
})

const sameWords = (one: ArticleText | null, two: ArticleText | null) =>
  one?.title === two?.title && one?.body === two?.body

/** Whether what visitors read in a language is the same; phrasings are no part of it. */
export const readsTheSame = (one: ArticleContent | null, two: ArticleContent | null, language: Language) =>
  sameWords(one?.[language] ?? null, two?.[language] ?? null)

/** Whether two contents are the same to the last phrasing. */
export const sameContent = (one: ArticleContent | null, two: ArticleContent | null): boolean =>
  canonical(one) === canonical(two)

/** A content as text: equal contents give equal texts. */
export function canonical(content: ArticleContent | null): string {
  const words = (text: ArticleText | null) => text && [text.title, text.phrasings, text.body]
  return JSON.stringify(content && [words(content.kk), words(content.ru)])
}

/** What keeps a content from visitors: each language that is written needs a title and a body, and one must be. */
export type Unfinished = 'empty' | { readonly language: Language; readonly part: 'title' | 'body' }

export function unfinished(content: ArticleContent): Unfinished | undefined {
  for (const language of languages) {
    const text = content[language]
    if (text === null) continue
    if (!text.title) return { language, part: 'title' }
    if (!text.body) return { language, part: 'body' }
  }
  return languages.some((language) => content[language] !== null) ? undefined : 'empty'
}

/** The article as visitors get it. A language that is missing shows the other one's text. Throws when none is written. */
export function articleOf(id: string, content: ArticleContent): Article {
  const { kk, ru } = content
  if (kk && ru) return { id, kk, ru }
  const text = kk ?? ru
  if (!text) throw new Error(`the article ${id} has no words`)
  const borrowed = { ...text, phrasings: [] }
  return kk
    ? { id, kk, ru: borrowed, untranslated: 'ru' }
    : { id, kk: borrowed, ru: text, untranslated: 'kk' }
}

/** The phrasing added to one language of a content, unless people already find the article by the same words. */
export function withPhrasing(content: ArticleContent, language: Language, phrasing: string): ArticleContent {
  const own = content[language]
  const at = own ? language : otherLanguage(language)
  const text = content[at]
  if (!text) return content
  const folded = fold(phrasing)
  const known = languages.some((one) =>
    [content[one]?.title ?? '', ...(content[one]?.phrasings ?? [])].some((words) => fold(words) === folded),
  )
  return known ? content : { ...content, [at]: { ...text, phrasings: [...text.phrasings, phrasing] } }
}

const longestSlug = 60

/** An id for a new article of a desk, made of its title, not among those taken. */
export function newArticleId(desk: string, title: string, taken: ReadonlySet<string>): string {
  const words = foldedWords(title).map((word) => word.replaceAll('S', 'sh').replaceAll('C', 'ch'))
  const slug = words.reduce((slug, word) => {
    const longer = slug ? `${slug}-${word}` : word
    return longer.length <= longestSlug ? longer : slug
  }, '')
  const id = `${desk.toLowerCase()}.${slug || 'article'}`
  if (!taken.has(id)) return id
  for (let more = 2; ; more++) if (!taken.has(`${id}-${more}`)) return `${id}-${more}`
}
