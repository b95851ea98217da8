import type { Article } from '../../engine/faq/article.ts'
import { type Html, html } from '../../engine/html.ts'
import type { Language } from '../../engine/language.ts'
import { articleAddress } from './addresses.ts'
import { excerpt } from './excerpt.ts'

/** Links to articles by their titles. */
export const articleLinks = (desk: string, language: Language, articles: readonly Article[]): Html =>
  html`<ul class="links">
${articles.map(
  ({ id, ...article }) =>
    html`<li><a href="${articleAddress(desk, id)(language)}">${article[language].title}</a></li>\n`,
)}</ul>`

/** Links to what was found, best first, each with how it begins. */
export const foundLinks = (desk: string, language: Language, articles: readonly Article[]): Html =>
  html`<ol class="found">
${articles.map(
  ({
    id,
    ...article
  }) => html`<li><a href="${articleAddress(desk, id)(language)}">${article[language].title}</a>
<p>${excerpt(article[language].body, 140)}</p></li>\n`,
)}</ol>`
