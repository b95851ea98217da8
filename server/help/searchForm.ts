import { type Html, html } from '../../engine/html.ts'
import type { Language } from '../../engine/language.ts'
import { deskAddress } from './addresses.ts'
import { words } from './words.ts'

/** As much of a question as is searched for. */
export const longestQuery = 500

/** The box in which a desk's articles are searched. */
export function searchForm(desk: string, language: Language, query = ''): Html {
  const say = words[language]
  return html`<form role="search" method="get" action="${deskAddress(desk)(language)}">
<label for="q">${say('search.label')}</label>
<input type="search" id="q" name="q" value="${query}" maxlength="${longestQuery}" required enterkeyhint="search">
<button>${say('search.submit')}</button>
</form>`
}
