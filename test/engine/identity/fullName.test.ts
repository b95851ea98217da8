import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseField } from '../../../engine/identity/index.ts'

describe('a full name', () => {
  it.each([
    ['Ахметов Расул', 'Ахметов Расул'],
    ['г-н Ахметов Расул', 'Ахметов Расул'],
    ['мырза Ахметов Расул', 'Ахметов Расул'],
    ['мен Ахметов Расулмын', 'Ахметов Расул'],
    ['Ахметов Расул Болатович, директор', 'Ахметов Расул Болатович'],
    ['АХМЕТОВ РАСУЛ БОЛАТҰЛЫ', 'Ахметов Расул Болатұлы'],
    ['ахметов расул болатұлы', 'Ахметов Расул Болатұлы'],
    ['салтыков-щедрин михаил евграфович', 'Салтыков-Щедрин Михаил Евграфович'],
    ['Салтыков - Щедрин Михаил', 'Салтыков-Щедрин Михаил'],
    ['Алиев Эльдар Тофик оглы', 'Алиев Эльдар Тофик оглы'],
    ['АЛИЕВА САБИНА ТОФИК КЫЗЫ', 'Алиева Сабина Тофик кызы'],
    ['Мамедов Рауф Тофик-Оглы', 'Мамедов Рауф Тофик-оглы'],
    ['нұрланқызы әсем', 'Нұрланқызы Әсем'],
    ['ӘЛІМЖАН ӨМІРХАН ҮСЕНҰЛЫ', 'Әлімжан Өмірхан Үсенұлы'],
    ["o'neil john", "O'Neil John"],
    ['о’генри уильям', "О'Генри Уильям"],
    ["мар'яна кравець", "Мар'яна Кравець"],
    ['akhmetov rasul', 'Akhmetov Rasul'],
    ['ФИО: Ахметов Расул Болатович', 'Ахметов Расул Болатович'],
    ['Ф.И.О. Ахметов Расул', 'Ахметов Расул'],
    ['Аты-жөні: Сәрсенова Айгүл', 'Сәрсенова Айгүл'],
    ['Аты-жөнім Сәрсенова Айгүл', 'Сәрсенова Айгүл'],
    ['меня зовут айгуль сарсенова', 'Айгуль Сарсенова'],
    ['менің атым Айгүл Сәрсенова', 'Айгүл Сәрсенова'],
    ['я Ахметов Расул', 'Ахметов Расул'],
    ['Ахметов, Расул Болатович.', 'Ахметов Расул Болатович'],
    ['  Ахметов\n Расул ', 'Ахметов Расул'],
    ['Әлиев Cерік', 'Әлиев Серік'],
    ['əлиев серiк', 'Әлиев Серік'],
    ['Адам Айдана', 'Адам Айдана'],
  ])('%j is %s', (input, value) => {
    expect(parseField('fullName', input)).toEqual({ ok: true, value })
    expect(parseField('fullName', value)).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'identity.fullName.oneWord'],
    ['Расул', 'identity.fullName.oneWord'],
    ['Ахметов Расул 2', 'identity.fullName.digits'],
    ['850412300123', 'identity.fullName.digits'],
    ['Ахметов Р.Б.', 'identity.fullName.initials'],
    ['Ахметов Р. Б.', 'identity.fullName.initials'],
    ['Ахметов Расул Б', 'identity.fullName.initials'],
    ['Ахметов & Расул', 'identity.fullName.characters'],
    ['Ахметов rasulЯ', 'identity.fullName.characters'],
    ['не могу войти', 'identity.fullName.notAName'],
    ['я не хочу', 'identity.fullName.notAName'],
    ['оператор керек', 'identity.fullName.notAName'],
    ['Добрый день', 'identity.fullName.notAName'],
    ['Ахметов Расул Болатович Алматы Сатпаева', 'identity.fullName.tooManyWords'],
    [`Ахметов ${'Р'.repeat(100)}`, 'identity.fullName.tooLong'],
  ])('%j is refused: %s', (input, refusal) => {
    expect(parseField('fullName', input)).toEqual({ ok: false, refusal })
  })

  it('has one form whatever its case, and that form is read as itself', () => {
    const letters = [...'абвгдежзиклмнопрстуфхцчшыэюяәіңғүұқөһ']
    const word = fc
      .array(fc.constantFrom(...letters), { minLength: 5, maxLength: 12 })
      .map((part) => part.join(''))
    const name = fc.array(word, { minLength: 2, maxLength: 4 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(name, (typed) => {
        const parsed = parseField('fullName', typed)
        fc.pre(parsed.ok)
        if (!parsed.ok) return
        expect(parseField('fullName', typed.toLocaleUpperCase('kk'))).toEqual(parsed)
        expect(parseField('fullName', parsed.value)).toEqual(parsed)
        expect(parsed.value.toLocaleLowerCase('kk')).toBe(typed)
      }),
    )
  })
})
