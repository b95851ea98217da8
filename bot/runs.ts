import type { RichText, Span } from '../engine/richText.ts'

/** A piece of text in one style. */
export type Run = {
  readonly text: string
  readonly style?: 'bold' | 'italic' | 'code'
  readonly href?: string
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Makes any text safe inside Telegram's HTML, in an attribute too. */
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

const tags = { bold: 'b', italic: 'i', code: 'code' } as const

/** The runs in Telegram's HTML. */
export const htmlOf = (runs: readonly Run[]): string =>
  runs
    .map(({ text, style, href }) => {
      const inner = href ? `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>` : escapeHtml(text)
      return style ? `<${tags[style]}>${inner}</${tags[style]}>` : inner
    })
    .join('')

/** The same words without any style; a link's address stands after its words. */
export const plainOf = (runs: readonly Run[]): string =>
  runs.map(({ text, href }) => (href && href !== text ? `${text} (${href})` : text)).join('')

const lengthOf = (runs: readonly Run[]) => runs.reduce((sum, { text }) => sum + text.length, 0)

/**
 * Where a text that is too long is best cut: after a line, else after a word, never inside a surrogate pair.
 * The white space cut after may itself be one past the limit: the part is trimmed.
 */
function cutAt(text: string, limit: number): number {
  if (text.length <= limit) return text.length
  const head = text.slice(0, limit + 1)
  const line = head.lastIndexOf('\n')
  if (line >= limit / 4) return line + 1
  const word = head.lastIndexOf(' ')
  if (word >= limit / 4) return word + 1
  const code = text.charCodeAt(limit - 1)
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit
}

/** Cuts the runs at a position of their text. */
function cutRuns(runs: readonly Run[], at: number): readonly [readonly Run[], readonly Run[]] {
  const head: Run[] = []
  const tail: Run[] = []
  let position = 0
  for (const run of runs) {
    const left = Math.min(Math.max(at - position, 0), run.text.length)
    if (left > 0) head.push({ ...run, text: run.text.slice(0, left) })
    if (left < run.text.length) tail.push({ ...run, text: run.text.slice(left) })
    position += run.text.length
  }
  return [head, tail]
}

/** Without white space at either end, whichever runs it is in. */
function trimmed(runs: readonly Run[]): readonly Run[] {
  const text = runs.map((run) => run.text).join('')
  const start = text.length - text.trimStart().length
  const [, tail] = cutRuns(runs, start)
  return cutRuns(tail, text.trimEnd().length - start)[0]
}

/**
 * Cuts a text into parts of at most `limit` UTF-16 units (what Telegram counts, after the markup), at the end of a
 * line or a word where there is one. Each part is whole runs again, so no tag or entity is ever broken.
 * `first` is the limit of the first part when it differs. Parts without any visible text are left out.
 */
export function splitRuns(runs: readonly Run[], limit: number, first = limit): readonly (readonly Run[])[] {
  const parts: (readonly Run[])[] = []
  let rest = trimmed(runs)
  while (lengthOf(rest) > 0) {
    const text = rest.map((run) => run.text).join('')
    const [head, tail] = cutRuns(rest, cutAt(text, parts.length === 0 ? first : limit))
    const part = trimmed(head)
    if (lengthOf(part) > 0) parts.push(part)
    rest = trimmed(tail)
  }
  return parts
}

const runOf = ({ text, strong, href }: Span): Run => ({
  text,
  ...(strong && { style: 'bold' as const }),
  ...(href && { href }),
})

/** An article's body as runs: paragraphs apart, lists as lines. */
export const runsOfRichText = (body: RichText): readonly Run[] =>
  body.flatMap((block, i) => [
    ...(i > 0 ? [{ text: '\n\n' }] : []),
    ...(block.type === 'paragraph'
      ? block.spans.map(runOf)
      : block.items.flatMap((item, n) => [
          { text: `${n > 0 ? '\n' : ''}${block.ordered ? `${n + 1}.` : '•'} ` },
          ...item.map(runOf),
        ])),
  ])
