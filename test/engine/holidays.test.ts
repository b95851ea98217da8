import { readFileSync } from 'node:fs'
import Holidays from 'date-holidays'
import { DateTime, Duration } from 'luxon'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { addOpenDays, addOpenTime, calendarOf, type Shift } from '../../engine/calendar.ts'
import {
  calendarExceptions,
  type HolidayException,
  holidayDataSchema,
  holidayExceptions,
  unknownHolidays,
} from '../../engine/holidays.ts'

const file = new URL('../../desks/kz-calendar.yaml', import.meta.url)
const data = holidayDataSchema.parse(parse(readFileSync(file, 'utf8')))

const offIn = (year: number): readonly string[] =>
  holidayExceptions(data, year, year)
    .filter((exception) => exception.kind !== 'movedWorkingDay')
    .map(({ date }) => date.slice(5))

const find = (date: string): HolidayException | undefined =>
  holidayExceptions(data, 2024, 2028).find((exception) => exception.date === date)

describe("Kazakhstan's holidays", () => {
  it('in 2026 are those of the production calendar, without a Constitution Day (product.md)', () => {
    expect(offIn(2026)).toEqual([
      ...['01-01', '01-02', '01-07', '03-08', '03-09', '03-21', '03-22', '03-23', '03-24', '03-25'],
      ...['05-01', '05-07', '05-09', '05-11', '05-27', '07-06', '10-25', '10-26', '12-16'],
    ])
  })

  it('in 2027 have Constitution Day on 15 March', () => {
    expect(offIn(2027)).toEqual([
      ...['01-01', '01-02', '01-04', '01-07', '03-08', '03-15', '03-21', '03-22', '03-23', '03-24'],
      ...['05-01', '05-03', '05-07', '05-09', '05-10', '05-16', '07-06', '10-25', '12-16'],
    ])
  })

  it('give two working days off when two of them fall on one weekend (product.md: Labour Code)', () => {
    expect(find('2028-01-03')).toMatchObject({ kind: 'substitute', rule: [], name: { ru: 'Новый год' } })
    expect(find('2028-01-04')).toMatchObject({ kind: 'substitute', rule: [], name: { kk: 'Жаңа жыл' } })
  })

  it('give none for Kurban Ait and 7 January on a Sunday (product.md: Labour Code)', () => {
    expect(find('2024-01-07')?.kind).toBe('holiday')
    expect(find('2024-01-08')).toBeUndefined()
    expect(find('2027-05-16')?.name).toEqual({
      kk: 'Құрбан айттың бірінші күні',
      ru: 'Первый день Курбан-айта',
    })
    expect(find('2027-05-17')).toBeUndefined()
  })

  it('move a day off: the one is free, the other is worked with its hours (product.md: moved days)', () => {
    expect(find('2024-05-08')).toMatchObject({ kind: 'movedDayOff', rule: [] })
    expect(find('2024-05-04')).toMatchObject({ kind: 'movedWorkingDay', rule: { like: 3 } })
    expect(find('2025-01-05')).toMatchObject({ kind: 'movedWorkingDay', rule: { like: 5 } })
  })

  it('stand in order, one for a date, within the years asked for', () => {
    const dates = holidayExceptions(data, 2024, 2028).map(({ date }) => date)
    expect(dates).toEqual([...new Set(dates)].sort())
    expect(dates.at(0)).toBe('2024-01-01')
    expect(dates.at(-1)).toBe('2028-12-18')
  })

  it('put a deadline after them', () => {
    const office: readonly Shift[] = [{ from: '09:00', to: '18:00' }]
    const desk = calendarOf(
      'Asia/Almaty',
      { 1: office, 2: office, 3: office, 4: office, 5: office },
      calendarExceptions(holidayExceptions(data, 2024, 2028)),
    )
    const before = DateTime.fromISO('2026-03-20T18:05', { zone: 'Asia/Almaty' })
    const due = addOpenTime(desk, before, Duration.fromObject({ minutes: 15 }))
    expect(due.toISO()).toBe('2026-03-26T09:15:00.000+05:00')
    expect(addOpenDays(desk, before, 1).toISO()).toBe('2026-03-27T09:00:00.000+05:00')
    const friday = DateTime.fromISO('2024-05-03T18:05', { zone: 'Asia/Almaty' })
    const saturday = addOpenTime(desk, friday, Duration.fromObject({ minutes: 15 }))
    expect(saturday.toISO()).toBe('2024-05-04T09:15:00.000+05:00')
  })
})

describe('against the date-holidays package, 2023 to 2030', () => {
  const theirs = new Holidays('KZ')
  const years = [2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030]
  const theirDays = new Set(
    years.flatMap((year) => theirs.getHolidays(year).map((holiday) => holiday.date.slice(0, 10))),
  )
  const ourDays = new Set(
    holidayExceptions(data, 2023, 2030)
      .filter((exception) => exception.kind !== 'movedWorkingDay')
      .map(({ date }) => date),
  )

  it('agrees on every day of the eight years but these, each for its reason', () => {
    const onlyOurs = {
      '2023-07-07':
        'a day off instead of Saturday 1 July by decision of the government; theirs has no moved days',
      '2024-05-08':
        'a day off instead of Saturday 4 May by decision of the government; theirs has no moved days',
      '2025-01-03': 'a day off instead of Sunday 5 January by decision of the government; the same',
      '2026-03-25':
        'Nauryz on a Saturday and Sunday gives two days off after Monday 23 March, itself a holiday: 24 and 25 March; theirs gives "next Monday" and "next Tuesday", the Monday being taken already',
      '2027-03-24':
        'Nauryz on Sunday 21 March gives the first free day after 22 and 23 March; theirs gives "next Tuesday", which is 23 March',
      '2029-12-17':
        'Independence Day on Sunday gives Monday: 17 December has been a working day since 2022; theirs still leaves it out',
    }
    const onlyTheirs = {
      '2026-03-15': 'the day of the referendum itself: Constitution Day is kept from 2027 on',
      '2026-03-16': 'its substitute',
      '2029-12-18': 'the other side of 2029-12-17',
    }
    expect([...ourDays].filter((day) => !theirDays.has(day))).toEqual(Object.keys(onlyOurs))
    expect([...theirDays].filter((day) => !ourDays.has(day))).toEqual(Object.keys(onlyTheirs))
  })

  it('agrees on Kurban Ait, which it works out by the moon (product.md: Kurban Ait by year)', () => {
    const [{ dates = [] } = {}] = data.moving
    const theirAit = years.map(
      (year) =>
        theirs
          .getHolidays(year)
          .find(({ rule }) => rule.startsWith('10 Dhu al-Hijjah'))
          ?.date.slice(0, 10) ?? '',
    )
    expect(dates).toEqual(theirAit)
    expect(unknownHolidays(data, 2030)).toEqual([])
    expect(unknownHolidays(data, 2031).map(({ ru }) => ru)).toEqual(['Первый день Курбан-айта'])
    expect(unknownHolidays(data, 2022)).toEqual([])
  })
})

describe('the shape of the holiday data', () => {
  it('refuses a date that does not exist and a day that is none', () => {
    const moved = [{ off: '2027-02-30', worked: '2027-02-27', name: { kk: 'а', ru: 'а' } }]
    expect(holidayDataSchema.safeParse({ ...data, moved }).success).toBe(false)
    const fixed = [{ day: '13-01', substituted: true, name: { kk: 'а', ru: 'а' } }]
    expect(holidayDataSchema.safeParse({ ...data, fixed }).success).toBe(false)
  })
})
