import type { Desk } from '../../engine/desk.ts'
import type { Article } from '../../engine/faq/article.ts'
import { otherLanguage } from '../../engine/faq/articleContent.ts'
import { html } from '../../engine/html.ts'
import type { Language } from '../../engine/language.ts'
import { richHtml } from '../../engine/richHtml.ts'
import { toRichText } from '../../engine/richText.ts'
import { articleAddress, deskAddress, helpAddress } from './addresses.ts'
import { articleLinks } from './articleLinks.ts'
import { excerpt, shorten } from './excerpt.ts'
import type { Crumb, Page, Site } from './page.ts'
import { relatedArticles } from './relatedArticles.ts'
import { searchForm } from './searchForm.ts'
import { words } from './words.ts'

const descriptionLength = 160

/** The way to a desk's pages. */
const helpCrumb = (language: Language): Crumb => ({
  title: words[language]('help'),
  address: helpAddress(language),
})

/** The way to what belongs to a desk. */
export const deskCrumbs = ({ id, name }: Desk, language: Language): readonly Crumb[] => [
  helpCrumb(language),
  { title: name[language], address: deskAddress(id)(language) },
]

/** The list of the desks; `canonical` is the address that was asked for. */
export function desksPage({ desks }: Site, language: Language, canonical: string): Page {
  const say = words[language]
  const names = [...desks.values()].map(({ name }) => name[language])
  return {
    language,
    heading: say('help'),
    address: helpAddress,
    found: { description: shorten(`${say('help')}: ${names.join(', ')}.`, descriptionLength), canonical },
    crumbs: [],
    main: html`<p class="lead">${say('desks.lead')}</p>
<ul class="desks">
${[...desks.values()].map(
  ({ id, name, portal, articles }) => html`<li><a href="${deskAddress(id)(language)}">${name[language]}</a>
<p>${portal.name[language]} · ${say('articles', { count: articles.size })}</p></li>\n`,
)}</ul>`,
  }
}

/** All questions of a desk, by the alphabet, with the search box. */
export function deskPage(desk: Desk, language: Language): Page {
  const say = words[language]
  const { compare } = new Intl.Collator(language)
  const articles = [...desk.articles.values()].sort((a, b) => compare(a[language].title, b[language].title))
  const address = deskAddress(desk.id)
  const lead = say('desk.lead', { portal: desk.portal.name[language] })
  return {
    language,
    desk,
    heading: desk.name[language],
    title: `${desk.name[language]} — ${say('help')}`,
    address,
    found: { description: lead, canonical: address(language) },
    crumbs: [helpCrumb(language)],
    main: html`<p class="lead">${lead}</p>
${searchForm(desk.id, language)}
<h2>${say('desk.all')}</h2>
${articleLinks(desk.id, language, articles)}`,
  }
}

/** One article, with what is like it. */
export function articlePage(site: Site, desk: Desk, article: Article, language: Language): Page {
  const { title, body } = article[language]
  const written = article.untranslated === language ? otherLanguage(language) : undefined
  const address = articleAddress(desk.id, article.id)
  const content = richHtml(toRichText(body))
  const related = relatedArticles(desk, article)
  const crumbs = deskCrumbs(desk, language)
  return {
    language,
    desk,
    heading: title,
    title: `${title} — ${desk.name[language]}`,
    address,
    found: {
      description: excerpt(body, descriptionLength),
      canonical: address(language),
      data: {
        '@context': 'https://schema.org',
        '@graph': [
          {
            '@type': 'FAQPage',
            inLanguage: language,
            mainEntity: [
              {
                '@type': 'Question',
                name: title,
                acceptedAnswer: { '@type': 'Answer', text: html`${content}`.text },
              },
            ],
          },
          {
            '@type': 'BreadcrumbList',
            itemListElement: [...crumbs, { title, address: address(language) }].map((crumb, at) => ({
              '@type': 'ListItem',
              position: at + 1,
              name: crumb.title,
              item: site.publicUrl + crumb.address,
            })),
          },
        ],
      },
    },
    crumbs,
    main: html`${written ? html`<article lang="${written}">` : html`<article>`}
${content}</article>
${
  related.length > 0 &&
  html`<nav class="related" aria-labelledby="related">
<h2 id="related">${words[language]('article.related')}</h2>
${articleLinks(desk.id, language, related)}
</nav>`
}`,
  }
}

/** Says that there is no such page; a desk's own page when the address names one. */
export function missingPage(desk: Desk | undefined, language: Language): Page {
  const say = words[language]
  return {
    language,
    ...(desk && { desk }),
    heading: say('missing.title'),
    address: desk ? deskAddress(desk.id) : helpAddress,
    crumbs: desk ? deskCrumbs(desk, language) : [helpCrumb(language)],
    main: html`<p class="lead">${say('missing.text')}</p>
${desk && searchForm(desk.id, language)}`,
  }
}

/** Says that a page could not be shown: too many were asked for, or something failed. */
export function failedPage(status: number, language: Language): Page {
  const say = words[language]
  return {
    language,
    heading: say('failed.title'),
    address: helpAddress,
    crumbs: [helpCrumb(language)],
    main: html`<p class="lead">${say(status === 429 ? 'failed.tooOften' : 'failed.text')}</p>`,
  }
}
