import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Assignable, type Assignee, assign, eligible, occupies } from '../../engine/assignment.ts'
import { inTurn } from '../../engine/queueOrder.ts'

const at = (minute: number) => `2026-11-23T05:${String(minute).padStart(2, '0')}:00.000Z`

const operator = (id: string, facts: Partial<Assignee> = {}): Assignee => ({
  id,
  desks: ['edoc'],
  languages: ['kk', 'ru'],
  capacity: null,
  load: 0,
  assignedAt: null,
  ...facts,
})

/** A Russian-speaking visitor of edoc, a number and a minute after the one before. */
const one = (number: number, facts: Partial<Assignable> = {}): Assignable => ({
  conversationId: `c${number}`,
  ticketNumber: number,
  level: 'basic',
  priority: 'normal',
  lastAt: at(number),
  unread: 1,
  waitingForVisitor: false,
  passedOn: null,
  contractRank: null,
  returnedAt: null,
  firstResponse: { dueAt: at(number + 15), breached: false },
  nextResponse: null,
  desk: 'edoc',
  language: 'ru',
  capacity: 4,
  dedicated: null,
  returnedFrom: null,
  hurried: false,
  ...facts,
})

const given = (waiting: readonly Assignable[], online: readonly Assignee[]) =>
  Object.fromEntries(
    assign(waiting, online).map(({ conversationId, operatorId }) => [conversationId, operatorId]),
  )

describe('who is given a conversation', () => {
  it('nobody while nobody is online, and nobody of another desk', () => {
    expect(given([one(1)], [])).toEqual({})
    expect(given([one(1)], [operator('a', { desks: ['sts'] })])).toEqual({})
  })

  it('goes to who has the least to do', () => {
    expect(given([one(1)], [operator('a', { load: 2 }), operator('b', { load: 1 })])).toEqual({ c1: 'b' })
  })

  it('counts the load as a part of what each can take', () => {
    const online = [operator('a', { load: 1, capacity: 2 }), operator('b', { load: 2, capacity: 8 })]
    expect(given([one(1)], online)).toEqual({ c1: 'b' })
  })

  it('of two with as much to do, to who has waited longer for one', () => {
    const online = [operator('a', { assignedAt: at(9) }), operator('b', { assignedAt: at(3) }), operator('c')]
    expect(given([one(1), one(2), one(3)], online)).toEqual({ c1: 'c', c2: 'b', c3: 'a' })
  })

  it('ends at the capacity: their own, else the one of the desk', () => {
    const waiting = [1, 2, 3, 4, 5].map((number) => one(number, { capacity: 2 }))
    expect(given(waiting, [operator('a'), operator('b', { capacity: 1 })])).toEqual({
      c1: 'a',
      c2: 'b',
      c3: 'a',
    })
  })

  it('follows the order of work: VIP before basic (edoc regulation, §21)', () => {
    const waiting = [one(1), one(2, { level: 'vip' })]
    expect(given(waiting, [operator('a', { capacity: 1 })])).toEqual({ c2: 'a' })
  })

  it('gives a VIP to the operator who belongs to the organisation, while they have room (edoc regulation, VIP)', () => {
    const vip = one(1, { level: 'vip', dedicated: 'a' })
    const other = operator('b')
    expect(given([vip], [operator('a', { load: 3 }), other])).toEqual({ c1: 'a' })
    expect(given([vip], [operator('a', { load: 4 }), other])).toEqual({ c1: 'b' })
    expect(given([vip], [other])).toEqual({ c1: 'b' })
    const kazakh = one(1, { level: 'vip', dedicated: 'a', language: 'kk' })
    expect(given([kazakh], [operator('a', { languages: ['ru'] }), other])).toEqual({ c1: 'b' })
  })

  it('does not give it back to who has just left it unanswered, while there is anybody else', () => {
    const back = one(1, { returnedFrom: 'a', returnedAt: at(5), dedicated: 'a' })
    expect(given([back], [operator('a'), operator('b', { load: 3 })])).toEqual({ c1: 'b' })
    expect(given([back], [operator('a')])).toEqual({ c1: 'a' })
  })
})

describe('nobody gets a language they do not work in while another can', () => {
  const russian = operator('r', { languages: ['ru'] })
  const kazakh = operator('k', { languages: ['kk'], load: 3 })

  it('goes to who speaks it, though others have less to do', () => {
    expect(given([one(1, { language: 'kk' })], [russian, kazakh])).toEqual({ c1: 'k' })
  })

  it('waits for who speaks it and has their hands full, and holds up nobody behind it', () => {
    const full = { ...kazakh, load: 4 }
    expect(given([one(1, { language: 'kk' }), one(2)], [russian, full])).toEqual({ c2: 'r' })
  })

  it('goes to another when a part of the promise is gone, or when none who speaks it is here', () => {
    const full = { ...kazakh, load: 4 }
    expect(given([one(1, { language: 'kk', hurried: true })], [russian, full])).toEqual({ c1: 'r' })
    expect(given([one(1, { language: 'kk' })], [russian])).toEqual({ c1: 'r' })
  })
})

describe('the load', () => {
  it('counts what an operator has in hand, not what waits for the visitor or for others', () => {
    const live = { stage: 'live', waitingForVisitor: false, postponed: null, passedOn: null }
    expect(occupies(live)).toBe(true)
    expect(occupies({ ...live, waitingForVisitor: true })).toBe(false)
    expect(occupies({ ...live, postponed: { until: null } })).toBe(false)
    expect(occupies({ ...live, passedOn: { to: 'development' } })).toBe(false)
    expect(occupies({ ...live, stage: 'waiting' })).toBe(false)
    expect(occupies({ ...live, stage: 'resolved' })).toBe(false)
  })
})

const ids = ['a', 'b', 'c', 'd']
const someOf = <T>(all: readonly T[]) => fc.subarray([...all], { minLength: 1 })
const anyOperator = (id: string): fc.Arbitrary<Assignee> =>
  fc.record({
    id: fc.constant(id),
    desks: someOf(['edoc', 'sts']),
    languages: someOf(['kk', 'ru'] as const),
    capacity: fc.option(fc.integer({ min: 1, max: 4 })),
    load: fc.integer({ min: 0, max: 5 }),
    assignedAt: fc.option(fc.integer({ min: 0, max: 3 }).map(at)),
  })
const anyWaiting = (number: number): fc.Arbitrary<Assignable> =>
  fc
    .record({
      level: fc.constantFrom('basic', 'vip'),
      priority: fc.constantFrom('low', 'normal', 'urgent', 'immediate'),
      desk: fc.constantFrom('edoc', 'sts'),
      language: fc.constantFrom('kk', 'ru'),
      capacity: fc.constantFrom(2, 3),
      dedicated: fc.option(fc.constantFrom(...ids)),
      returnedFrom: fc.option(fc.constantFrom(...ids)),
      hurried: fc.boolean(),
    })
    .map((facts) => one(number, facts as Partial<Assignable>))
const anyMorning = fc
  .tuple(fc.subarray(ids), fc.integer({ min: 0, max: 12 }))
  .chain(([here, count]) =>
    fc.tuple(
      fc.tuple(...here.map(anyOperator)),
      fc.tuple(...Array.from({ length: count }, (_, n) => anyWaiting(n + 1))),
    ),
  ) as fc.Arbitrary<[Assignee[], Assignable[]]>

/** Plays the assignments one after the other in the order of work; `each` sees the loads before each of them. */
function played(
  online: readonly Assignee[],
  waiting: readonly Assignable[],
  each: (one: Assignable, to: string | undefined, operators: readonly Assignee[]) => void,
): void {
  const made = new Map(assign(waiting, online).map((made) => [made.conversationId, made.operatorId]))
  let operators = online
  for (const one of inTurn(waiting)) {
    const to = made.get(one.conversationId)
    each(one, to, operators)
    operators = operators.map((each) => (each.id === to ? { ...each, load: each.load + 1 } : each))
  }
}

const check = (each: Parameters<typeof played>[2]) =>
  fc.assert(
    fc.property(anyMorning, ([online, waiting]) => played(online, waiting, each)),
    { numRuns: 1_000 },
  )

describe('the assignment, whoever waits and whoever is there', () => {
  const roomFor = (one: Assignable) => (operator: Assignee) =>
    operator.desks.includes(one.desk) && operator.load < (operator.capacity ?? one.capacity)

  it('gives nobody more than they can take, and nobody another desk', () => {
    check((one, to, operators) => {
      const chosen = operators.find(({ id }) => id === to)
      if (chosen) expect(roomFor(one)(chosen)).toBe(true)
    })
  })

  it('gives nobody a language they do not work in while another can', () => {
    check((one, to, operators) => {
      const chosen = operators.find(({ id }) => id === to)
      if (!chosen || chosen.languages.includes(one.language)) return
      expect(operators.filter(roomFor(one)).some(({ languages }) => languages.includes(one.language))).toBe(
        false,
      )
    })
  })

  it('gives it to the operator who belongs to the visitor, if they can and have not just left it', () => {
    check((one, to, operators) => {
      if (one.dedicated === null || one.dedicated === one.returnedFrom) return
      const theirs = operators.find(({ id }) => id === one.dedicated)
      if (theirs && roomFor(one)(theirs) && theirs.languages.includes(one.language))
        expect(to).toBe(theirs.id)
    })
  })

  it('gives it otherwise to who has the smallest part of their capacity taken', () => {
    check((one, to, operators) => {
      const chosen = operators.find(({ id }) => id === to)
      if (!chosen || to === one.dedicated || to === one.returnedFrom) return
      const share = ({ load, capacity }: Assignee) => load / (capacity ?? one.capacity)
      for (const other of eligible(one, operators))
        if (other.id !== one.returnedFrom) expect(share(chosen)).toBeLessThanOrEqual(share(other))
    })
  })

  it('leaves nobody waiting whom somebody may have: nothing holds up what stands behind it', () => {
    check((one, to, operators) => {
      if (to === undefined) expect(eligible(one, operators)).toEqual([])
    })
  })

  it('gives each conversation to one at most, and only those that wait', () => {
    fc.assert(
      fc.property(anyMorning, ([online, waiting]) => {
        const made = assign(waiting, online).map(({ conversationId }) => conversationId)
        expect(new Set(made).size).toBe(made.length)
        const there = new Set(waiting.map(({ conversationId }) => conversationId))
        expect(made.every((id) => there.has(id))).toBe(true)
      }),
    )
  })

  it('is the same whatever order the facts come in', () => {
    fc.assert(
      fc.property(anyMorning, ([online, waiting]) => {
        expect(assign([...waiting].reverse(), [...online].reverse())).toEqual(assign(waiting, online))
      }),
    )
  })

  it('comes to everybody in the end: who finishes takes the next, until nobody waits (no starvation)', () => {
    fc.assert(
      fc.property(anyMorning, ([online, waiting]) => {
        let left = waiting
        for (let round = 0; left.length > 0 && round <= waiting.length; round++) {
          const idle = online.map((operator) => ({ ...operator, load: 0 }))
          const made = new Set(assign(left, idle).map(({ conversationId }) => conversationId))
          left = left.filter(({ conversationId }) => !made.has(conversationId))
        }
        for (const { desk } of left) expect(online.some(({ desks }) => desks.includes(desk))).toBe(false)
      }),
    )
  })
})
