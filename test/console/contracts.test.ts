import { describe, expect, it } from 'vitest'
import { changeWords } from '../../console/logic/contractChange.ts'
import { formOf, inputOf, newForm } from '../../console/logic/contractForm.ts'
import { daysLeft, paperDay, termNote } from '../../console/logic/contractTerm.ts'
import type { Words } from '../../console/words.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'
import { contractInputSchema, type WireContract } from '../../engine/wireContracts.ts'
import articles from '../../locales/ru/articles.json'
import ru from '../../locales/ru/console.json'
import { translatorOf } from '../../locales/translate.ts'

const words: Words = translatorOf('ru', { ...articles, ...ru })
const contract: WireContract = {
  id: '00000000-0000-4000-8000-0000000000c1',
  desk: 'cryptopro',
  bin: null,
  number: 'ТП-17',
  organisation: 'ТОО «Ромашка»',
  level: 'basic',
  type: 'workplace',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  endedOn: null,
  openLimit: null,
  channels: ['widget'],
  operatorId: null,
  version: 3,
  term: 'current',
  open: 0,
  limit: 2,
}
const terms = {
  required: true,
  recognisedBy: { bin: false, number: true },
  types: [{ id: 'workplace', label: 'Рабочее место', level: 'basic' as const, openLimit: 2 }],
}
const desk: WireDesk = {
  id: 'cryptopro',
  name: 'КриптоПро',
  shortName: null,
  zone: 'Asia/Almaty',
  contracts: terms,
  form: { identification: [], request: [], files: { types: [], maxBytes: 0 } },
}

describe('what is worth saying of a term', () => {
  const noteOn = (today: string, change: Partial<WireContract> = {}) =>
    termNote({ ...contract, ...change }, today, words)?.text

  it('is how few days are left, from thirty on', () => {
    expect(noteOn('2026-11-30')).toBeUndefined()
    expect(noteOn('2026-12-01')).toBe('осталось 30 дней')
    expect(noteOn('2026-12-30')).toBe('остался 1 день')
    expect(noteOn('2026-12-31')).toBe('последний день')
  })

  it('is that it has not begun, is over, or was ended', () => {
    expect(noteOn('2025-12-01', { term: 'upcoming' })).toBe('с 01.01.2026')
    expect(noteOn('2027-01-01', { term: 'over' })).toBe('истёк')
    expect(noteOn('2026-06-02', { term: 'over', endedOn: '2026-06-01' })).toBe('прекращён')
    expect(noteOn('2027-06-02', { term: 'over', endedOn: '2027-06-01' })).toBe('истёк')
  })

  it('counts days of any month, and writes them as papers do', () => {
    expect(daysLeft('2028-03-01', '2028-02-28')).toBe(2)
    expect(paperDay('2026-03-09')).toBe('09.03.2026')
  })
})

describe('a contract in its window', () => {
  it('stays what it is when nothing is changed', () => {
    const {
      id: _,
      desk: __,
      endedOn: ___,
      version: ____,
      term: _____,
      open: ______,
      limit: _______,
      ...kept
    } = contract
    expect(inputOf(formOf(contract))).toEqual(kept)
  })

  it('is new for a year from today, of the first type', () => {
    expect(newForm(terms, '2026-11-23')).toMatchObject({
      type: 'workplace',
      level: 'basic',
      startsOn: '2026-11-23',
      endsOn: '2027-11-22',
    })
    expect(newForm({ ...terms, types: [] }, '2028-02-29').endsOn).toBe('2029-02-28')
  })

  it('a limit that is no number is refused, not taken for none', () => {
    for (const openLimit of ['много', '-1', '1.5', '0'])
      expect(
        contractInputSchema.safeParse(inputOf({ ...formOf(contract), openLimit })).success,
        openLimit,
      ).toBe(false)
    expect(inputOf({ ...formOf(contract), openLimit: ' 7 ' }).openLimit).toBe(7)
  })
})

describe('a change in the history', () => {
  it.each([
    [{ field: 'level', before: 'basic', after: 'vip' }, 'Уровень: Базовый → VIP'],
    [{ field: 'endsOn', before: '2026-12-31', after: '2027-12-31' }, 'Действует по: 31.12.2026 → 31.12.2027'],
    [{ field: 'type', before: null, after: 'workplace' }, 'Тип: нет → Рабочее место'],
    [
      { field: 'channels', before: 'widget, telegram', after: null },
      'Каналы: Чат на портале, Telegram → нет',
    ],
    [{ field: 'number', before: 'А-1', after: 'А-2' }, 'Номер: А-1 → А-2'],
  ] as const)('%o', (change, said) => {
    expect(changeWords(change, desk, words)).toBe(said)
  })
})
