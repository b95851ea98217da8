declare const made: unique symbol

/** Markup that may be sent as it is. Only `html` and `dataBlock` make it. */
export type Html = { readonly text: string; readonly [made]: true }

/** What may stand in a place of a template; nothing is written for `false`, `null` and `undefined`. */
export type Piece = Html | string | number | false | null | undefined | readonly Piece[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

class Made {
  constructor(readonly text: string) {}
}

const markup = (text: string) => new Made(text) as unknown as Html

const isHtml = (piece: object): piece is Html => piece instanceof Made

function write(piece: Piece): string {
  if (piece === false || piece === null || piece === undefined) return ''
  if (typeof piece === 'object') return isHtml(piece) ? piece.text : piece.map(write).join('')
  return String(piece).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

/**
 * Writes markup (HTML or XML). Whatever stands in a place is text: its special signs are escaped, unless `html` itself
 * has made it. Places in attributes must be in quotes.
 */
export function html(parts: TemplateStringsArray, ...places: readonly Piece[]): Html {
  return markup(parts.map((part, at) => part + write(places[at])).join(''))
}

/** Data about the page for search engines, in JSON-LD: it never runs, and nothing in it can end the block. */
export function dataBlock(data: unknown): Html {
  return markup(
    `<script type="application/ld+json">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>`,
  )
}
