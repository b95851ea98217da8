import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseField } from '../../../engine/identity/index.ts'

describe('an organisation', () => {
  it.each([
    ['ТОО «Ромашка»', 'ТОО «Ромашка»'],
    ['тоо ромашка', 'ТОО «Ромашка»'],
    ['ТОО "Ромашка"', 'ТОО «Ромашка»'],
    ['ТОО “Ромашка”', 'ТОО «Ромашка»'],
    ['ТОО „Ромашка“', 'ТОО «Ромашка»'],
    ["ТОО ''Ромашка''", 'ТОО «Ромашка»'],
    ['ТОО <<Ромашка>>', 'ТОО «Ромашка»'],
    ['ТОО "Ромашка', 'ТОО «Ромашка»'],
    ['ТОО Ромашка"', 'ТОО «Ромашка»'],
    ['ТОО " Ромашка "', 'ТОО «Ромашка»'],
    ['Ромашка ТОО', 'ТОО «Ромашка»'],
    ['Т.О.О. Ромашка', 'ТОО «Ромашка»'],
    ['Товарищество с ограниченной ответственностью "Ромашка"', 'ТОО «Ромашка»'],
    ['«Ромашка» ЖШС', '«Ромашка» ЖШС'],
    ['жшс ромашка', '«Ромашка» ЖШС'],
    ['бәйтерек жшс', '«Бәйтерек» ЖШС'],
    ['"Бәйтерек" жауапкершілігі шектеулі серіктестігі', '«Бәйтерек» ЖШС'],
    ['ао казахтелеком', 'АО «Казахтелеком»'],
    ['АО «НИТ»', 'АО «НИТ»'],
    ['"Қазақтелеком" ақ', '«Қазақтелеком» АҚ'],
    ['"Казактелеком" АК', '«Казактелеком» АҚ'],
    ['ИП Ахметов Р.Б.', 'ИП «Ахметов Р.Б.»'],
    ['жк ахметов', '«Ахметов» ЖК'],
    ['ГУ "Аппарат акима"', 'ГУ «Аппарат акима»'],
    ['"Әкім аппараты" ММ', '«Әкім аппараты» ММ'],
    ['РГП «Центр»', 'РГП «Центр»'],
    ['"Орталық" рмк', '«Орталық» РМК'],
    ['ТОО «Торговый дом «Ромашка»', 'ТОО «Торговый дом „Ромашка“»'],
    ['ТОО «Торговый дом «Ромашка»»', 'ТОО «Торговый дом „Ромашка“»'],
    ['ТОО Торговый дом "Ромашка"', 'ТОО «Торговый дом „Ромашка“»'],
    ["ТОО O'zbek Trade", "ТОО «O'zbek Trade»"],
    ['Организация: ТОО Ромашка', 'ТОО «Ромашка»'],
    ['ұйымым: "Бәйтерек" ЖШС', '«Бәйтерек» ЖШС'],
    ['Верховный Суд', 'Верховный Суд'],
    ['«Ромашка»', 'Ромашка'],
    ['Филиал ТОО "Ромашка"', 'Филиал ТОО «Ромашка»'],
    ['АО-Сервис', 'АО-Сервис'],
    ['TOO "Romashka"', 'ТОО «Romashka»'],
    ['ГКП на ПХВ Алматы Су', 'ГКП на ПХВ «Алматы Су»'],
    ['«№1 емхана» ШЖҚ КМК', '«№1 емхана» ШЖҚ КМК'],
    ['компаниямыз Ромашка ЖШС', '«Ромашка» ЖШС'],
    ['ТОО Ромашка.', 'ТОО «Ромашка»'],
  ])('%j is %s', (input, value) => {
    expect(parseField('organisation', input)).toEqual({ ok: true, value })
    expect(parseField('organisation', value)).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'identity.organisation.tooShort'],
    ['ТОО', 'identity.organisation.tooShort'],
    ['ТОО ""', 'identity.organisation.tooShort'],
    ['123', 'identity.organisation.tooShort'],
    ['нет', 'identity.organisation.tooShort'],
    ['жоқ', 'identity.organisation.tooShort'],
    ['физ лицо', 'identity.organisation.tooShort'],
    ['<script>alert(1)</script>', 'identity.organisation.characters'],
    [`ТОО ${'Р'.repeat(200)}`, 'identity.organisation.tooLong'],
  ])('%j is refused: %s', (input, refusal) => {
    expect(parseField('organisation', input)).toEqual({ ok: false, refusal })
  })

  it('has a form that is read as itself, whatever was typed', () => {
    const part = fc.constantFrom(
      ...['тоо', 'ЖШС', 'ИП', 'ммм', '"', '«', '»', '“', '„', "'", ' ', ' ', '-', '(', ')', '.'],
      ...['ромашка', 'Дом', "o'z", 'ак', '№', '7', ':', ','],
    )
    const input = fc.array(part, { maxLength: 14 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(input, (typed) => {
        const parsed = parseField('organisation', typed)
        if (parsed.ok) expect(parseField('organisation', parsed.value)).toEqual(parsed)
      }),
      { numRuns: 2_000 },
    )
  })
})
