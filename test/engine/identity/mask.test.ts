import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskField, maskPersonalData } from '../../../engine/identity/index.ts'
import { checkDigit, iins } from './numbers.ts'

const iin = `85041230012${checkDigit('85041230012')}`
const tail = iin.slice(-4)

describe('a masked field', () => {
  it.each([
    ['iin', iin, `••••••••${tail}`],
    ['bin', '180340000123', '••••••••0123'],
    ['phone', '+77012345678', '+7••••••5678'],
    ['email', 'aigul@mail.kz', 'a•••@mail.kz'],
    ['fullName', 'Ахметов Расул Болатұлы', 'А•••••• Р•••• Б•••••••'],
    ['organisation', 'ТОО «Ромашка»', 'ТОО «Ромашка»'],
  ] as const)('%s %s is shown as %s', (field, value, masked) => {
    expect(maskField(field, value)).toBe(masked)
  })
})

describe('personal data in a text', () => {
  it('is hidden, and the rest stays exactly as it was', () => {
    expect(maskPersonalData(`Менің ЖСН-ім ${iin},  көмектесіңізші!\n`)).toBe(
      `Менің ЖСН-ім ••••••••${tail},  көмектесіңізші!\n`,
    )
  })

  it('is hidden in groups too, with the separators kept', () => {
    expect(maskPersonalData(`${iin.slice(0, 6)} ${iin.slice(6)}`)).toBe(`•••••• ••${tail}`)
    expect(maskPersonalData(`тел 87012345678 ${iin}`)).toBe(`тел 87012345678 ••••••••${tail}`)
  })

  it('leaves other numbers alone', () => {
    const wrong = iin.slice(0, 11) + ((Number(iin[11]) + 1) % 10)
    const text = `Заявка 123456, счёт ${iin}0, 2${iin}, номер ${wrong}, 8 701 234 56 78`
    expect(maskPersonalData(text)).toBe(text)
  })

  it('never stays readable, whatever stands around it', () => {
    const words = fc.stringMatching(/^[^\d]{0,20}$/u)
    fc.assert(
      fc.property(words, iins, words, (before, digits, after) => {
        const masked = maskPersonalData(before + digits + after)
        expect(masked).toBe(`${before}••••••••${digits.slice(-4)}${after}`)
        expect(maskPersonalData(masked)).toBe(masked)
      }),
    )
  })
})
