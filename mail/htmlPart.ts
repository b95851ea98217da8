import { type Html, html } from '../engine/html.ts'
import { linkify } from '../engine/linkify.ts'
import { richHtml } from '../engine/richHtml.ts'
import type { Block, Section } from './sections.ts'
import type { Letter } from './textPart.ts'

/* Colours are the reader's own, light or dark: only lines and what is muted are set, and hold on both. */

const line = 'rgba(128,128,128,.4)'
const accent = '#1a8a86'
const muted = 'opacity:.75;font-size:14px'

const linked = (text: string): readonly Html[] =>
  linkify(text).map((piece) =>
    piece.href ? html`<a href="${piece.href}">${piece.text}</a>` : html`${piece.text}`,
  )

/** With the first occurrence of `standout` in bold. */
function standing(text: string, standout: string | undefined): readonly Html[] {
  const at = standout ? text.search(new RegExp(`(?<!\\d)${standout}(?!\\d)`)) : -1
  if (!standout || at < 0) return linked(text)
  return [
    ...linked(text.slice(0, at)),
    html`<strong>${standout}</strong>`,
    ...linked(text.slice(at + standout.length)),
  ]
}

/** A blank line parts paragraphs, any other break of a line stays one. */
const paragraphs = (text: string, style: string, standout?: string): readonly Html[] =>
  text.split(/\n\s*\n/).map((paragraph) => {
    const lines = paragraph
      .split('\n')
      .map((one, at) => html`${at > 0 && html`<br>`}${standing(one, standout)}`)
    return html`<p style="${style}">${lines}</p>\n`
  })

const spaced = 'margin:0 0 16px'

function shown(block: Block): Html | readonly Html[] {
  switch (block.type) {
    case 'words':
      return paragraphs(block.text, spaced, block.standout)
    case 'how':
      return paragraphs(block.text, `${spaced};border-left:3px solid ${accent};padding:2px 0 2px 12px`)
    case 'note':
      return paragraphs(block.text, `${spaced};${muted}`)
    case 'title':
      return html`<h2 style="margin:0 0 8px;font-size:18px;line-height:1.3">${block.text}</h2>\n`
    case 'rich':
      return richHtml(block.body)
    case 'list':
      return html`<ul style="${spaced};padding-left:24px">
${block.items.map(
  ({ text, url }) =>
    html`<li style="margin:0 0 6px">${url ? html`<a href="${url}">${text}</a>` : linked(text)}</li>\n`,
)}</ul>\n`
    case 'rows':
      return html`<p style="${spaced}">${block.rows.map(
        ({ label, value }, at) => html`${at > 0 && html`<br>`}<strong>${label}:</strong> ${linked(value)}`,
      )}</p>\n`
  }
}

function section({ speaker, isMain, blocks }: Section, at: number): Html {
  const apart = at > 0 ? `border-top:1px solid ${line};padding-top:16px` : ''
  return html`<div style="${apart}">
${speaker && html`<p style="margin:0 0 8px;${isMain ? 'font-weight:bold' : muted}">${speaker}</p>\n`}${blocks.map(shown)}</div>
`
}

/** The letter as a page of its own: no style but in its place, nothing that is loaded from anywhere. */
export const htmlPart = ({ language, subject, sections, foot }: Letter): string =>
  html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
</head>
<body style="margin:0;padding:16px">
<div style="max-width:600px;margin:0 auto;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;overflow-wrap:anywhere">
${sections.map(section)}<div style="border-top:1px solid ${line};padding-top:12px;font-size:13px;line-height:1.5;opacity:.75">
${foot.map((one) => html`<p style="margin:0 0 4px">${linked(one)}</p>\n`)}</div>
</div>
</body>
</html>
`.text
