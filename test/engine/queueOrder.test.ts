import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byTurn, type InTurn, inTurn } from '../../engine/queueOrder.ts'

const at = (time: string) => `2026-11-23T${time}:00.000Z`
const due = (time: string, breached = false) => ({ dueAt: at(time), breached })

/** A basic request of ordinary priority that is owed its first answer by 05:15; tests say only what matters to them. */
const one = (ticketNumber: number, facts: Partial<InTurn> = {}): InTurn => ({
  ticketNumber,
  level: 'basic',
  priority: 'normal',
  lastAt: at('05:00'),
  unread: 1,
  waitingForVisitor: false,
  passedOn: null,
  contractRank: null,
  returnedAt: null,
  firstResponse: due('05:15'),
  nextResponse: null,
  ...facts,
})

const order = (...all: InTurn[]) => inTurn(all).map(({ ticketNumber }) => ticketNumber)

describe('the order of work', () => {
  it('is the order of coming (edoc regulation, §19; product.md: sts and court, first come)', () => {
    expect(
      order(
        one(3, { firstResponse: due('05:20') }),
        one(1, { firstResponse: due('05:10') }),
        one(2, { firstResponse: due('05:15') }),
      ),
    ).toEqual([1, 2, 3])
  })

  it('keeps the order of registration when the promises fall due together', () => {
    expect(order(one(3), one(1), one(2))).toEqual([1, 2, 3])
  })

  it('puts the broken promise before one that can still be kept', () => {
    expect(order(one(1), one(2, { firstResponse: due('05:30', true) }))).toEqual([2, 1])
  })

  it('puts VIP before basic, whoever came first (edoc regulation, §21)', () => {
    expect(order(one(1, { firstResponse: due('05:05', true) }), one(2, { level: 'vip' }))).toEqual([2, 1])
  })

  it('follows the priority that the operator has set (edoc regulation, §20)', () => {
    expect(order(one(1), one(2, { priority: 'urgent' }), one(3, { priority: 'immediate' }))).toEqual([
      3, 2, 1,
    ])
  })

  it('lets critical ones, and urgent ones that need the developers, jump the queue (edoc regulation, §22)', () => {
    const vip = one(1, { level: 'vip' })
    const developers = { to: 'development' } as const
    expect(order(vip, one(2, { priority: 'immediate' }))).toEqual([2, 1])
    expect(order(vip, one(2, { priority: 'urgent', passedOn: developers }))).toEqual([2, 1])
    expect(order(vip, one(2, { priority: 'urgent' }), one(3, { passedOn: developers }))).toEqual([1, 2, 3])
  })

  it('puts what came without a certificate last (cryptopro guide, §5: the lowest priority, the general queue)', () => {
    expect(
      order(one(1, { priority: 'low', firstResponse: due('05:01', true) }), one(2), one(3, { level: 'vip' })),
    ).toEqual([3, 2, 1])
  })

  it('follows the type of the certificate in the order the desk names them (product.md, cryptopro: order of work)', () => {
    expect(
      order(one(1, { contractRank: 2 }), one(2, { contractRank: 1 }), one(3, { contractRank: 0 })),
    ).toEqual([3, 2, 1])
  })

  it('does not put off what comes to a desk without such types behind a certificate of another desk', () => {
    const late = one(2, { firstResponse: due('05:00', true) })
    expect(order(one(1, { contractRank: 0 }), late, one(3, { contractRank: 1 }))).toEqual([2, 1, 3])
  })

  it('puts on top what an operator left unanswered, the longest wait first', () => {
    expect(
      order(
        one(1, { priority: 'immediate', level: 'vip' }),
        one(2, { returnedAt: at('06:00') }),
        one(3, { returnedAt: at('05:50'), firstResponse: null }),
      ),
    ).toEqual([3, 2, 1])
  })

  it('counts the answer that is owed to what a visitor was asked for (court rules, "Terms")', () => {
    const next = { firstResponse: null, nextResponse: due('05:10') }
    expect(order(one(1), one(2, next), one(3, { firstResponse: null, unread: 2 }))).toEqual([2, 1, 3])
  })

  it('puts visitors with unread words after the first answers owed, then the answered, whom we wait for last', () => {
    const answered = { firstResponse: null, unread: 0 }
    expect(
      order(
        one(1, { ...answered, waitingForVisitor: true, lastAt: at('02:00') }),
        one(2, { ...answered, lastAt: at('03:00') }),
        one(3, { ...answered, unread: 2, lastAt: at('04:00') }),
        one(4, { firstResponse: due('09:00') }),
        one(5, { ...answered, lastAt: at('02:30') }),
      ),
    ).toEqual([4, 3, 5, 2, 1])
  })
})

const anyMoment = fc.integer({ min: 0, max: 5 }).map((minute) => at(`05:0${minute}`))
const anyPromise = fc.option(fc.record({ dueAt: anyMoment, breached: fc.boolean() }))
const anyOne = (ticketNumber: number): fc.Arbitrary<InTurn> =>
  fc.record({
    ticketNumber: fc.constant(ticketNumber),
    level: fc.constantFrom('basic', 'vip'),
    priority: fc.constantFrom('low', 'normal', 'urgent', 'immediate'),
    lastAt: anyMoment,
    unread: fc.integer({ min: 0, max: 2 }),
    waitingForVisitor: fc.boolean(),
    passedOn: fc.constantFrom(null, { to: 'development' }, { to: 'thirdParty' }),
    contractRank: fc.constantFrom(null, 0, 1),
    returnedAt: fc.option(anyMoment),
    firstResponse: anyPromise,
    nextResponse: anyPromise,
  })
const anyQueue = fc
  .integer({ min: 0, max: 12 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, n) => anyOne(n + 1))).map((all) => all as InTurn[]),
  )

describe('the order of work, whatever waits', () => {
  it('tells any two apart, the same way from either side', () => {
    fc.assert(
      fc.property(anyOne(1), anyOne(2), (a, b) => {
        expect(byTurn(a, b)).not.toBe(0)
        expect(Math.sign(byTurn(a, b))).toBe(-Math.sign(byTurn(b, a)))
      }),
    )
  })

  it('is one order: who comes before another comes before all behind that one', () => {
    fc.assert(
      fc.property(anyOne(1), anyOne(2), anyOne(3), (a, b, c) => {
        if (byTurn(a, b) < 0 && byTurn(b, c) < 0) expect(byTurn(a, c)).toBeLessThan(0)
      }),
      { numRuns: 2_000 },
    )
  })

  it('does not depend on the order in which the lines come: the next to answer is on top (product.md)', () => {
    fc.assert(
      fc.property(
        anyQueue.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          expect(inTurn(shuffled)).toEqual(inTurn(all))
        },
      ),
    )
  })
})
