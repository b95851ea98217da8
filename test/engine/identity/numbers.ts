import fc from 'fast-check'

const first = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const second = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]
const sum = (digits: string, weights: readonly number[]) =>
  [...digits].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0) % 11

/** The check digit of eleven digits, or `undefined` where there is none. */
export function checkDigit(eleven: string): number | undefined {
  const one = sum(eleven, first)
  const digit = one === 10 ? sum(eleven, second) : one
  return digit === 10 ? undefined : digit
}

const two = (value: number) => String(value).padStart(2, '0')

const checked = (eleven: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  eleven
    .filter((digits) => checkDigit(digits) !== undefined)
    .map((digits) => `${digits}${checkDigit(digits)}`)

/** Any valid IIN: a birthday between 1800 and 2099 and a serial number. */
export const iins = checked(
  fc
    .record({
      born: fc.date({ min: new Date('1800-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      woman: fc.boolean(),
      serial: fc.integer({ min: 0, max: 9999 }),
    })
    .map(({ born, woman, serial }) => {
      const century = Math.floor(born.getUTCFullYear() / 100) - 18
      const seventh = century * 2 + (woman ? 2 : 1)
      const date = `${two(born.getUTCFullYear() % 100)}${two(born.getUTCMonth() + 1)}${two(born.getUTCDate())}`
      return `${date}${seventh}${String(serial).padStart(4, '0')}`
    }),
)

/** Any valid BIN. */
export const bins = checked(
  fc
    .record({
      year: fc.integer({ min: 0, max: 99 }),
      month: fc.integer({ min: 1, max: 12 }),
      kind: fc.integer({ min: 4, max: 6 }),
      unit: fc.integer({ min: 0, max: 4 }),
      serial: fc.integer({ min: 0, max: 99_999 }),
    })
    .map(
      ({ year, month, kind, unit, serial }) =>
        `${two(year)}${two(month)}${kind}${unit}${String(serial).padStart(5, '0')}`,
    ),
)

/** The ways in which people type a number: a label, groups, separators of every kind, blanks around. */
export const typed = (digits: string, labels: readonly string[]): fc.Arbitrary<string> =>
  fc
    .record({
      label: fc.constantFrom('', ...labels),
      separators: fc.array(fc.constantFrom('', '', ' ', '-', '\u00a0', ' - '), {
        minLength: 11,
        maxLength: 11,
      }),
      around: fc.constantFrom('', ' ', '\n', '\t'),
    })
    .map(
      ({ label, separators, around }) =>
        around +
        label +
        [...digits].map((digit, index) => digit + (separators[index] ?? '')).join('') +
        around,
    )
