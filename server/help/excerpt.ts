import { plainText, toRichText } from '../../engine/richText.ts'

/** The beginning of an article's Markdown as one line of plain text: whole words, at most `length` characters. */
export const excerpt = (body: string, length: number) => shorten(plainText(toRichText(body)), length)

/** A text as one line of whole words, with dots where it breaks off, at most `length` characters long. */
export function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= length) return line
  const cut = line.slice(0, length)
  return `${cut.slice(0, cut.lastIndexOf(' ')).replace(/[\s,;:.•—–-]+$/, '')}…`
}
