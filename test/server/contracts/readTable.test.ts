import { describe, expect, it } from 'vitest'
import { maxImportRows } from '../../../engine/limits.ts'
import { readTable } from '../../../server/contracts/readTable.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
/** A Russian text as an old spreadsheet saves it. */
const windows1251 = (text: string) =>
  Uint8Array.from([...text], (letter) => {
    const code = letter.codePointAt(0) ?? 0
    if (code < 128) return code
    if (letter === 'Ё') return 0xa8
    if (letter === 'ё') return 0xb8
    if (letter === '«') return 0xab
    if (letter === '»') return 0xbb
    if (code >= 0x410 && code <= 0x44f) return code - 0x350
    throw new Error(`${letter} is not in Windows-1251`)
  })
const cells = (bytes: Uint8Array) => {
  const table = readTable(bytes)
  if (!table.ok) throw new Error(table.fault)
  return { ...table, rows: table.rows.map((row) => row.cells) }
}

describe('a table is read however a spreadsheet has saved it', () => {
  it.each([
    ['UTF-8 with commas', utf8('Номер,Организация\nТП-1,ТОО Ромашка\n'), 'utf-8'],
    ['UTF-8 with its mark and semicolons', utf8('\uFEFFНомер;Организация\r\nТП-1;ТОО Ромашка\r\n'), 'utf-8'],
    ['tabs', utf8('Номер\tОрганизация\nТП-1\tТОО Ромашка'), 'utf-8'],
    ['Windows-1251', windows1251('Номер;Организация\r\nТП-1;ТОО Ромашка\r\n'), 'windows-1251'],
    ['the hint of Excel', utf8('sep=,\r\nНомер,Организация\r\nТП-1,ТОО Ромашка\r\n'), 'utf-8'],
    [
      'UTF-16',
      Uint8Array.from(Buffer.from('\uFEFFНомер\tОрганизация\nТП-1\tТОО Ромашка\n', 'utf16le')),
      'utf-16',
    ],
  ])('%s', (_, bytes, encoding) => {
    const table = cells(bytes)
    expect(table.encoding).toBe(encoding)
    expect(table.header).toEqual(['Номер', 'Организация'])
    expect(table.rows).toEqual([['ТП-1', 'ТОО Ромашка']])
  })

  it('the sign that separates inside of quotes separates nothing', () => {
    expect(cells(utf8('a;b\n"x;y";"он сказал ""да"""\n')).rows).toEqual([['x;y', 'он сказал "да"']])
    expect(cells(utf8('"a, b, c";d\nТОО Ромашка, филиал;2\n')).rows).toEqual([['ТОО Ромашка, филиал', '2']])
  })

  it('each row knows the line it begins on, also after cells of several lines and empty lines', () => {
    const table = readTable(utf8('a;b\r\n"x\r\ny";1\r\n\r\nz;2\r\n;\r\nw;3\r\n'))
    expect(table.ok && table.rows.map(({ line, cells: [first] }) => [line, first])).toEqual([
      [2, 'x\ny'],
      [5, 'z'],
      [7, 'w'],
    ])
  })
})

describe('a file that cannot be read says why', () => {
  it.each([
    ['nothing in it', utf8(''), 'empty'],
    ['only spaces', utf8(' \r\n \r\n'), 'empty'],
    ['a workbook instead of a table', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 8, 0]), 'unreadable'],
    ['a quote that is never closed', utf8('a;b\n"x;1\ny;2\n'), 'unreadable'],
    ['too many rows', utf8(`a;b\n${'x;1\n'.repeat(maxImportRows + 1)}`), 'tooManyRows'],
  ])('%s', (_, bytes, fault) => {
    expect(readTable(bytes)).toEqual({ ok: false, fault })
  })

  it('the most rows there may be are read', () => {
    expect(cells(utf8(`a;b\n${'x;1\n'.repeat(maxImportRows)}`)).rows).toHaveLength(maxImportRows)
  })
})
