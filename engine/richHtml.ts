import { type Html, html } from './html.ts'
import type { RichText, Span } from './richText.ts'

/** An article's body as semantic HTML. Its links are known to be harmless; all the rest is text. */
export function richHtml(body: RichText): readonly Html[] {
  return body.map((block) => {
    if (block.type === 'paragraph') return html`<p>${block.spans.map(spanHtml)}</p>\n`
    const items = block.items.map((item) => html`<li>${item.map(spanHtml)}</li>\n`)
    return block.ordered ? html`<ol>\n${items}</ol>\n` : html`<ul>\n${items}</ul>\n`
  })
}

function spanHtml({ text, strong, href }: Span): Html {
  const lines = text.split('\n').map((line, at) => html`${at > 0 && html`<br>`}${line}`)
  const linked = href ? html`<a href="${href}" rel="noopener">${lines}</a>` : html`${lines}`
  return strong ? html`<strong>${linked}</strong>` : linked
}
