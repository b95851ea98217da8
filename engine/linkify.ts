/** A piece of plain text; one with an `href` is an address the reader may follow. */
export type Piece = { readonly text: string; readonly href?: string }

const address = /\b(?:https?:\/\/|www\.)[^\s<>"«»]+/gi
const trailing = /[.,:;!?'”…]+$/

/**
 * Splits a text at its web addresses, http and https only, so that it can be shown without any markup. Punctuation
 * that ends a sentence stays outside, as does a closing bracket that was opened before the address.
 */
export function linkify(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(address)) {
    const found = trimmed(match[0])
    const href = safeAddress(found)
    if (!href) continue
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) })
    pieces.push({ text: found, href })
    end = match.index + found.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

function trimmed(found: string): string {
  const shorter = found.replace(trailing, '')
  const closes = shorter.endsWith(')') && shorter.split(')').length > shorter.split('(').length
  if (closes) return trimmed(shorter.slice(0, -1))
  return shorter
}

function safeAddress(found: string): string | undefined {
  try {
    const url = new URL(/^https?:/i.test(found) ? found : `https://${found}`)
    return url.hostname.includes('.') || url.hostname === 'localhost' ? url.href : undefined
  } catch {
    return undefined
  }
}
