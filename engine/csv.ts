/** What a cell may hold; null is an empty one. */
export type Cell = string | number | null

/** What a spreadsheet would take for the beginning of a formula. */
const formula = /^\s*[=+\-@＝＋－＠]/u

/**
 * A text that stays text in a spreadsheet: one line without control characters, no `;` (a spreadsheet that
 * separates by it would see cells of the writer's making), and an apostrophe before what looks like a formula.
 */
function harmless(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(';', ',')
    .trim()
  return formula.test(line) ? `'${line}` : line
}

function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = harmless(cell)
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * Rows as comma-separated values (RFC 4180), with the byte order mark by which Excel knows UTF-8. Texts are made
 * harmless: what a visitor wrote never becomes a formula.
 */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')}`
