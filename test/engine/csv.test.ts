import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvOf } from '../../engine/csv.ts'

const cellsOf = (text: string): string => csvOf([[text]]).slice(1, -2)

/** Reads comma-separated values as RFC 4180 has them. */
function parse(csv: string): string[][] {
  const rows: string[][] = []
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  let row: string[] = []
  for (const [, quoted, plain = '', end] of csv.slice(1).matchAll(pattern)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

describe('comma-separated values (RFC 4180)', () => {
  it('begin with the mark by which Excel knows UTF-8, and end each line with CR LF', () => {
    expect(
      csvOf([
        ['Номер', 'Оценка'],
        [1001, 5],
        [1002, null],
      ]),
    ).toBe('\uFEFFНомер,Оценка\r\n1001,5\r\n1002,\r\n')
  })

  it('quote what holds a comma or a quotation mark', () => {
    expect(cellsOf('да, но')).toBe('"да, но"')
    expect(cellsOf('так называемый "сбой"')).toBe('"так называемый ""сбой"""')
  })

  it.each(['=1+1', '+7701', '-2', '@SUM(A1)', '  =1', '\t=1', '\r=1', '＝1+1', '\u0000=1'])(
    'make no formula of %j',
    (text) => {
      expect(cellsOf(text)).toMatch(/^'/)
    },
  )

  it('give no semicolon or line break to programs that separate by them', () => {
    expect(cellsOf('x;=HYPERLINK("http://evil.test")')).toBe('"x,=HYPERLINK(""http://evil.test"")"')
    expect(cellsOf('раз\r\n=1+1')).toBe('раз =1+1')
  })

  it('are read back as the same cells, and none of them begins a formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 3, maxLength: 3 }), { minLength: 1 }),
        (rows) => {
          const csv = csvOf(rows)
          const read = parse(csv)
          expect(read.map((row) => row.length)).toEqual(rows.map(() => 3))
          for (const cell of read.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]|[;\r\n]/)
        },
      ),
    )
    const plain = [['слово', 'a,b', 'так "и" есть']]
    expect(parse(csvOf(plain))).toEqual(plain)
  })
})
