import type { Desk } from '../../engine/desk.ts'
import { dataBlock, type Html, html } from '../../engine/html.ts'
import { type Language, languages } from '../../engine/language.ts'
import { type Address, chatAddress, deskAddress, helpAddress } from './addresses.ts'
import type { Assets } from './assets.ts'
import { words } from './words.ts'

/** What every help page needs to know of the server. */
export type Site = {
  /** How people reach the server, without a slash at the end. */
  readonly publicUrl: string
  readonly desks: ReadonlyMap<string, Desk>
  readonly assets: Assets
}

export type Crumb = { readonly title: string; readonly address: string }

/** One help page, all but what surrounds it. */
export type Page = {
  readonly language: Language
  /** The page's only heading of the first rank. */
  readonly heading: string
  /** What the window is called, when the heading alone does not say it. */
  readonly title?: string
  /** The page in the other language. */
  readonly address: Address
  /** How search engines know the page; they are asked to pass over one without. */
  readonly found?: { readonly description: string; readonly canonical: string; readonly data?: unknown }
  /** Whose page it is; a page of no desk has no chat. */
  readonly desk?: Desk
  /** The way to the page from the list of desks, without the page itself. */
  readonly crumbs: readonly Crumb[]
  readonly main: Html
}

const locales = { kk: 'kk_KZ', ru: 'ru_RU' }

/** The whole document of a help page: it needs no scripts, and shows nothing that has not been escaped. */
export function pageHtml(site: Site, page: Page): string {
  const { language, desk, found } = page
  const say = words[language]
  const home = desk ? deskAddress(desk.id)(language) : helpAddress(language)
  const other = languages.find((one) => one !== language) ?? language
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title ?? page.heading}</title>
${found ? foundHtml(site, page, found) : html`<meta name="robots" content="noindex">`}
<link rel="icon" type="image/svg+xml" href="${site.assets.icon.address}">
<link rel="stylesheet" href="${site.assets.style.address}">
</head>
<body>
<a class="skip" href="#main">${say('skip')}</a>
<header>
<a class="home" href="${home}"><img src="${site.assets.icon.address}" alt="" width="28" height="28"><span>${desk && html`${desk.portal.name[language]} · `}${say('help')}</span></a>
<a class="tongue" href="${page.address(other)}" lang="${other}" hreflang="${other}" rel="alternate">${say('otherLanguage')}</a>
</header>
${page.crumbs.length > 0 && crumbsHtml(page)}
<main id="main" tabindex="-1">
<h1>${page.heading}</h1>
${page.main}
</main>
${desk && html`${askHtml(desk, language)}\n${contactsHtml(desk, language)}`}
${
  desk &&
  html`<script defer src="${site.assets.script.address}"></script>
<script async src="/widget.js" data-desk="${desk.id}" data-lang="${language}"></script>`
}
</body>
</html>
`.text
}

function foundHtml(site: Site, page: Page, found: NonNullable<Page['found']>): Html {
  const canonical = site.publicUrl + found.canonical
  return html`<meta name="description" content="${found.description}">
<link rel="canonical" href="${canonical}">
${alternatesHtml(site, page.address)}
<meta property="og:type" content="article">
<meta property="og:title" content="${page.heading}">
<meta property="og:description" content="${found.description}">
<meta property="og:url" content="${canonical}">
<meta property="og:locale" content="${locales[page.language]}">
${found.data !== undefined && dataBlock(found.data)}`
}

const alternatesHtml = ({ publicUrl }: Site, address: Address) =>
  html`${languages.map(
    (language) =>
      html`<link rel="alternate" hreflang="${language}" href="${publicUrl}${address(language)}">\n`,
  )}<link rel="alternate" hreflang="x-default" href="${publicUrl}${address()}">`

const crumbsHtml = ({
  language,
  crumbs,
}: Page) => html`<nav class="crumbs" aria-label="${words[language]('crumbs')}">
<ol>
${crumbs.map(({ title, address }) => html`<li><a href="${address}">${title}</a></li>\n`)}</ol>
</nav>`

const askHtml = (desk: Desk, language: Language) => html`<section class="ask" aria-labelledby="ask">
<h2 id="ask">${words[language]('ask.heading')}</h2>
<p>${words[language]('ask.text')}</p>
<a class="button" data-ask href="${chatAddress(desk.id, language)}">${words[language]('ask.button')}</a>
</section>`

function contactsHtml({ name, portal, contacts }: Desk, language: Language): Html {
  const say = words[language]
  return html`<footer>
<p>${name[language]}</p>
<ul aria-label="${say('contacts')}">
<li><a href="${portal.url}">${say('contacts.portal', { portal: portal.name[language] })}</a></li>
${contacts.email && html`${contacts.email && html`<li><a href="mailto:${contacts.email}">${contacts.email}</a></li>`}`}
${contacts.phone && html`<li><a href="tel:${contacts.phone.replace(/[^\d+]/g, '')}">${contacts.phone}</a></li>`}
</ul>
</footer>`
}
