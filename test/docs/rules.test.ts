import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { desks } from '../support/edoc.ts'

/*
 * docs/rules.md lists the rules of time and order with the tests that hold them. Titles are read from the calls of
 * `describe` and `it` themselves; a skipped test is none.
 */

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

type Row = {
  readonly desk: string
  readonly line: number
  readonly rule: string
  readonly source: string
  readonly where: string
  readonly test: string
}

const columns = 'rule | source | where | test'

/** The rows of every table, each with the heading above it. */
function rowsOf(markdown: string): readonly Row[] {
  let desk = ''
  return markdown.split('\n').flatMap((text, index): Row[] => {
    if (text.startsWith('## ')) desk = text.slice(3)
    if (!text.startsWith('|') || text.startsWith('|---') || text === `| ${columns} |`) return []
    const cells = text.slice(1, text.lastIndexOf('|')).split(' | ')
    const [rule = '', source = '', where = '', test = ''] = cells.map((cell) => cell.trim())
    if (cells.length !== 4) throw new Error(`line ${index + 1} has ${cells.length} columns, not ${columns}`)
    return [{ desk, line: index + 1, rule, source, where, test }]
  })
}

type Titled = {
  readonly title: string
  /** With the titles around it. */
  readonly path: string
  /** The texts in the table of `it.each`. */
  readonly cases: ReadonlySet<string>
  /** How many tests it is or holds. */
  readonly tests: number
}

const textOf = (node: ts.Node | undefined) => node && ts.isStringLiteralLike(node) && node.text

/** The calls of `describe` and `it` in a test file, those of tables too, as they are written; not the skipped ones. */
function titlesOf(source: string): readonly Titled[] {
  const file = ts.createSourceFile('a.test.ts', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  const titles: Titled[] = []

  function called(call: ts.CallExpression): { name: string; table?: ts.Node | undefined } | undefined {
    const { expression } = call
    if (ts.isIdentifier(expression)) return { name: expression.text }
    const each = ts.isCallExpression(expression) && expression.expression
    return each && ts.isPropertyAccessExpression(each) && each.name.text === 'each'
      ? { name: each.expression.getText(), table: (expression as ts.CallExpression).arguments[0] }
      : undefined
  }

  function stringsIn(node: ts.Node, found = new Set<string>()): ReadonlySet<string> {
    const text = textOf(node)
    if (typeof text === 'string') found.add(text)
    ts.forEachChild(node, (child) => void stringsIn(child, found))
    return found
  }

  function visit(node: ts.Node, around: string): number {
    let tests = 0
    const call = ts.isCallExpression(node) && called(node)
    const title =
      call &&
      ['describe', 'it', 'test'].includes(call.name) &&
      textOf((node as ts.CallExpression).arguments[0])
    const path = typeof title === 'string' ? `${around} ${title}` : around
    ts.forEachChild(node, (child) => {
      tests += visit(child, path)
    })
    if (!call || typeof title !== 'string') return tests
    if (call.name !== 'describe') tests = 1
    titles.push({ title, path, cases: call.table ? stringsIn(call.table) : new Set(), tests })
    return tests
  }
  visit(file, '')
  return titles
}

/** Whether a title names a source such as `edoc regulation, §9 and §17`: the document, and each place in it. */
function cites(title: string, source: string): boolean {
  const [document = '', places = ''] = source.split(/, (.*)/)
  return [document, ...places.split(' and ')]
    .filter((part) => part !== '')
    .every((part) => title.split(part).some((rest, at) => at > 0 && !/^\d/.test(rest)))
}

const quoted = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text)

/** What is wrong with a row; nothing when it is true. */
function faultsOf(row: Row, readFile: (path: string) => string = read): readonly string[] {
  const faults: string[] = []
  const { desk, source, where, test } = row
  for (const [name, cell] of Object.entries(row)) if (cell === '') faults.push(`${name} is empty`)

  const places = quoted(where)
  if (places.length === 0) faults.push('no place in the code')
  for (const place of places) {
    if (place.includes('/')) {
      if (!existsSync(join(root, place))) faults.push(`${place} is not there`)
    } else if (!desks.has(desk) || !(place in parse(read(`desks/${desk}/desk.yaml`))))
      faults.push(`no section ${place} in the desk.yaml of ${desk}`)
  }

  const [, path = '', named = ''] = /^`(test\/[^`]+\.test\.ts)`: (.+)$/.exec(test) ?? []
  if (!existsSync(join(root, path)) || path === '') return [...faults, `no test file: ${test}`]
  const [title = '', ...cases] = named.split(/ \[|\] \[|\]$/).filter((part) => part !== '')
  const found = titlesOf(readFile(path)).find((one) => one.title === title && one.tests > 0)
  if (!found) return [...faults, `${path} has no test with the title: ${title}`]
  if (source !== 'ours' && !cites(found.path, source))
    faults.push(`the test does not cite ${source}: ${title}`)
  for (const one of cases) if (!found.cases.has(one)) faults.push(`no case "${one}" of: ${title}`)
  return faults
}

const rows = rowsOf(read('docs/rules.md'))

describe('docs/rules.md', () => {
  it('has a table for each desk and one for all, and the README leads to it', () => {
    expect([...new Set(rows.map(({ desk }) => desk))]).toEqual([
      'Every desk',
      'edoc',
      'sts',
      'court',
      'cryptopro',
      'What the documents leave open',
    ])
    expect(read('README.md')).toContain('(docs/rules.md)')
  })

  it('says of no rule of a desk that it is ours', () => {
    const ours = rows.filter(({ source }) => source === 'ours').map(({ desk }) => desk)
    expect(new Set(ours)).toEqual(new Set(['What the documents leave open']))
  })

  it('lists each rule once', () => {
    const listed = rows.map(({ desk, rule }) => `${desk}: ${rule}`)
    expect(listed).toEqual([...new Set(listed)])
  })

  it.each(rows.map((row) => [`${row.desk}, line ${row.line}: ${row.rule}`, row] as const))('%s', (_, row) => {
    expect(faultsOf(row)).toEqual([])
  })

  it('names every place of the documents in which a time or an order is stated', () => {
    const stated: Readonly<Record<string, readonly string[]>> = {
      'edoc regulation': [
        ...[
          '§3',
          '§4',
          '§5',
          '§8',
          '§9',
          '§10',
          '§11',
          '§13',
          '§15',
          '§16',
          '§17',
          '§18',
          '§19',
          '§20',
          '§21',
          '§22',
          '§23',
        ],
        ...['§24', '§25', 'SLA section', 'VIP'],
      ],
      'sts instruction': ['items 2', '4', 'items 3', '7', 'item 7', 'item 8', 'item 12'],
      'court rules': ['§1', '§2', '"Terms"', '"Working hours"'],
      'cryptopro guide': ['§4', '§5', '§6'],
    }
    const named = new Map<string, Set<string>>()
    for (const { source } of rows) {
      const [document = '', places = ''] = source.split(/, (.*)/)
      const all = named.get(document) ?? new Set()
      for (const place of places.split(' and ')) all.add(place)
      named.set(document, all)
    }
    for (const [document, places] of Object.entries(stated))
      expect([...(named.get(document) ?? [])].sort(), document).toEqual([...places].sort())
  })
})

describe('a page that is not true is noticed', () => {
  const row: Row = {
    desk: 'edoc',
    line: 1,
    rule: 'VIP before basic.',
    source: 'edoc regulation, §21',
    where: '`engine/queueOrder.ts`, `sla`',
    test: '`test/engine/queueOrder.test.ts`: VIP comes first (edoc regulation, §21)',
  }
  const faults = (source: string, changed: Partial<Row> = {}) =>
    faultsOf({ ...row, ...changed }, () => source)
  const file = "describe('the order', () => { it('VIP comes first (edoc regulation, §21)', () => {}) })"

  it('and a true one is not', () => {
    expect(faults(file)).toEqual([])
  })

  it.each([
    ['the test has another title by now', file.replace('comes', 'goes'), {}],
    ['the title stands in a comment only', `// ${file}`, {}],
    [
      'the title is a text of another test',
      "it('x', () => say('VIP comes first (edoc regulation, §21)'))",
      {},
    ],
    ['the test is skipped', file.replace('it(', 'it.skip('), {}],
    ['what is named holds no test', "describe('VIP comes first (edoc regulation, §21)', () => {})", {}],
    ['its title cites another place', file, { source: 'edoc regulation, §2' }],
    ['its title cites another document', file, { source: 'court rules, §21' }],
    ['its title has no such case', file, { test: `${row.test} [urgent]` }],
    ['the file of the code is gone', file, { where: '`engine/order.ts`' }],
    ['the desk has no such section', file, { where: '`terms`' }],
    ['the file of the test is gone', file, { test: row.test.replace('queueOrder', 'order') }],
    ['a column is empty', file, { source: '' }],
  ] as const)('%s', (_, source, changed) => {
    expect(faults(source, changed)).toHaveLength(1)
  })

  it('a row without all its columns', () => {
    expect(() => rowsOf('| VIP first. | edoc regulation, §21 | `sla` |')).toThrow('line 1 has 3 columns')
  })

  it('a title of a table with its cases is read as it is written', () => {
    const table = "it.each([['urgent', 1]] as const)('by %s (edoc regulation, §21)', () => {})"
    const test = '`test/engine/queueOrder.test.ts`: by %s (edoc regulation, §21)'
    expect(faults(table, { test: `${test} [urgent]` })).toEqual([])
    expect(faults(table, { test: `${test} [immediate]` })).toHaveLength(1)
  })
})
