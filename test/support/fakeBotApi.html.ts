/** A styled stretch of a message's text, in UTF-16 units. */
export type Entity = {
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly url?: string
}

export type ParsedText = { readonly text: string; readonly entities: readonly Entity[] }

/** Why Telegram would not parse a text; its message is Telegram's description. */
export class ParseFailure extends Error {}

const types: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
}
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));?/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal))
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return named[String(name).toLowerCase()] ?? whole
  })
}

const fail = (why: string): never => {
  throw new ParseFailure(`Bad Request: can't parse entities: ${why}`)
}

/** Parses `parse_mode: HTML` as strictly as Telegram: known tags only, properly nested and closed. */
export function parseHtml(html: string): ParsedText {
  const entities: Entity[] = []
  const open: { tag: string; offset: number; url?: string }[] = []
  let text = ''
  let rest = html
  while (rest !== '') {
    const at = rest.indexOf('<')
    text += decode(at < 0 ? rest : rest.slice(0, at))
    if (at < 0) break
    const tag = /^<(\/?)([a-z0-9-]*)([^<>]*)>/i.exec(rest.slice(at))
    if (!tag) return fail(`Unclosed start tag at byte offset ${html.length - rest.length + at}`)
    const [whole, slash, rawName = '', attributes = ''] = tag
    const name = rawName.toLowerCase()
    if (!types[name])
      return fail(`Unsupported start tag "${name}" at byte offset ${html.length - rest.length + at}`)
    if (slash) {
      const last = open.pop()
      if (!last) return fail('Unexpected end tag')
      if (last.tag !== name) return fail(`Unmatched end tag, expected "</${last.tag}>", found "</${name}>"`)
      const length = text.length - last.offset
      if (length > 0) {
        const type = types[name] ?? name
        entities.push({ type, offset: last.offset, length, ...(last.url && { url: last.url }) })
      }
    } else {
      const href = /^\s+href="([^"]*)"\s*$/.exec(attributes)?.[1]
      if (name !== 'a' && attributes.trim() !== '') return fail(`Unsupported attribute in "${name}"`)
      if (name === 'a' && href === undefined) return fail('Unexpected attribute of the tag "a"')
      open.push({ tag: name, offset: text.length, ...(href !== undefined && { url: decode(href) }) })
    }
    rest = rest.slice(at + whole.length)
  }
  const unclosed = open.at(-1)
  if (unclosed) return fail(`Can't find end tag corresponding to start tag "${unclosed.tag}"`)
  return { text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) }
}
