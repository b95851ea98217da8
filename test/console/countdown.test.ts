import { beforeAll, describe, expect, it } from 'vitest'
import {
  countdownSign,
  countdownWords,
  stretchWords,
  toneOf,
  waitWords,
} from '../../console/logic/countdown.ts'
import { dayWords, momentWords } from '../../console/logic/dateWords.ts'
import { loadWords, type Words } from '../../console/words.ts'

const zone = 'Asia/Almaty'
const now = Date.parse('2026-11-23T04:00:00.000Z')
const minute = 60_000
const promise = (milliseconds: number, facts = {}) => ({
  dueAt: new Date(now + milliseconds).toISOString(),
  warned: 0,
  breached: false,
  ...facts,
})

let kk: Words
let ru: Words
beforeAll(async () => {
  kk = await loadWords('kk')
  ru = await loadWords('ru')
})

describe('the first-response promise on a row', () => {
  it('ticks down in minutes and seconds within the hour', () => {
    expect(countdownWords(promise(12 * minute + 7_000), now, zone, ru)).toBe('12:07')
    expect(countdownWords(promise(59_999), now, zone, kk)).toBe('00:59')
  })

  it('is told in hours beyond it', () => {
    expect(countdownWords(promise(65 * minute), now, zone, ru)).toBe('1 ч 05 мин')
    expect(countdownWords(promise(65 * minute), now, zone, kk)).toBe('1 сағ 05 мин')
  })

  it('is told by its moment when it falls due on another day of the desk', () => {
    const friday = Date.parse('2026-11-20T13:05:00.000Z')
    const monday = { dueAt: '2026-11-23T04:15:00.000Z', warned: 0, breached: false }
    expect(countdownWords(monday, friday, zone, ru)).toBe('пн 09:15')
    expect(countdownWords(monday, friday, zone, kk)).toBe('дс 09:15')
  })

  it('ticks across midnight when the moment is near', () => {
    const beforeMidnight = Date.parse('2026-11-23T18:55:00.000Z')
    const due = { dueAt: '2026-11-23T19:05:00.000Z', warned: 0, breached: false }
    expect(countdownWords(due, beforeMidnight, zone, ru)).toBe('10:00')
  })

  it('says by how much it is late', () => {
    expect(countdownWords(promise(-192_000), now, zone, ru)).toBe('просрочено на 03:12')
    expect(countdownWords(promise(-192_000), now, zone, kk)).toBe('03:12 кешікті')
    expect(countdownWords(promise(-65 * minute), now, zone, ru)).toBe('просрочено на 1 ч 05 мин')
    expect(countdownSign(promise(-65 * minute), now, zone, ru)).toBe('−1 ч 05 мин')
    expect(countdownSign(promise(65 * minute), now, zone, ru)).toBe('1 ч 05 мин')
  })

  it('never says a negative time when the server saw the breach before our clock did', () => {
    expect(countdownWords(promise(500, { breached: true }), now, zone, ru)).toBe('просрочено на 00:00')
  })

  it('asks for attention after the first warning, more after the second, most when late', () => {
    expect(toneOf(promise(minute), now)).toBe('calm')
    expect(toneOf(promise(minute, { warned: 1 }), now)).toBe('warning')
    expect(toneOf(promise(minute, { warned: 2 }), now)).toBe('strong')
    expect(toneOf(promise(minute, { warned: 2, breached: true }), now)).toBe('overdue')
    expect(toneOf(promise(-1), now)).toBe('overdue')
  })
})

describe('stretches and moments in words', () => {
  it('count days once hours say little', () => {
    expect(stretchWords(76 * 60 * minute, ru)).toBe('3 дн 4 ч')
    expect(stretchWords(76 * 60 * minute, kk)).toBe('3 күн 4 сағ')
  })

  it('say how long the visitor waits without counting seconds', () => {
    expect(waitWords(now - 20_000, now, ru)).toBe('только что')
    expect(waitWords(now - 4 * minute, now, ru)).toBe('ждёт 4 мин')
    expect(waitWords(now - 4 * minute, now, kk)).toBe('4 мин күтуде')
    expect(waitWords(now + minute, now, kk)).toBe('жаңа ғана')
  })

  it('name the day in the zone of the desk', () => {
    const justAfterMidnight = Date.parse('2026-11-22T19:30:00.000Z')
    expect(dayWords(justAfterMidnight, now, zone, ru)).toBe('Сегодня')
    expect(dayWords(justAfterMidnight - 60 * minute, now, zone, kk)).toBe('Кеше')
    expect(dayWords(Date.parse('2026-03-08T08:00:00.000Z'), now, zone, ru)).toBe('8 марта')
    expect(dayWords(Date.parse('2025-12-31T08:00:00.000Z'), now, zone, kk)).toBe('2025 ж. 31 желтоқсан')
  })

  it('shorten a moment as far as it stays clear', () => {
    expect(momentWords(now, now, zone, ru)).toBe('09:00')
    expect(momentWords(Date.parse('2026-12-16T04:15:00.000Z'), now, zone, ru)).toBe('16 декабря 09:15')
    expect(momentWords(Date.parse('2026-12-16T04:15:00.000Z'), now, zone, kk)).toBe('16 желтоқсан 09:15')
  })
})
