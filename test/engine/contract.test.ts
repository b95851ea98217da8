import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bestContract,
  type Contract,
  type FoundContract,
  lastDay,
  limitOf,
  numberKey,
  organisationKey,
  termOn,
  worthOf,
} from '../../engine/contract.ts'
import { channels } from '../../engine/desk.ts'

const contract: Contract = {
  id: '00000000-0000-4000-8000-0000000000c1',
  desk: 'cryptopro',
  number: 'ТП-17',
  organisation: 'ТОО «Ромашка»',
  level: 'basic',
  type: 'workplace',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
}
const types = [{ id: 'workplace', openLimit: 2 }, { id: 'contract' }]
const occasion = { today: '2026-11-23', channel: 'widget', open: 0, types } as const

describe('what a contract is worth for a request', () => {
  it('both ends of its term belong to it (cryptopro guide, §4)', () => {
    expect(worthOf(contract, { ...occasion, today: '2025-12-31' })).toEqual({
      verdict: 'notYetValid',
      day: '2026-01-01',
    })
    expect(worthOf(contract, { ...occasion, today: '2026-01-01' })).toEqual({ verdict: 'valid' })
    expect(worthOf(contract, { ...occasion, today: '2026-12-31' })).toEqual({ verdict: 'valid' })
    expect(worthOf(contract, { ...occasion, today: '2027-01-01' })).toEqual({
      verdict: 'expired',
      day: '2026-12-31',
    })
  })

  it('one that was ended before its term is of no use from that day on', () => {
    const ended = { ...contract, endedOn: '2026-06-15' }
    expect(worthOf(ended, { ...occasion, today: '2026-06-14' })).toEqual({ verdict: 'valid' })
    expect(worthOf(ended, { ...occasion, today: '2026-06-15' })).toEqual({
      verdict: 'expired',
      day: '2026-06-15',
    })
  })

  it('so many requests may be open at a time, by its type (cryptopro guide, §5)', () => {
    expect(worthOf(contract, { ...occasion, open: 1 })).toEqual({ verdict: 'valid' })
    expect(worthOf(contract, { ...occasion, open: 2 })).toEqual({
      verdict: 'limitReached',
      limit: 2,
      open: 2,
    })
    expect(worthOf({ ...contract, openLimit: 5 }, { ...occasion, open: 4 })).toEqual({ verdict: 'valid' })
    expect(worthOf({ ...contract, type: 'contract' }, { ...occasion, open: 900 })).toEqual({
      verdict: 'valid',
    })
  })

  it('it may be good for some channels alone', () => {
    const phones = { ...contract, channels: ['telegram', 'email'] as const }
    expect(worthOf(phones, occasion)).toEqual({ verdict: 'wrongChannel' })
    expect(worthOf(phones, { ...occasion, channel: 'telegram' })).toEqual({ verdict: 'valid' })
  })
})

const day = fc
  .integer({ min: 0, max: 1200 })
  .map((days) => new Date(Date.UTC(2025, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
const anyContract: fc.Arbitrary<Contract> = fc
  .record(
    {
      id: fc.uuid(),
      desk: fc.constant('cryptopro'),
      organisation: fc.constant('ТОО «Ромашка»'),
      level: fc.constantFrom('basic' as const, 'vip' as const),
      startsOn: day,
      endsOn: day,
      endedOn: day,
      openLimit: fc.integer({ min: 1, max: 5 }),
      type: fc.constantFrom('workplace', 'contract', 'gone'),
      channels: fc.subarray([...channels], { minLength: 1 }),
    },
    { requiredKeys: ['id', 'desk', 'organisation', 'level', 'startsOn', 'endsOn'] },
  )
  .map(({ startsOn, endsOn, ...rest }) => ({
    ...rest,
    startsOn: startsOn < endsOn ? startsOn : endsOn,
    endsOn: startsOn < endsOn ? endsOn : startsOn,
  }))
const anyOccasion = fc.record({
  today: day,
  channel: fc.constantFrom(...channels),
  types: fc.constant(types),
})
const anyFound: fc.Arbitrary<FoundContract> = fc.record({
  contract: anyContract,
  open: fc.integer({ min: 0, max: 6 }),
  own: fc.constant([]),
})

describe('for any contract, day, channel and number of open requests', () => {
  it('it is valid exactly within its term, on its channels, below its limit', () => {
    fc.assert(
      fc.property(anyFound, anyOccasion, ({ contract: one, open }, { today, channel }) => {
        const limit = limitOf(one, types) ?? Number.POSITIVE_INFINITY
        const valid =
          one.startsOn <= today &&
          today <= one.endsOn &&
          (one.endedOn === undefined || today < one.endedOn) &&
          (one.channels?.includes(channel) ?? true) &&
          open < limit
        expect(worthOf(one, { today, channel, open, types }).verdict === 'valid').toBe(valid)
      }),
    )
  })

  it('once over it stays over, and it is never over before its last day', () => {
    fc.assert(
      fc.property(anyContract, day, day, (one, a, b) => {
        const [before, later] = a < b ? [a, b] : [b, a]
        if (termOn(one, before) === 'over') expect(termOn(one, later)).toBe('over')
        if (termOn(one, later) === 'over') expect(later >= lastDay(one)).toBe(true)
      }),
    )
  })

  it('one more open request never makes it worth more', () => {
    fc.assert(
      fc.property(anyFound, anyOccasion, ({ contract: one, open }, rest) => {
        const more = worthOf(one, { ...rest, open: open + 1 })
        if (more.verdict === 'valid') expect(worthOf(one, { ...rest, open }).verdict).toBe('valid')
      }),
    )
  })
})

describe('the contract that is used when several are found', () => {
  it('is one that can be used, if there is any, and VIP before basic', () => {
    fc.assert(
      fc.property(fc.array(anyFound, { maxLength: 6 }), anyOccasion, (found, rest) => {
        const best = bestContract(found, rest)
        expect(best === undefined).toBe(found.length === 0)
        const usable = found.filter(
          ({ contract: one, open }) => worthOf(one, { ...rest, open }).verdict === 'valid',
        )
        if (usable.length > 0) {
          expect(best?.worth.verdict).toBe('valid')
          if (usable.some(({ contract: one }) => one.level === 'vip'))
            expect(best?.contract.level).toBe('vip')
        }
      }),
    )
  })

  it('does not depend on the order in which they were found', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyFound, { maxLength: 6, selector: ({ contract: { id } }) => id }),
        anyOccasion,
        (found, rest) => {
          expect(bestContract([...found].reverse(), rest)).toEqual(bestContract(found, rest))
        },
      ),
    )
  })
})

describe('a number is the same however it is typed', () => {
  it.each([
    ['ТП-2026/000817', 'тп 2026 000817'],
    ['ТП-2026/000817', 'Сертификат № ТП-2026/000817'],
    ['ТП-2026/000817', 'tп—2026–000817 '],
    ['СВ 12-АЕ', 'CB12AE'],
    ['ВСК-001', 'вск001'],
    ['Х-77', 'x77'],
    ['KZ-0042', 'договор: kz 0042'],
    ['KZ-0042', 'шарттың нөмірі № KZ‑0042'],
    ['KZ-0042', 'no. kz_0042.'],
    ['15', '№15'],
  ])('%s and "%s"', (written, typed) => {
    expect(numberKey(typed)).toBe(numberKey(written))
  })

  it('other letters, digits and leading zeros are other numbers', () => {
    const keys = ['ТП-1', 'ТП-01', 'ТП-11', 'ТГ-1', 'ТП1А', 'Договор'].map(numberKey)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('nothing but signs is no number', () => {
    for (const typed of ['', '  ', '№', '—', '№ - /', '\u0000']) expect(numberKey(typed)).toBeUndefined()
  })

  it('its own normal form stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const key = numberKey(typed)
        if (key !== undefined && !/^NO?$/.test(key)) expect(numberKey(key)).toBe(key)
      }),
    )
  })
})

describe('an organisation is the same however it is written', () => {
  it.each([
    ['ТОО «Ромашка»', 'ромашка'],
    ['ТОО «Ромашка»', 'ЖШС "Ромашка"'],
    ['ТОО «Ромашка»', 'Товарищество с ограниченной ответственностью Ромашка'],
    ['ТОО «Алатау-Трейд»', 'алатау трейд'],
    ['АО «КСК»', 'KCK'],
  ])('%s and %s', (one, other) => {
    expect(organisationKey(other)).toBe(organisationKey(one))
  })

  it('another name is another organisation', () => {
    expect(organisationKey('ТОО «Ромашка-2»')).not.toBe(organisationKey('ТОО «Ромашка»'))
  })
})
