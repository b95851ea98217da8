/** Also halves of surrogate pairs. */
const controls = /(?![\n\t])\p{Cc}|\p{Cs}|\uFEFF/gu
/** Characters that turn the direction of a line, and so hide how a file's name ends. */
const turns = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** Text as it can be stored: lines end with \n, no control characters, no halves of surrogate pairs, trimmed. */
export const storableText = (text: string): string =>
  text
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(controls, '')
    .trim()

/** The same in one line, without characters that turn its direction. */
export const storableLine = (text: string): string =>
  storableText(text)
    .replace(turns, '')
    .replace(/[\s\u00A0]+/g, ' ')
    .trim()

/** At most `length` characters (UTF-16), the last one an ellipsis when something is left out; no pair is broken. */
export function capped(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text
    .slice(0, length - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`
}
