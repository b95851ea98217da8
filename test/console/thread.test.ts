import { describe, expect, it } from 'vitest'
import { firstUnreadSeq, lastSeqOf, lastVisitorSeq, merged, timeline } from '../../console/logic/thread.ts'
import { shownVerdict } from '../../console/logic/verdict.ts'
import type { WireClock } from '../../engine/wireConsole.ts'
import { aMessage } from './rows.ts'

const operator = { kind: 'operator', id: 'me', name: 'Айгүл' } as const

describe('the messages of a conversation', () => {
  it('stand once each and in order, however they arrive', () => {
    const known = [aMessage(1), aMessage(4)]
    expect(merged(known, [aMessage(4), aMessage(2)]).map(({ seq }) => seq)).toEqual([1, 2, 4])
  })

  it('are replaced by a newer copy of themselves', () => {
    const edited = aMessage(1, { content: { kind: 'text', text: 'иначе', edited: true } })
    expect(merged([aMessage(1)], [edited])).toEqual([edited])
  })

  it('tell the newest one, the newest of the visitor, and the first unread', () => {
    const messages = [
      aMessage(1),
      aMessage(2, { author: operator }),
      aMessage(3),
      aMessage(5, { author: operator }),
    ]
    expect(lastSeqOf(messages)).toBe(5)
    expect(lastVisitorSeq(messages)).toBe(3)
    expect(firstUnreadSeq(messages, 2)).toBe(3)
    expect(firstUnreadSeq(messages, 3)).toBeUndefined()
    expect(firstUnreadSeq(messages, 0)).toBeUndefined()
    expect(lastSeqOf([])).toBe(0)
  })
})

describe('the timeline', () => {
  const shape = (items: ReturnType<typeof timeline>) =>
    items.map((item) => (item.kind === 'message' ? `${item.message.seq}${item.leads ? '!' : ''}` : item.kind))

  it('draws a line before each new day of the desk', () => {
    const messages = [
      aMessage(1, { at: '2026-11-22T18:59:00.000Z' }),
      aMessage(2, { at: '2026-11-22T19:01:00.000Z' }),
    ]
    expect(shape(timeline(messages, 'Asia/Almaty', undefined))).toEqual(['day', '1!', 'day', '2!'])
  })

  it('begins a turn with another speaker, a note, or a pause', () => {
    const messages = [
      aMessage(1),
      aMessage(2),
      aMessage(3, { author: operator }),
      aMessage(4, { author: operator, audience: 'operators' }),
      aMessage(5, { author: operator, audience: 'operators', at: '2026-11-23T04:06:00.000Z' }),
    ]
    expect(shape(timeline(messages, 'Asia/Almaty', undefined))).toEqual(['day', '1!', '2', '3!', '4!', '5!'])
  })

  it('marks where the unread part begins', () => {
    expect(shape(timeline([aMessage(1), aMessage(2)], 'Asia/Almaty', 2))).toEqual([
      'day',
      '1!',
      'unread',
      '2!',
    ])
  })
})

describe('the verdict on a promise', () => {
  const now = Date.parse('2026-11-23T04:00:00.000Z')
  const promise = (facts: Partial<WireClock>): WireClock => ({
    metric: 'firstResponse',
    dueAt: '2026-11-23T04:01:00.000Z',
    stoppedAt: null,
    paused: false,
    breached: false,
    ...facts,
  })

  it('runs until its moment, and is overdue after it', () => {
    expect(shownVerdict(promise({}), now)).toBe('running')
    expect(shownVerdict(promise({ dueAt: '2026-11-23T03:59:00.000Z' }), now)).toBe('overdue')
    expect(shownVerdict(promise({ breached: true }), now)).toBe('overdue')
  })

  it('is paused while the visitor is waited for, unless it was late before', () => {
    const past = '2026-11-23T03:59:00.000Z'
    expect(shownVerdict(promise({ dueAt: past, paused: true }), now)).toBe('paused')
    expect(shownVerdict(promise({ dueAt: past, paused: true, breached: true }), now)).toBe('overdue')
  })

  it('tells a promise kept in time from a late one', () => {
    const stoppedAt = '2026-11-23T03:58:00.000Z'
    expect(shownVerdict(promise({ stoppedAt }), now)).toBe('kept')
    expect(shownVerdict(promise({ stoppedAt, breached: true }), now)).toBe('keptLate')
  })
})
