import { CsvError, parse } from 'csv-parse/sync'
import { maxImportRows } from '../../engine/limits.ts'
import type { FileFault, ImportPreview } from '../../engine/wireContracts.ts'

export type Encoding = ImportPreview['encoding']

type TableRow = {
  /** The line of the file on which the row begins, the first being 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export type Table =
  | {
      readonly ok: true
      readonly encoding: Encoding
      readonly header: readonly string[]
      readonly rows: readonly TableRow[]
    }
  | { readonly ok: false; readonly fault: FileFault }

/** The text of a file as spreadsheets save it: UTF-8 with or without its mark, UTF-16 with one, else Windows-1251. */
function textOf(bytes: Uint8Array): { readonly encoding: Encoding; readonly text: string } {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe)
    return { encoding: 'utf-16', text: new TextDecoder('utf-16le').decode(bytes) }
  if (first === 0xfe && second === 0xff)
    return { encoding: 'utf-16', text: new TextDecoder('utf-16be').decode(bytes) }
  try {
    return { encoding: 'utf-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { encoding: 'windows-1251', text: new TextDecoder('windows-1251').decode(bytes) }
  }
}

const delimiters = [';', ',', '\t'] as const

/** What separates the cells: the sign that the first line has most of outside of quotes. */
function delimiterOf(text: string): string {
  const first = (/^[^\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const counted = delimiters.map((sign) => ({ sign, count: first.split(sign).length - 1 }))
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign
}

type Parsed = readonly { readonly info: { readonly lines: number }; readonly record: readonly string[] }[]

/** Reads a file of values separated by commas, semicolons or tabs, with a header. */
export function readTable(bytes: Uint8Array): Table {
  const decoded = textOf(bytes)
  const { encoding } = decoded
  const raw = decoded.text.replace(/\r\n?/g, '\n')
  // Excel's own hint for what separates the cells
  const hint = /^sep=(.)\n/i.exec(raw)
  const text = hint ? raw.slice(hint[0].length) : raw
  if (text.includes('\u0000')) return { ok: false, fault: 'unreadable' }
  if (text.trim() === '') return { ok: false, fault: 'empty' }
  let parsed: Parsed
  try {
    parsed = parse(text, {
      delimiter: hint?.[1] ?? delimiterOf(text),
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      to: maxImportRows + 2,
    }) as unknown as Parsed
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, fault: 'unreadable' }
    throw error
  }
  const before = hint ? 1 : 0
  const rows = parsed
    .map(
      ({ record }, at): TableRow => ({
        // a quoted cell may hold line breaks: a row begins after the end of the one before
        line: (at === 0 ? 1 : (parsed[at - 1]?.info.lines ?? 0) + 1) + before,
        cells: record,
      }),
    )
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const [header, ...rest] = rows
  if (!header) return { ok: false, fault: 'empty' }
  if (rest.length > maxImportRows) return { ok: false, fault: 'tooManyRows' }
  return { ok: true, encoding, header: header.cells, rows: rest }
}
