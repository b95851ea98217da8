import { expect, test } from 'vitest'
import { countAttempts } from '../../../server/auth/attempts.ts'

const at = (minute: number) => new Date(minute * 60_000)
const key = (name: string, most = 2) => ({ key: name, limit: { most, withinMinutes: 15 } })

test('as many attempts as allowed are taken, then one waits for the oldest to pass out of the window', () => {
  const attempts = countAttempts()
  expect(attempts.take([key('a')], at(0))).toEqual({ ok: true })
  expect(attempts.take([key('a')], at(5))).toEqual({ ok: true })
  expect(attempts.take([key('a')], at(6))).toEqual({ ok: false, minutes: 9 })
  expect(attempts.take([key('a')], at(15))).toEqual({ ok: true })
  expect(attempts.take([key('a')], at(16))).toEqual({ ok: false, minutes: 4 })
})

test('a refused attempt counts on none of its keys', () => {
  const attempts = countAttempts()
  attempts.take([key('narrow', 1)], at(0))
  for (let i = 0; i < 5; i++) expect(attempts.take([key('narrow', 1), key('wide')], at(1)).ok).toBe(false)
  expect(attempts.take([key('wide')], at(1)).ok).toBe(true)
})

test('a success does not count, and forgets the failures of the key it names', () => {
  const attempts = countAttempts()
  const both = [key('own'), key('shared', 3)]
  attempts.take(both, at(0))
  attempts.take(both, at(1))
  attempts.giveBack(both, 'own')
  expect(attempts.take([key('own')], at(2)).ok).toBe(true)
  expect(attempts.take([key('own')], at(2)).ok).toBe(true)
  expect(attempts.take([key('shared', 3)], at(2)).ok).toBe(true)
  expect(attempts.take([key('shared', 3)], at(2)).ok).toBe(true)
  expect(attempts.take([key('shared', 3)], at(2)).ok).toBe(false)
})
