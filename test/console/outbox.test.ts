import { beforeEach, describe, expect, it } from 'vitest'
import { createOutbox, type Outbox } from '../../console/logic/outbox.ts'
import type { WireAck } from '../../engine/wire.ts'
import type { OperatorAction } from '../../engine/wireConsole.ts'

type Sent = { action: OperatorAction; answer: (ack: WireAck) => void; lose: () => void }

const replied = (id: string): OperatorAction => ({ type: 'replied', id, conversationId: 'c1', text: id })
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the outbox of acts', () => {
  let sent: Sent[]
  let told: string[]
  let kept: readonly OperatorAction[]
  let outbox: Outbox

  const make = (from: readonly OperatorAction[] = []) =>
    createOutbox(
      {
        send: (action) =>
          new Promise((resolve, reject) =>
            sent.push({ action, answer: resolve, lose: () => reject(new Error('lost')) }),
          ),
        breathe: () => Promise.resolve(),
        changed: (waiting) => {
          kept = waiting
        },
        done: (action) => told.push(`done ${action.id}`),
        refused: (action, refusal) => told.push(`refused ${action.id}: ${refusal.text}`),
      },
      from,
    )

  beforeEach(() => {
    sent = []
    told = []
    kept = []
    outbox = make()
  })

  it('sends one act at a time, in order', async () => {
    outbox.resume()
    outbox.put(replied('a'))
    outbox.put(replied('b'))
    await settled()
    expect(sent.map(({ action }) => action.id)).toEqual(['a'])
    sent[0]?.answer({ ok: true, seq: 1 })
    await settled()
    expect(sent.map(({ action }) => action.id)).toEqual(['a', 'b'])
    expect(told).toEqual(['done a'])
  })

  it('sends an act again that came too fast for the server', async () => {
    outbox.resume()
    outbox.put(replied('a'))
    await settled()
    sent[0]?.answer({ ok: false, refusal: { key: 'refusal.tooFast', text: '…' } })
    await settled()
    expect(sent.map(({ action }) => action.id)).toEqual(['a', 'a'])
    expect(told).toEqual([])
  })

  it('waits for the connection', async () => {
    outbox.put(replied('a'))
    await settled()
    expect(sent).toEqual([])
    outbox.resume()
    await settled()
    expect(sent).toHaveLength(1)
  })

  it('sends again, unchanged, what was under way when the connection went', async () => {
    outbox.resume()
    outbox.put(replied('a'))
    outbox.put(replied('b'))
    await settled()
    outbox.pause()
    sent[0]?.lose()
    await settled()
    outbox.resume()
    await settled()
    expect(sent.map(({ action }) => action)).toEqual([replied('a'), replied('a')])
  })

  it('counts an answer that comes after the reconnection once', async () => {
    outbox.resume()
    outbox.put(replied('a'))
    await settled()
    outbox.pause()
    outbox.resume()
    await settled()
    sent[0]?.answer({ ok: true, seq: 1 })
    sent[1]?.answer({ ok: true, seq: 1 })
    await settled()
    expect(told).toEqual(['done a'])
    expect(kept).toEqual([])
  })

  it('sends again when no answer came in time', async () => {
    outbox.resume()
    outbox.put(replied('a'))
    await settled()
    sent[0]?.lose()
    await settled()
    expect(sent).toHaveLength(2)
    sent[1]?.answer({ ok: true, seq: 1 })
    await settled()
    expect(told).toEqual(['done a'])
  })

  it('hands a refusal over and goes on with the next', async () => {
    outbox.resume()
    outbox.put({ type: 'took', id: 't', conversationId: 'c1' })
    outbox.put(replied('a'))
    await settled()
    sent[0]?.answer({ ok: false, refusal: { key: 'taken', text: 'Уже взяли' } })
    await settled()
    expect(told).toEqual(['refused t: Уже взяли'])
    expect(sent.map(({ action }) => action.id)).toEqual(['t', 'a'])
  })

  it('takes a step pressed twice for one, but never drops words', () => {
    outbox.put({ type: 'took', id: 't1', conversationId: 'c1' })
    outbox.put({ type: 'took', id: 't2', conversationId: 'c1' })
    outbox.put({ type: 'took', id: 't3', conversationId: 'c2' })
    outbox.put(replied('a'))
    outbox.put(replied('b'))
    outbox.put(replied('b'))
    expect(kept.map(({ id }) => id)).toEqual(['t1', 't3', 'a', 'b'])
  })

  it('goes on after a reload with what was kept', async () => {
    outbox = make([replied('a')])
    outbox.resume()
    await settled()
    expect(sent.map(({ action }) => action.id)).toEqual(['a'])
  })
})
