import { html } from '../../engine/html.ts'
import { languages } from '../../engine/language.ts'
import { type Address, articleAddress, deskAddress, helpAddress } from './addresses.ts'
import type { Site } from './page.ts'

/** Every help page in every language, each with its alternates, for search engines. */
export function sitemapXml({ publicUrl, desks }: Pick<Site, 'publicUrl' | 'desks'>): string {
  const addresses: readonly Address[] = [
    helpAddress,
    ...[...desks.values()].flatMap(({ id, articles }) => [
      deskAddress(id),
      ...[...articles.keys()].map((article) => articleAddress(id, article)),
    ]),
  ]
  const alternate = (language: string, address: string) =>
    html`<xhtml:link rel="alternate" hreflang="${language}" href="${publicUrl}${address}"/>\n`
  return html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${addresses.flatMap((address) =>
  languages.map(
    (own) => html`<url>
<loc>${publicUrl}${address(own)}</loc>
${languages.map((language) => alternate(language, address(language)))}${alternate('x-default', address())}</url>\n`,
  ),
)}</urlset>
`.text
}
