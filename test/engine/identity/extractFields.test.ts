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

  it('are found in small letters, in capitals and in Latin ones', () => {
    expect(extractFields(`ахметов расул болатович иин ${iin} тоо ромашка 87011234567`)).toEqual({
      fullName: 'Ахметов Расул Болатович',
      iin,
      organisation: 'ТОО «Ромашка»',
      phone: '+77011234567',
    })
    expect(extractFields(`${iin} айгүл нұрланқызы`)).toEqual({ fullName: 'Айгүл Нұрланқызы', iin })
    expect(extractFields(`АХМЕТОВ РАСУЛ ${iin} ТОО РОМАШКА`)).toMatchObject({ fullName: 'Ахметов Расул' })
    expect(extractFields(`Serik Bolatuly, IIN ${iin}, TOO Romashka`)).toEqual({
      fullName: 'Serik Bolatuly',
      iin,
      organisation: 'ТОО «Romashka»',
    })
  })

  it('tell a name from the organisation beside it', () => {
    expect(extractFields(`ЖСН ${iin} Ахметов Расул Болатұлы «Ромашка» ЖШС`)).toEqual({
      fullName: 'Ахметов Расул Болатұлы',
      iin,
      organisation: '«Ромашка» ЖШС',
    })
    expect(extractFields(`Мен Ахметов Расулмын, ЖСН-ым ${iin}`)).toEqual({ fullName: 'Ахметов Расул', iin })
    expect(extractFields(`Я Иванов Иван из ТОО "Ромашка", ИИН ${iin}`)).toEqual({
      fullName: 'Иванов Иван',
      iin,
      organisation: 'ТОО «Ромашка»',
    })
    expect(extractFields(`Организация:ИП Ахметов\nИИН:${iin}`)).toEqual({ iin, organisation: 'ИП «Ахметов»' })
  })

  it('do not take the other side for the organisation of who writes', () => {
    expect(extractFields(`Не отправляется документ контрагенту ТОО "Лютик", мой ИИН ${iin}`)).toEqual({ iin })
    expect(extractFields(`«Лютик» ЖШС-ға құжат жібере алмай отырмын, ЖСН ${iin}`)).toEqual({ iin })
    expect(extractFields(`«Ромашка» ЖШС атынан жазып отырмын, ЖСН ${iin}`)).toEqual({
      iin,
      organisation: '«Ромашка» ЖШС',
    })
  })

  it.each(['снова ошибка', 'причина ошибки', 'готов помочь', 'документ не отправлен'])(
    'take no name from "%s"',
    (words) => {
      expect(extractFields(`${iin} ${words}`)).toEqual({ iin })
    },
  )

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
