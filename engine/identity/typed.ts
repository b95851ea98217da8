/** What was typed on one line: any kind of space and line break is one space, invisible characters are gone. */
export const onOneLine = (input: string): string =>
  input
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]/g, '')
    .replace(/[\s\p{Zs}\p{Cc}]+/gu, ' ')
    .trim()

/** Takes a leading label such as "Телефон: " or "ФИО — " off, when `label` (a pattern of words) is there. */
export const withoutLabel = (text: string, label: string): string =>
  text.replace(new RegExp(`^(?:${label})(?:\\s*[:=]\\s*|\\s+(?:[–—-]+\\s*)?|$)`, 'iu'), '')
