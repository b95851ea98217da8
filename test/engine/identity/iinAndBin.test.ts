import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseField } from '../../../engine/identity/index.ts'
import { bins, checkDigit, iins, typed } from './numbers.ts'

const iin = (eleven: string) => `${eleven}${checkDigit(eleven)}`
const refusal = (field: 'iin' | 'bin', input: string) => {
  const parsed = parseField(field, input)
  return parsed.ok ? `accepted ${parsed.value}` : parsed.refusal
}

describe('an IIN', () => {
  const valid = iin('85041230012')

  it.each([
    ['as it is', valid],
    ['in brackets after a label', `ИИН (${valid})`],
    ['with spaces', '850412 300 12'.concat(String(checkDigit('85041230012')))],
    ['with dashes and blanks', ` ${valid.slice(0, 6)}-${valid.slice(6)} `],
    ['with no-break spaces', `${valid.slice(0, 6)}\u00a0${valid.slice(6)}`],
    ['after a label', `ИИН: ${valid}`],
    ['after a Kazakh label with its ending', `менің ЖСН-ім ${valid}`],
    ['after a Latin label', `iin ${valid}.`],
    [
      'in full-width digits',
      [...valid].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(''),
    ],
  ])('is taken %s', (_, input) => {
    expect(parseField('iin', input)).toEqual({ ok: true, value: valid })
  })

  it('is taken of people born in each century, and of foreign citizens', () => {
    for (const eleven of ['99123110001', '00010130001', '04022950001', '04022900001', '85041200001']) {
      const number = [eleven, eleven.replace(/\d$/, '2')].find((digits) => checkDigit(digits) !== undefined)!
      expect(parseField('iin', iin(number))).toEqual({ ok: true, value: iin(number) })
    }
  })

  it.each([
    ['too few digits', valid.slice(1), 'identity.iin.length'],
    ['too many digits', `${valid}1`, 'identity.iin.length'],
    ['nothing', '  ', 'identity.iin.length'],
    ['a label alone', 'ИИН', 'identity.iin.length'],
    ['words', 'не скажу', 'identity.iin.digits'],
    ['a letter O for a zero', valid.replace('0', 'O'), 'identity.iin.digits'],
    ['a month that is none', iin('85131230012'), 'identity.iin.date'],
    ['30 February', iin('85023030012'), 'identity.iin.date'],
    ['29 February of a common year', iin('85022930013'), 'identity.iin.date'],
    ['no such century', iin('85041290012'), 'identity.iin.date'],
    ['a wrong last digit', valid.slice(0, 11) + ((Number(valid[11]) + 1) % 10), 'identity.iin.checksum'],
    ['a BIN', iin('18034000012'), 'identity.iin.isBin'],
  ])('is refused for %s', (_, input, expected) => {
    expect(refusal('iin', input)).toBe(expected)
  })

  it('is read the same however it is typed, and again as it is', () => {
    fc.assert(
      fc.property(
        iins.chain((digits) =>
          fc.tuple(fc.constant(digits), typed(digits, ['ИИН ', 'ИИН: ', 'жсн:', 'ЖСН - ', 'iin '])),
        ),
        ([digits, input]) => {
          expect(parseField('iin', input)).toEqual({ ok: true, value: digits })
          expect(parseField('iin', digits)).toEqual({ ok: true, value: digits })
        },
      ),
    )
  })

  it('is refused as a BIN with its own words', () => {
    fc.assert(
      fc.property(iins, (digits) => {
        expect(refusal('bin', digits)).toBe('identity.bin.isIin')
      }),
    )
  })
})

describe('a BIN', () => {
  const valid = iin('18034000012')

  it.each([
    ['as it is', valid],
    ['after a label', `БИН:${valid}`],
    ['after a Kazakh label', `БСН ${valid.slice(0, 3)} ${valid.slice(3)}`],
  ])('is taken %s', (_, input) => {
    expect(parseField('bin', input)).toEqual({ ok: true, value: valid })
  })

  it.each([
    ['too few digits', '1803400', 'identity.bin.length'],
    ['words', 'не знаю', 'identity.bin.digits'],
    ['a month that is none', iin('18134000012'), 'identity.bin.structure'],
    ['a kind that is none', iin('18037000013'), 'identity.bin.structure'],
    ['a unit that is none', iin('18034900012'), 'identity.bin.structure'],
    ['a wrong last digit', valid.slice(0, 11) + ((Number(valid[11]) + 1) % 10), 'identity.bin.checksum'],
  ])('is refused for %s', (_, input, expected) => {
    expect(refusal('bin', input)).toBe(expected)
  })

  it('is read the same however it is typed, and is no IIN', () => {
    fc.assert(
      fc.property(
        bins.chain((digits) => fc.tuple(fc.constant(digits), typed(digits, ['БИН ', 'БСН: ', 'bin:']))),
        ([digits, input]) => {
          expect(parseField('bin', input)).toEqual({ ok: true, value: digits })
          expect(refusal('iin', input)).toBe('identity.iin.isBin')
        },
      ),
    )
  })
})

describe('one wrong digit', () => {
  const slip = fc.record({ at: fc.integer({ min: 0, max: 11 }), by: fc.integer({ min: 1, max: 9 }) })

  it.each([
    ['iin', iins],
    ['bin', bins],
  ] as const)('in any place of an %s is noticed wherever the check digit can tell', (field, numbers) => {
    fc.assert(
      fc.property(numbers, slip, (digits, { at, by }) => {
        const wrong = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1)
        fc.pre(checkDigit(wrong.slice(0, 11)) !== Number(wrong[11]))
        expect(parseField(field, wrong).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})
