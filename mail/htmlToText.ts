import { Parser } from 'htmlparser2'

/** Whose content nobody sees. */
const unseen = new Set([
  'head',
  'style',
  'script',
  'title',
  'template',
  'svg',
  'object',
  'select',
  'textarea',
])
/** Have no end tag. */
const empty = new Set(['br', 'hr', 'img', 'meta', 'link', 'input', 'wbr', 'area', 'base', 'col', 'embed'])
const blocks = new Set(
  'div,section,article,header,footer,main,aside,address,center,form,fieldset,dl,dt,dd,figure,figcaption,tr,table,pre,ul,ol,li,h1,h2,h3,h4,h5,h6,blockquote'.split(
    ',',
  ),
)
const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

/** Nobody's letter is nested deeper; from there on tags are only taken away. */
const maxDepth = 500
/** A longer line is broken, so that looking at its end stays cheap. */
const maxLine = 10_000
const maxInput = 2_000_000
const piece = 16_384

type Open = {
  readonly name: string
  readonly hides?: true
  readonly quotes?: true
  readonly keepsSpaces?: true
  readonly paragraph?: true
  /** The target of a link, and where its words begin. */
  readonly link?: { readonly target: string; readonly from: number }
  /** The number of the next item of an ordered list. */
  next?: number
}

/** Indenting is done by the same tag as quoting. */
const indents = (style: string) =>
  /border(-left)?\s*:\s*(none|0)/.test(style) && /padding\s*:\s*0/.test(style)

/**
 * The words of an HTML letter as plain text: quoted letters begin with “> ” line by line, as in plain ones. Whatever
 * the input is, it neither throws nor takes longer than it is long; after `maxLength` characters it leaves off.
 */
export function htmlToText(html: string, maxLength = 100_000): string {
  const lines: string[] = []
  const opened: Open[] = []
  let line = ''
  let written = 0
  let tooDeepAt: number | undefined
  let hidden = 0
  let verbatim = 0
  let quoted = 0
  /** Empty lines that are owed before the next words. */
  let gap = false
  let lineQuoted = 0

  const prefix = (level: number) => '> '.repeat(Math.min(level, 10))
  const endLine = (always = false) => {
    const words = /^-- *$/.test(line) ? '-- ' : line.trimEnd()
    line = ''
    if (!words && !always) return
    if (gap && lines.length > 0) lines.push(prefix(Math.min(lineQuoted, quoted)).trimEnd())
    gap = false
    lines.push(words ? prefix(lineQuoted) + words : prefix(quoted).trimEnd())
    written += words.length + 1
  }
  const endParagraph = () => {
    endLine()
    gap = lines.length > 0
  }
  const add = (text: string) => {
    if (line.length > maxLine) endLine()
    if (line === '') lineQuoted = quoted
    line += text
  }
  const addCollapsed = (text: string) => {
    const words = text.replace(/[ \t\r\n\f\u00A0]+/g, ' ')
    const begins = line === '' || line.endsWith(' ') || line.endsWith('\t')
    const fresh = begins && words.startsWith(' ') ? words.slice(1) : words
    if (fresh) add(fresh)
  }

  const open = (name: string, attributes: Record<string, string>) => {
    const style = (attributes.style ?? '').slice(0, 500).toLowerCase()
    const hides = unseen.has(name) || 'hidden' in attributes || /display\s*:\s*none/.test(style)
    if (name === 'br') {
      if (hidden === 0) endLine(true)
      return
    }
    if (name === 'hr') {
      if (hidden === 0) endParagraph()
      return
    }
    if (empty.has(name)) return
    if (opened.length >= maxDepth) {
      tooDeepAt = parser.startIndex
      parser.pause()
    }
    if (hidden === 0 && !hides) {
      if (name === 'p' && !/^mso/i.test(attributes.class ?? '')) endParagraph()
      else if (name === 'p' || blocks.has(name)) endLine()
      if (headings.has(name)) endParagraph()
      if ((name === 'td' || name === 'th') && line !== '') addCollapsed(' ')
    }
    const quotes = name === 'blockquote' && !indents(style)
    const keepsSpaces = name === 'pre' || /white-space\s*:\s*(pre|pre-wrap|break-spaces)\b/.test(style)
    const target = name === 'a' && /^https?:\/\//i.test(attributes.href ?? '') ? attributes.href : undefined
    opened.push({
      name,
      ...(hides && { hides }),
      ...(quotes && { quotes }),
      ...(keepsSpaces && { keepsSpaces }),
      ...((name === 'p' || headings.has(name)) && { paragraph: true }),
      ...(target && target.length <= 500 && { link: { target, from: line.length } }),
      ...(name === 'ol' && { next: 1 }),
    })
    if (hides) hidden++
    if (keepsSpaces) verbatim++
    if (quotes) {
      endParagraph()
      quoted++
    }
    if (name === 'li' && hidden === 0) {
      const list = opened.findLast((one) => one.name === 'ol' || one.name === 'ul')
      add(list?.next === undefined ? '• ' : `${list.next++}. `)
    }
  }

  const close = (name: string) => {
    if (empty.has(name)) return
    const one = opened.pop()
    if (!one) return
    if (one.link && hidden === 0 && line.length >= one.link.from) {
      const shown = line.slice(one.link.from).trim()
      const same = (text: string) => text.replace(/^https?:\/\/|\/$/gi, '')
      if (shown && !same(one.link.target).startsWith(same(shown).replace(/…|\.\.\.$/, '')))
        addCollapsed(` (${one.link.target})`)
    }
    if (hidden === 0) {
      if (one.paragraph && (name !== 'p' || line !== '')) endParagraph()
      else if (name === 'p' || blocks.has(name)) endLine()
    }
    if (one.quotes) {
      endLine()
      quoted--
      gap = lines.length > 0
    }
    if (one.keepsSpaces) verbatim--
    if (one.hides) hidden--
  }

  const parser: Parser = new Parser(
    {
      onopentag: open,
      onclosetag: close,
      ontext: (text) => {
        if (hidden > 0) return
        if (verbatim > 0) {
          const [first = '', ...others] = text.replace(/\r\n?/g, '\n').split('\n')
          add(first)
          for (const other of others) {
            endLine(true)
            add(other)
          }
        } else addCollapsed(text)
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  const input = html.slice(0, maxInput)
  const goesOn = () => tooDeepAt === undefined && written + line.length <= maxLength
  for (let at = 0; at < input.length && goesOn(); at += piece) parser.write(input.slice(at, at + piece))
  if (goesOn()) parser.end()
  if (tooDeepAt !== undefined)
    addCollapsed(
      input
        .slice(tooDeepAt)
        .replace(/<[^<>]*>/g, ' ')
        .slice(0, maxLength),
    )
  endLine()
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
