import type { QueueRow } from '../../engine/wireConsole.ts'
import type { Words } from '../words.ts'
import { momentWords } from './dateWords.ts'
import { sameDay, twoDigits, wallClock } from './localTime.ts'

export type Tone = 'calm' | 'warning' | 'strong' | 'overdue'
export type Promised = NonNullable<QueueRow['firstResponse']>

const minute = 60_000
const hour = 60 * minute

/** How loudly a promise asks for attention at `now`: after its first warning, its second, and once it is late. */
export function toneOf(promise: Promised, now: number): Tone {
  if (promise.breached || now > Date.parse(promise.dueAt)) return 'overdue'
  if (promise.warned >= 2) return 'strong'
  return promise.warned === 1 ? 'warning' : 'calm'
}

/** A stretch of time in milliseconds: `04:09` under an hour, `1 ч 05 мин` under two days, else `3 дн 4 ч`. */
export function stretchWords(milliseconds: number, words: Words): string {
  const seconds = Math.floor(milliseconds / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  if (hours < 1) return `${twoDigits(minutes)}:${twoDigits(seconds % 60)}`
  if (hours < 48) return words('time.hoursMinutes', { hours, minutes: twoDigits(minutes % 60) })
  return words('time.daysHours', { days: Math.floor(hours / 24), hours: hours % 24 })
}

/**
 * What a row says of the first-response promise: the real time left until it is due, or by how much it is late.
 * A promise that falls due on another day of the desk is told by its moment: nobody waits in front of it.
 */
export function countdownWords(promise: Promised, now: number, zone: string, words: Words): string {
  const dueAt = Date.parse(promise.dueAt)
  if (toneOf(promise, now) === 'overdue')
    return words('time.overdue', { time: stretchWords(Math.max(0, now - dueAt), words) })
  if (dueAt - now >= hour && !sameDay(wallClock(dueAt, zone), wallClock(now, zone)))
    return momentWords(dueAt, now, zone, words)
  return stretchWords(dueAt - now, words)
}

/** The same in the space of a pill, for who sees its colour and sign: what is late with a minus. */
export function countdownSign(promise: Promised, now: number, zone: string, words: Words): string {
  if (toneOf(promise, now) !== 'overdue') return countdownWords(promise, now, zone, words)
  return `−${stretchWords(Math.max(0, now - Date.parse(promise.dueAt)), words)}`
}

/** How long the visitor has been waiting for the next answer, in whole minutes: nothing here needs seconds. */
export function waitWords(since: number, now: number, words: Words): string {
  const waited = Math.max(0, now - since)
  if (waited < minute) return words('time.justNow')
  if (waited < hour) return words('time.minutes', { minutes: Math.floor(waited / minute) })
  return stretchWords(waited, words)
}
