import { describe, expect, it } from 'vitest'
import { dueText, kazakhDative } from '../../../engine/conversation/dueText.ts'

const zone = 'Asia/Almaty'
/** A moment in Almaty, UTC+5. */
const almaty = (day: string, time: string) => new Date(`${day}T${time}:00+05:00`).toISOString()
const saturday = almaty('2026-11-21', '12:00')

describe('the moment of a promise as people say it (product.md: the visitor is told the real moment)', () => {
  it.each([
    ['2026-11-24', 'во вторник до 09:15', 'сейсенбіде сағат 09:15-ке дейін'],
    ['2026-11-25', 'в среду до 09:15', 'сәрсенбіде сағат 09:15-ке дейін'],
    ['2026-11-26', 'в четверг до 09:15', 'бейсенбіде сағат 09:15-ке дейін'],
    ['2026-11-27', 'в пятницу до 09:15', 'жұмада сағат 09:15-ке дейін'],
    ['2026-11-23', 'в понедельник до 09:15', 'дүйсенбіде сағат 09:15-ке дейін'],
  ])('within a week, %s is its weekday', (day, ru, kk) => {
    expect(dueText('ru', zone, almaty(day, '09:15'), saturday)).toBe(ru)
    expect(dueText('kk', zone, almaty(day, '09:15'), saturday)).toBe(kk)
  })

  it.each([
    ['2026-11-28', 'в субботу до 10:00', 'сенбіде сағат 10:00-ге дейін'],
    ['2026-11-29', 'в воскресенье до 10:00', 'жексенбіде сағат 10:00-ге дейін'],
  ])('and so are worked Saturdays and Sundays: %s', (day, ru, kk) => {
    const monday = almaty('2026-11-23', '10:00')
    expect(dueText('ru', zone, almaty(day, '10:00'), monday)).toBe(ru)
    expect(dueText('kk', zone, almaty(day, '10:00'), monday)).toBe(kk)
  })

  it('today is the time alone, tomorrow is said', () => {
    expect(dueText('ru', zone, almaty('2026-11-21', '14:37'), saturday)).toBe('до 14:37')
    expect(dueText('kk', zone, almaty('2026-11-21', '14:37'), saturday)).toBe('сағат 14:37-ге дейін')
    expect(dueText('ru', zone, almaty('2026-11-22', '09:15'), saturday)).toBe('завтра до 09:15')
    expect(dueText('kk', zone, almaty('2026-11-22', '09:15'), saturday)).toBe('ертең сағат 09:15-ке дейін')
  })

  it('a week or more ahead is a date', () => {
    expect(dueText('ru', zone, almaty('2026-11-28', '09:15'), saturday)).toBe('28 ноября до 09:15')
    expect(dueText('kk', zone, almaty('2026-11-28', '09:15'), saturday)).toBe(
      '28 қараша күні сағат 09:15-ке дейін',
    )
    expect(dueText('ru', zone, almaty('2027-01-05', '09:15'), almaty('2026-12-29', '18:30'))).toBe(
      '5 января до 09:15',
    )
    expect(dueText('kk', zone, almaty('2027-01-05', '09:15'), almaty('2026-12-29', '18:30'))).toBe(
      '5 қаңтар күні сағат 09:15-ке дейін',
    )
  })

  it("the day is the desk's, not the machine's: late in the evening in UTC it is already tomorrow in Almaty", () => {
    const afterMidnight = almaty('2026-11-24', '00:30')
    expect(afterMidnight.startsWith('2026-11-23')).toBe(true)
    expect(dueText('ru', zone, almaty('2026-11-24', '09:15'), afterMidnight)).toBe('до 09:15')
  })
})

describe('the Kazakh dative follows the last word of the number', () => {
  it.each([
    [1, 'ге', 'бірге'],
    [2, 'ге', 'екіге'],
    [3, 'ке', 'үшке'],
    [4, 'ке', 'төртке'],
    [5, 'ке', 'беске'],
    [6, 'ға', 'алтыға'],
    [7, 'ге', 'жетіге'],
    [8, 'ге', 'сегізге'],
    [9, 'ға', 'тоғызға'],
    [10, 'ға', 'онға'],
    [20, 'ға', 'жиырмаға'],
    [30, 'ға', 'отызға'],
    [40, 'қа', 'қырыққа'],
    [50, 'ге', 'елуге'],
    [13, 'ке', 'он үшке'],
    [29, 'ға', 'жиырма тоғызға'],
    [35, 'ке', 'отыз беске'],
    [46, 'ға', 'қырық алтыға'],
    [58, 'ге', 'елу сегізге'],
  ])('%i-%s: %s', (minutes, ending, aloud) => {
    expect(kazakhDative(minutes)).toBe(ending)
    expect(aloud.endsWith(ending)).toBe(true)
  })
})
