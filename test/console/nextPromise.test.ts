import { describe, expect, it } from 'vitest'
import { nextPromise, pressingPromise } from '../../console/logic/nextPromise.ts'
import { aRow } from './rows.ts'

const at = (time: string) => `2026-11-23T${time}:00.000Z`
const promise = (dueAt: string, facts = {}) => ({ dueAt: at(dueAt), warned: 0, breached: false, ...facts })
const now = Date.parse(at('05:00'))

describe('the promise of a row that counts now', () => {
  const resolution = { ...promise('09:00'), paused: false }

  it('is an answer that is owed, before the end of the request', () => {
    expect(nextPromise(aRow({ firstResponse: promise('06:00'), resolution }))?.metric).toBe('firstResponse')
    expect(nextPromise(aRow({ nextResponse: promise('06:00'), resolution }))?.metric).toBe('nextResponse')
    expect(nextPromise(aRow({ resolution }))?.metric).toBe('resolution')
  })

  it('is none while the visitor is waited for, and when the request is over', () => {
    expect(nextPromise(aRow({ resolution: { ...resolution, paused: true } }))).toBeUndefined()
    expect(nextPromise(aRow({ stage: 'resolved', firstResponse: promise('06:00') }))).toBeUndefined()
  })

  it('the end of the request presses only once it was warned of, or is late', () => {
    expect(pressingPromise(aRow({ resolution }), now)).toBeUndefined()
    expect(pressingPromise(aRow({ resolution: { ...resolution, warned: 1 } }), now)).toBeDefined()
    expect(pressingPromise(aRow({ resolution: { ...resolution, dueAt: at('04:00') } }), now)).toBeDefined()
    expect(pressingPromise(aRow({ firstResponse: promise('06:00') }), now)).toBeDefined()
  })
})
