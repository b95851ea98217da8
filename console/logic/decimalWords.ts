/** A number as both languages write it: a comma before the tenths, thousands set apart. */
export function decimalWords(value: number): string {
  const [whole = '', tenths] = (Math.round(value * 10) / 10).toString().split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u00A0')
  return tenths === undefined ? grouped : `${grouped},${tenths}`
}

/** What part of the whole it is, in whole per cent; nothing of nothing is 0. */
export const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((100 * part) / whole)
