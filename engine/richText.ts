import MarkdownIt from 'markdown-it'
import type Token from 'markdown-it/lib/token.mjs'

/** A run of text; `strong` and `href` say how it is shown. */
export type Span = { readonly text: string; readonly strong?: true; readonly href?: string }
type Block =
  | { readonly type: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Span[])[] }

/** An article's body as data: no channel ever shows it as raw markup, so nothing in it can run. */
export type RichText = readonly Block[]

const markdown = new MarkdownIt('zero').enable([
  'list',
  'emphasis',
  'link',
  'autolink',
  'newline',
  'escape',
  'entity',
])
const safeLink = /^(https?:\/\/|mailto:)/i

function spansOf(inline: Token): Span[] {
  const spans: Span[] = []
  let strong = 0
  let href: string | undefined
  for (const token of inline.children ?? []) {
    if (token.type === 'strong_open') strong++
    else if (token.type === 'strong_close') strong--
    else if (token.type === 'link_open') {
      const target = token.attrGet('href') ?? ''
      href = safeLink.test(target) ? target : undefined
    } else if (token.type === 'link_close') href = undefined
    else {
      const text = token.type === 'softbreak' ? ' ' : token.type === 'hardbreak' ? '\n' : token.content
      if (text) spans.push({ text, ...(strong > 0 && { strong: true as const }), ...(href && { href }) })
    }
  }
  return spans
}

/**
 * Reads the part of Markdown that articles use: paragraphs, flat lists, **strong** and links
 * (http, https and mailto only). Anything else stays as the text that was typed.
 */
export function toRichText(source: string): RichText {
  const blocks: Block[] = []
  let list: { ordered: boolean; items: Span[][] } | undefined
  for (const token of markdown.parse(source.trim(), {})) {
    if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open')
      list ??= { ordered: token.type === 'ordered_list_open', items: [] }
    else if (
      (token.type === 'bullet_list_close' || token.type === 'ordered_list_close') &&
      token.level === 0
    ) {
      if (list) blocks.push({ type: 'list', ...list })
      list = undefined
    } else if (token.type === 'inline') {
      if (list) list.items.push(spansOf(token))
      else blocks.push({ type: 'paragraph', spans: spansOf(token) })
    }
  }
  return blocks
}

/** The same words without any marking, for a preview or a plain channel; `worded`: what is written for a run. */
export function plainText(body: RichText, worded: (span: Span) => string = ({ text }) => text): string {
  const line = (spans: readonly Span[]) => spans.map(worded).join('')
  return body
    .map((block) =>
      block.type === 'paragraph'
        ? line(block.spans)
        : block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '•'} ${line(item)}`).join('\n'),
    )
    .join('\n\n')
}
