import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeskDataError, loadDesks } from '../../desks/loadDesks.ts'
import { desks } from '../support/edoc.ts'

const source = join(import.meta.dirname, '../../desks')
let home: string
let folder: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'komekshi-desks-'))
  folder = join(home, 'desks')
  cpSync(join(source, 'kz-calendar.yaml'), join(folder, 'kz-calendar.yaml'))
  mkdirSync(join(folder, 'edoc/faq'), { recursive: true })
  cpSync(join(source, 'edoc/desk.yaml'), join(folder, 'edoc/desk.yaml'))
  cpSync(join(source, 'edoc/faq/browser.md'), join(folder, 'edoc/faq/browser.md'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const profile = () => join(folder, 'edoc/desk.yaml')
const read = () => readFileSync(profile(), 'utf8')
/** Changes the desk's profile; what is to be changed must be there. */
function change(from: string | RegExp, to: string): void {
  const before = read()
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  writeFileSync(profile(), after)
}
/** The number of the first line that holds this. */
const lineOf = (words: string, path = profile()) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1

function mistake(): string {
  try {
    loadDesks(folder, 2026)
  } catch (error) {
    if (error instanceof DeskDataError) return error.message
    throw error
  }
  throw new Error('the desks were loaded')
}

describe('every desk of the product', () => {
  it('is read, with its articles in both languages and its calendar', () => {
    expect([...desks.keys()]).toContain('edoc')
    for (const desk of desks.values()) {
      expect(desk.articles.size, desk.id).toBeGreaterThan(0)
      for (const article of desk.articles.values())
        for (const language of ['kk', 'ru'] as const) {
          expect(article[language].title, article.id).not.toBe('')
          expect(article[language].body, article.id).not.toBe('')
        }
      expect(desk.calendar.zone).toBe('Asia/Almaty')
    }
  })
})

describe('a mistake in a desk names the file, the line and what was expected (design §2)', () => {
  it('a desk as it should be is read', () => {
    expect([...loadDesks(folder, 2026).keys()]).toEqual(['edoc'])
  })

  it('YAML that cannot be read', () => {
    change('zone: Asia/Almaty', 'zone: "Asia/Almaty')
    expect(mistake()).toMatch(/^desks\/edoc\/desk\.yaml:\d+: /)
  })

  it('a time that is none', () => {
    change('"1": [{ from: "09:00"', '"1": [{ from: "25:00"')
    expect(mistake()).toBe(`desks/edoc/desk.yaml:${lineOf('25:00')}: hours.1.0.from: a time such as 09:00`)
  })

  it('shifts that lie over one another, and one that ends before it begins', () => {
    change(
      '"1": [{ from: "09:00", to: "18:00" }]',
      '"1": [{ from: "09:00", to: "13:00" }, { from: "12:00", to: "18:00" }]',
    )
    expect(mistake()).toBe(
      `desks/edoc/desk.yaml:${lineOf('"12:00"')}: hours.1: shifts in the order of the day, none over another`,
    )
    change('{ from: "12:00", to: "18:00" }', '{ from: "18:00", to: "14:00" }')
    expect(mistake()).toContain('hours.1.1: a shift ends after it begins; a night shift is written as two')
  })

  it('a time zone that does not exist, and a week without work', () => {
    change('zone: Asia/Almaty', 'zone: Asia/Alamty')
    change(/hours:\n(?: {2}"\d".*\n)+/, 'hours: {}\n')
    expect(mistake().split('\n')).toEqual([
      `desks/edoc/desk.yaml:${lineOf('Alamty')}: zone: an IANA time zone such as Asia/Almaty`,
      `desks/edoc/desk.yaml:${lineOf('hours: {}')}: hours: the desk works on no day of the week`,
    ])
  })

  it('a word missing in one language', () => {
    change('name: { kk: E-DOC, ru: E-DOC }', 'name: { kk: E-DOC }')
    expect(mistake()).toContain(`desks/edoc/desk.yaml:${lineOf('name: { kk: E-DOC }')}: portal.name.ru: `)
  })

  it('a setting nobody knows: a misspelt one is not passed over', () => {
    change('endOnInsult: false', 'endOnInsults: false')
    const said = mistake()
    expect(said).toContain('endOnInsult')
    expect(said).toMatch(/^desks\/edoc\/desk\.yaml:\d+: /)
  })

  it('every mistake of a file at once, each on a line of its own', () => {
    change('"1": [{ from: "09:00"', '"1": [{ from: "9"')
    change('maxMegabytes: 10', 'maxMegabytes: много')
    const lines = mistake().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(`desks/edoc/desk.yaml:${lineOf('много')}: attachments.maxMegabytes`)
  })

  it('a desk that calls itself otherwise than its folder', () => {
    change('id: edoc', 'id: other')
    expect(mistake()).toBe('desks/edoc/desk.yaml: id: the desk in the folder edoc calls itself other')
  })

  it('a field that is asked twice', () => {
    change('    - id: steps', '    - id: description')
    const line = read().split('\n').lastIndexOf('    - id: description') + 1
    expect(mistake()).toBe(
      `desks/edoc/desk.yaml:${line}: request.fields.2.id: the field description is asked for twice`,
    )
  })

  it('a field that goes with one that is not there', () => {
    change('onlyWith: organisation', 'onlyWith: company')
    expect(mistake()).toBe(
      `desks/edoc/desk.yaml:${lineOf('onlyWith: company')}: identification.fields.3.onlyWith: there is no field company`,
    )
  })

  it('a choice without options', () => {
    change(/ {6}options:\n[\s\S]*?(?= {4}- id: description)/, '')
    expect(mistake()).toBe(
      `desks/edoc/desk.yaml:${lineOf('- id: type')}: request.fields.0: a choice needs options`,
    )
  })

  it('a channel on which nothing is promised', () => {
    change('channels: [widget, telegram]', 'channels: [widget]')
    change(
      'firstResponse, within: { workingDays: 1 }',
      'firstResponse, levels: [basic], within: { workingDays: 1 }',
    )
    expect(mistake()).toMatch(
      /^desks\/edoc\/desk\.yaml:\d+: sla: no first response is promised to everybody on the channel telegram$/,
    )
  })

  it('a promise for a type of request that the desk does not have', () => {
    change(/metric: resolution, .*levels: \[vip\]/, 'metric: resolution, types: [complaint]')
    expect(mistake()).toMatch(
      /^desks\/edoc\/desk\.yaml:\d+: sla\.5\.types: the request's field "type" has no option complaint$/,
    )
  })

  it('an amount of time that is none', () => {
    change('{ workingMinutes: 15 }', '{ minutes: 15 }')
    expect(mistake()).toMatch(/^desks\/edoc\/desk\.yaml:\d+: sla\.0\.within: an amount such as/)
  })

  it('contracts that are recognised by a field nobody is asked for, or by nothing, or have a type twice', () => {
    change('recognisedBy: { bin: bin }', 'recognisedBy: { bin: biin }')
    expect(mistake()).toBe(
      `desks/edoc/desk.yaml:${lineOf('biin')}: contracts.recognisedBy.bin: there is no field biin in the identification`,
    )
    change('recognisedBy: { bin: biin }', 'recognisedBy: {}')
    expect(mistake()).toMatch(/contracts\.recognisedBy: a bin or a number$/)
    change('recognisedBy: {}', 'recognisedBy: { bin: bin }')
    change(/^( {4}- id: vip\n(?: {6}.*\n)+)/m, '$1$1')
    expect(mistake()).toMatch(/contracts\.types\.1\.id: the type vip is there twice$/)
  })

  it('an article that cannot be read names its file', () => {
    writeFileSync(join(folder, 'edoc/faq/broken.md'), 'просто текст\n')
    expect(mistake()).toMatch(/^desks\/edoc\/faq\/broken\.md: ./)
  })

  it('a calendar that is wrong', () => {
    const path = join(folder, 'kz-calendar.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('day: 03-08', 'day: 08 марта'))
    expect(mistake()).toMatch(
      new RegExp(`^desks/kz-calendar\\.yaml:${lineOf('08 марта', path)}: fixed\\.\\d+\\.day: `),
    )
  })

  it('a folder without any desk', () => {
    rmSync(join(folder, 'edoc'), { recursive: true })
    expect(mistake()).toBe('desks: no desk here (a folder with desk.yaml)')
  })

  it.each([
    ['desk.yaml', 'edoc/desk.yaml'],
    ['the articles', 'edoc/faq'],
    ['the calendar', 'kz-calendar.yaml'],
  ])('%s missing', (_, name) => {
    rmSync(join(folder, name), { recursive: true })
    expect(mistake()).toBe(`desks/${name}: there is no such file or folder`)
  })

  it('no folder at all', () => {
    rmSync(folder, { recursive: true })
    expect(mistake()).toMatch(/there is no such file or folder$/)
  })
})
