import { describe, expect, it } from 'vitest'
import { keepOf } from '../../widget/keep.ts'
import { type Entry, keptEntries } from '../../widget/outbox.ts'
import { adoptOrphans, type Locks } from '../../widget/tabs.ts'
import { outboxAt, storage, taken, wrote } from './fakes.ts'

describe('the outbox', () => {
  it('waits for the server before it sends anything', () => {
    const { outbox, sentIds } = outboxAt()
    outbox.add(wrote('1'))
    expect(sentIds()).toEqual([])
    outbox.open()
    expect(sentIds()).toEqual(['1'])
  })

  it('sends in order, the next only when the one before has been acknowledged', () => {
    const { outbox, sent, sentIds } = outboxAt()
    outbox.open()
    outbox.add(wrote('1'))
    outbox.add(wrote('2'))
    expect(sentIds()).toEqual(['1'])
    sent[0]!.ack(taken)
    expect(sentIds()).toEqual(['1', '2'])
  })

  it('sends the same act again, unchanged, when no acknowledgement came within eight seconds', () => {
    const { outbox, sent, pass, unanswered } = outboxAt()
    outbox.open()
    outbox.add(wrote('1'))
    pass(7_999)
    expect(sent).toHaveLength(1)
    pass(1)
    expect(sent[1]!.action).toEqual(sent[0]!.action)
    pass(8_000)
    expect(sent).toHaveLength(3)
    expect(unanswered).toEqual([1, 2])
  })

  it('gives a server that is asked too fast two seconds, and then sends the same act again', () => {
    const { outbox, sent, settled, pass, sentIds } = outboxAt()
    outbox.open()
    outbox.add(wrote('1'))
    outbox.add(wrote('2'))
    sent[0]!.ack({ ok: false, refusal: { key: 'refusal.tooFast', text: '…' } })
    expect(settled).toEqual([])
    pass(1_999)
    expect(sentIds()).toEqual(['1'])
    pass(1)
    expect(sentIds()).toEqual(['1', '1'])
    sent[1]!.ack(taken)
    expect(sentIds()).toEqual(['1', '1', '2'])
  })

  it('accepts an acknowledgement that comes late, and ignores it the second time', () => {
    const { outbox, sent, settled, pass, sentIds } = outboxAt()
    outbox.open()
    outbox.add(wrote('1'))
    outbox.add(wrote('2'))
    pass(8_000)
    sent[0]!.ack(taken)
    sent[1]!.ack(taken)
    expect(settled).toEqual([{ id: '1', ok: true }])
    expect(sentIds()).toEqual(['1', '1', '2'])
  })

  it('holds still while the connection is gone, and begins again with the oldest', () => {
    const { outbox, sentIds, pass } = outboxAt()
    outbox.open()
    outbox.add(wrote('1'))
    outbox.shut()
    outbox.add(wrote('2'))
    pass(60_000)
    expect(sentIds()).toEqual(['1'])
    outbox.open()
    expect(sentIds()).toEqual(['1', '1'])
  })

  it('goes on after a refusal', () => {
    const { outbox, sent, settled, sentIds } = outboxAt()
    outbox.open()
    outbox.add(wrote('1'))
    outbox.add(wrote('2'))
    sent[0]!.ack({ ok: false, refusal: { key: 'refusal.invalid', text: 'Так нельзя' } })
    expect(settled).toEqual([{ id: '1', ok: false }])
    expect(sentIds()).toEqual(['1', '2'])
  })

  it('keeps what was not acknowledged over a reload, and nothing else', () => {
    const { outbox, sent, keep } = outboxAt()
    outbox.open()
    outbox.add(wrote('1'))
    outbox.add(wrote('2'))
    sent[0]!.ack(taken)
    expect(keptEntries(keep, 'outbox.a')).toEqual([wrote('2')])
    sent[1]!.ack(taken)
    expect(keep.keys('outbox')).toEqual([])
  })

  it('never writes a filled form, with its IIN, to the disk', () => {
    const { outbox, sentIds, keep } = outboxAt()
    const filled: Entry = { action: { type: 'filled', id: '1', values: { iin: '900101300123' } }, at: '' }
    outbox.add(filled)
    expect(keep.keys('outbox')).toEqual([])
    outbox.open()
    expect(sentIds()).toEqual(['1'])
  })
})

describe('acts that a closed tab left unsent', () => {
  const lockedBy = (living: readonly string[]) =>
    ({
      request: async (name: string, _: LockOptions, work: (lock: unknown) => unknown) =>
        work(living.includes(name) ? null : { name }),
    }) as unknown as Locks

  it('are sent by the tab that finds them, oldest first, and only once', async () => {
    const area = storage()
    outboxAt(area, 'outbox.closed').outbox.add(wrote('old', '2026-03-02T04:00:00.000Z'))
    const { outbox, sent, sentIds, keep } = outboxAt(area, 'outbox.own')
    outbox.add(wrote('new', '2026-03-02T05:00:00.000Z'))
    await adoptOrphans(keep, 'outbox.', 'outbox.own', lockedBy([]), outbox.adopt)
    outbox.open()
    sent[0]!.ack(taken)
    expect(sentIds()).toEqual(['old', 'new'])
    expect(keep.keys('outbox.')).toEqual(['outbox.own'])
  })

  it('are left alone while their own tab lives', async () => {
    const area = storage()
    outboxAt(area, 'outbox.living').outbox.add(wrote('theirs'))
    const { outbox, sentIds, keep } = outboxAt(area, 'outbox.own')
    await adoptOrphans(keep, 'outbox.', 'outbox.own', lockedBy(['outbox.living']), outbox.adopt)
    outbox.open()
    expect(sentIds()).toEqual([])
    expect(keptEntries(keep, 'outbox.living')).toEqual([wrote('theirs')])
  })

  it('do not overtake the act that is under way', () => {
    const { outbox, sent, sentIds, settled } = outboxAt()
    outbox.open()
    outbox.add(wrote('new', '2026-03-02T05:00:00.000Z'))
    outbox.adopt([wrote('old', '2026-03-02T04:00:00.000Z')])
    sent[0]!.ack(taken)
    expect(settled).toEqual([{ id: 'new', ok: true }])
    expect(sentIds()).toEqual(['new', 'old'])
  })

  it('are not queued twice', () => {
    const { outbox } = outboxAt()
    outbox.add(wrote('1'))
    outbox.adopt([wrote('1'), wrote('2')])
    expect(outbox.waiting().map(({ action }) => action.id)).toEqual(['1', '2'])
  })

  it('count as nothing when they cannot be read', () => {
    const keep = keepOf(storage)
    keep.set('outbox.broken', '{"not": "a list"}')
    expect(keptEntries(keep, 'outbox.broken')).toEqual([])
    keep.set('outbox.broken', '[')
    expect(keptEntries(keep, 'outbox.broken')).toEqual([])
  })
})

describe('keeping things where the browser blocks storage', () => {
  it('works in memory, and says that it will not last', () => {
    const keep = keepOf(() => {
      throw new Error('SecurityError')
    })
    keep.set('token', 'abc')
    expect(keep.get('token')).toBe('abc')
    expect(keep.lasting).toBe(false)
    keep.remove('token')
    expect(keep.get('token')).toBeUndefined()
  })

  it('falls back to memory for what no longer fits on the disk', () => {
    const area = storage()
    const keep = keepOf(() => area)
    keep.set('draft', 'short')
    const full = keepOf(() => ({
      ...storage(),
      getItem: area.getItem,
      removeItem: area.removeItem,
      setItem: (key: string, value: string) => {
        if (value.length > 5) throw new Error('QuotaExceededError')
        area.setItem(key, value)
      },
    }))
    full.set('draft', 'much longer')
    expect(full.get('draft')).toBe('much longer')
    expect(full.lasting).toBe(true)
  })
})
