import { describe, expect, it } from 'vitest'
import { extractFields } from '../../../engine/identity/index.ts'
import { checkDigit } from './numbers.ts'

const iin = `85041230012${checkDigit('85041230012')}`
const otherIin = `90041230012${checkDigit('90041230012')}`
const bin = `18034000012${checkDigit('18034000012')}`

describe('fields in one message', () => {
  it('are all found when they stand in a list', () => {
    expect(extractFields(`Ахметов Расул, ИИН ${iin}, ТОО Ромашка, 8701 123 45 67, a@b.kz`)).toEqual({
      fullName: 'Ахметов Расул',
      iin,
      organisation: 'ТОО «Ромашка»',
      phone: '+77011234567',
      email: 'a@b.kz',
    })
  })

  it('are found line by line, in Kazakh', () => {
    const text = `Сәрсенова Айгүл Нұрланқызы\nЖСН: ${iin}\n«Бәйтерек» ЖШС\nБСН ${bin}\nұялы: +7 (701) 123-45-67`
    expect(extractFields(text)).toEqual({
      fullName: 'Сәрсенова Айгүл Нұрланқызы',
      iin,
      bin,
      organisation: '«Бәйтерек» ЖШС',
      phone: '+77011234567',
    })
  })

  it('are found within a sentence', () => {
    expect(extractFields(`Здравствуйте! Меня зовут Ахметов Расул, мой ИИН ${iin}, не могу войти.`)).toEqual({
      fullName: 'Ахметов Расул',
      iin,
    })
    expect(extractFields(`Ахметов Расул Болатұлы ${iin}`)).toEqual({
      fullName: 'Ахметов Расул Болатұлы',
      iin,
    })
    expect(extractFields('мы из ТОО "Ромашка" и не видим документ')).toEqual({
      organisation: 'ТОО «Ромашка»',
    })
  })

  it('take a name without a label beside another field only', () => {
    expect(extractFields('Ахметов Расул')).toEqual({})
    expect(extractFields('ФИО: Ахметов Расул')).toEqual({ fullName: 'Ахметов Расул' })
    expect(extractFields('менің атым Айгүл Сәрсенова')).toEqual({ fullName: 'Айгүл Сәрсенова' })
  })

  it('take neither of two different values', () => {
    expect(extractFields(`${iin} немесе ${otherIin}`)).toEqual({})
    expect(extractFields('8 701 123 45 67, 8 702 123 45 67')).toEqual({})
    expect(extractFields('8 701 123 45 67, +7 701 123 45 67')).toEqual({ phone: '+77011234567' })
  })

  it.each([
    'Здравствуйте, не могу подписать документ',
    'Добрый День, ошибка 500 на странице 12',
    'заявка 123456789012 не отправляется',
    'қате шығып тұр, не істеймін?',
    'сколько стоит тариф для ип',
    'портал https://edoc.kz/a/8501234567 ашылмайды',
  ])('are not seen in "%s"', (text) => {
    expect(extractFields(text)).toEqual({})
  })
})
