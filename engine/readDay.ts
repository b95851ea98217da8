import { DateTime } from 'luxon'
import type { LocalDay } from './conversation/instant.ts'

const formats = ['yyyy-MM-dd', 'd.M.yyyy', 'd/M/yyyy', 'd-M-yyyy', 'yyyy.MM.dd', 'yyyy/MM/dd', 'd.M.yy']

/**
 * A day as people and spreadsheets write it: 2026-12-31, 31.12.2026, 31/12/2026; a time after it and a word before it
 * ("до 31.12.2026 г.") are left off. Undefined when it is no day.
 */
export function readDay(typed: string): LocalDay | undefined {
  const text = typed
    .trim()
    .replace(/^[^\d]+/, '')
    .replace(/[\sT]\d{1,2}:\d{2}(?::\d{2})?$/, '')
    .replace(/[^\d]+$/, '')
  for (const format of formats) {
    const day = DateTime.fromFormat(text, format, { zone: 'utc' })
    if (day.isValid && day.year >= 1990 && day.year < 2100) return day.toISODate()
  }
  return undefined
}
