import type { Desk } from '../../engine/desk.ts'
import { type Understanding, understand } from '../../engine/faq/index.ts'
import { type Html, html } from '../../engine/html.ts'
import type { Language } from '../../engine/language.ts'
import { deskAddress, searchAddress } from './addresses.ts'
import { foundLinks } from './articleLinks.ts'
import type { Page } from './page.ts'
import { deskCrumbs } from './pages.ts'
import { searchForm } from './searchForm.ts'
import { words } from './words.ts'

const wanted = 10
/** How many are shown beside another answer. */
const suggestions = 3

/** What a desk's articles say to a question: the same as the assistant understands. Search engines pass it over. */
export function searchPage(desk: Desk, language: Language, query: string): Page {
  const say = words[language]
  const found = understand(desk.faq, query, wanted)
  return {
    language,
    desk,
    heading: say('search.heading', { query }),
    title: `${say('search.heading', { query })} — ${desk.name[language]}`,
    address: searchAddress(desk.id, query),
    crumbs: deskCrumbs(desk, language),
    main: html`${searchForm(desk.id, language, query)}
${
  found.recovered !== undefined &&
  found.results.length > 0 &&
  html`<p>${say('search.recovered', { query: found.recovered })}</p>`
}
${outcomeHtml(desk, language, query, found)}
<p><a href="${deskAddress(desk.id)(language)}">${say('desk.all')}</a></p>`,
  }
}

function outcomeHtml(desk: Desk, language: Language, query: string, found: Understanding): Html {
  const say = words[language]
  const articles = found.results.flatMap(({ id }) => desk.articles.get(id) ?? [])
  const suggested =
    articles.length > 0 &&
    html`<h2>${say('search.suggestions')}</h2>
${foundLinks(desk.id, language, articles.slice(0, suggestions))}`
  const refused = desk.outOfScope.find(({ id }) => id === found.outOfScope)
  const other = found.otherDesk === undefined ? undefined : desk.others.get(found.otherDesk)
  if (refused)
    return html`<p class="notice">${refused.answer[language]}</p>
${suggested}`
  if (found.otherDesk !== undefined && other)
    return html`<p class="notice">${say('search.otherDesk')}
<a href="${searchAddress(found.otherDesk, query)(language)}">${other.name[language]}</a></p>
${suggested}`
  if (articles.length > 0)
    return html`<p>${say('search.found', { count: articles.length })}</p>
${foundLinks(desk.id, language, articles)}`
  if (found.intent === 'operator') return html`<p class="notice">${say('search.operator')}</p>`
  if (found.intent === 'smalltalk') return html`<p class="notice">${say('search.write')}</p>`
  return html`<p class="notice">${say('search.nothing')}</p>`
}
