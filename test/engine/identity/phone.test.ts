import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseField } from '../../../engine/identity/index.ts'

describe('a phone number', () => {
  it.each([
    ['8 701 234 56 78', '+77012345678'],
    ['номер мой 8 701 234 56 78', '+77012345678'],
    ['8 727 250 00 00 (вн. 123)', '+77272500000'],
    ['00 49 151 23456789', '+4915123456789'],
    ['+7(701)234-56-78', '+77012345678'],
    ['+7 701 2345678', '+77012345678'],
    ['7012345678', '+77012345678'],
    ['77012345678', '+77012345678'],
    ['8-747-123-45-67', '+77471234567'],
    ['+8 701 234 56 78', '+77012345678'],
    ['тел.: 8 701 234 56 78', '+77012345678'],
    ['тел.87012345678', '+77012345678'],
    ['менің нөмірім 8 701 234 56 78', '+77012345678'],
    ['мой номер: 8701 234 5678.', '+77012345678'],
    ['8 (7172) 74 12 34', '+77172741234'],
    ['8 (7172) 74 12 34 вн. 105', '+77172741234'],
    ['8 916 123 45 67', '+79161234567'],
    ['+49 30 901820', '+4930901820'],
    ['0049 30 901820', '+4930901820'],
    ['+998 90 123 45 67', '+998901234567'],
  ])('%s is %s', (input, value) => {
    expect(parseField('phone', input)).toEqual({ ok: true, value })
    expect(parseField('phone', value)).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'identity.phone.tooShort'],
    ['234 56 78', 'identity.phone.tooShort'],
    ['позвоните мне', 'identity.phone.digits'],
    ['8 701 234 56 78 или 8 702 234 56 78', 'identity.phone.digits'],
    ['8 701 234 56 78, 8 702 234 56 78', 'identity.phone.tooLong'],
    ['8 111 234 56 78', 'identity.phone.unknown'],
    ['+999 123 456 7890', 'identity.phone.unknown'],
  ])('%j is refused: %s', (input, refusal) => {
    expect(parseField('phone', input)).toEqual({ ok: false, refusal })
  })

  it('of any Kazakhstan operator is the same with +7, 8, 7 or nothing before it, grouped in any way', () => {
    const national = fc
      .tuple(
        fc.constantFrom('700', '701', '702', '705', '707', '747', '771', '775', '777'),
        fc.integer({ min: 0, max: 9_999_999 }),
      )
      .map(([code, number]) => code + String(number).padStart(7, '0'))
    const grouping = fc.array(fc.constantFrom('', ' ', '-', '\u00a0'), { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(
        national,
        fc.constantFrom('+7', '8', '7', '8 ', '+7 ', ''),
        grouping,
        (digits, prefix, gaps) => {
          const input = prefix + [...digits].map((digit, at) => digit + (at < 9 ? gaps[at] : '')).join('')
          expect(parseField('phone', input)).toEqual({ ok: true, value: `+7${digits}` })
        },
      ),
    )
  })
})
