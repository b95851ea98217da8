import type { Desk } from '../../engine/desk.ts'
import type { Article } from '../../engine/faq/article.ts'
import type { Language } from '../../engine/language.ts'

/** A page's address in a language, or, without one, where the reader's own language is chosen. */
export type Address = (language?: Language) => string

/** The list of the desks. */
export const helpAddress: Address = (language) => (language ? `/help/?lang=${language}` : '/help/')

/** A desk's questions. */
export const deskAddress =
  (desk: string): Address =>
  (language) =>
    language ? `/help/${desk}/${language}/` : `/help/${desk}/`

/** What is found for a question. */
export const searchAddress =
  (desk: string, query: string): Address =>
  (language) =>
    `${deskAddress(desk)(language)}?q=${encodeURIComponent(query)}`

/** One article. */
export const articleAddress =
  (desk: string, id: string): Address =>
  (language) =>
    `/help/${desk}/${language ? `${language}/` : ''}${slugOf(desk, id)}`

/** The chat as a page of its own, for who has no scripts. */
export const chatAddress = (desk: string, language: Language) => `/widget/?desk=${desk}&lang=${language}`

/** An article's id without its desk. */
const slugOf = (desk: string, id: string) => (id.startsWith(`${desk}.`) ? id.slice(desk.length + 1) : id)

/** The article of a desk that an address names. */
export const articleAt = ({ id, articles }: Desk, slug: string): Article | undefined =>
  articles.get(`${id}.${slug}`) ?? articles.get(slug)
