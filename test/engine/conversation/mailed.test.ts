import { describe, expect, it } from 'vitest'
import type { FoundContract } from '../../../engine/contract.ts'
import type { Activity, StoredFile } from '../../../engine/conversation/content.ts'
import type { Desk } from '../../../engine/desk.ts'
import { aigerim, play, someone, type Talk } from '../../support/conversation.ts'
import { desks, edoc } from '../../support/edoc.ts'
import { mails, mailsByNumber } from '../../support/mail.ts'
import { vipContract } from '../../support/vipContract.ts'

/** Monday 23 November 2026, 10:00 in Almaty. */
const monday = '2026-11-23T05:00:00.000Z'
const court = desks.get('court') as Desk
const cryptopro = desks.get('cryptopro') as Desk

const picture: StoredFile = {
  id: '00000000-0000-4000-8000-0000000000f1',
  name: 'қате.png',
  type: 'image/png',
  bytes: 9_000,
}

const trouble = { subject: 'Не подписывается документ', text: 'При подписании выходит ошибка 500.' }
const wrote = (desk: Desk = edoc, contracts: readonly FoundContract[] = []): Talk => {
  const talk = play('email', 'kk', monday, desk, () => contracts)
  mails(talk, trouble.text, { subject: trouble.subject })
  return talk
}
const took = (talk: Talk) => talk.happen({ type: 'operator.took', operator: aigerim })
const replies = (talk: Talk, text = 'Обновите NCALayer.') =>
  talk.happen({ type: 'operator.replied', operator: aigerim, text })
const solved = (): Talk => {
  const talk = wrote()
  took(talk)
  replies(talk)
  talk.happen({ type: 'operator.resolved', operator: aigerim })
  return talk
}
const types = (talk: Talk): readonly Activity['type'][] => talk.history.map(({ type }) => type)
const said = (talk: Talk): readonly string[] =>
  talk.messages.flatMap(({ content }) => (content.kind === 'said' ? content.say.map(({ key }) => key) : []))

describe('a first letter', () => {
  it('is a request at once: it has its number, and one working day for the first answer (edoc regulation, §8 and SLA section)', () => {
    const talk = wrote()
    expect(talk.state).toMatchObject({ stage: 'waiting', ticket: { number: 1001, level: 'basic' } })
    expect(talk.ticket.clocks.firstResponse.dueAt).toBe('2026-11-24T05:00:00.000Z')
    expect(said(talk)[0]).toBe('ticket.registered')
    expect(talk.messages[0]).toMatchObject({
      author: { kind: 'visitor' },
      content: { kind: 'text', text: `${trouble.subject}\n\n${trouble.text}` },
    })
    expect(talk.ticket.values.description).toBe(`${trouble.subject}\n\n${trouble.text}`)
  })

  it('of VIP has two hours, one, or thirty minutes by priority (edoc regulation, SLA section)', () => {
    const talk = play('email', 'ru', monday, edoc, () => [vipContract])
    mails(talk, `Мы ТОО «Ромашка», БИН ${someone.bin}. Не открывается архив.`)
    expect(talk.ticket).toMatchObject({ level: 'vip', priority: 'normal' })
    const due = () => talk.ticket.clocks.firstResponse.dueAt
    expect(due()).toBe('2026-11-23T07:00:00.000Z')
    took(talk)
    talk.happen({ type: 'operator.prioritised', operator: aigerim, priority: 'urgent' })
    expect(due()).toBe('2026-11-23T06:00:00.000Z')
    talk.happen({ type: 'operator.prioritised', operator: aigerim, priority: 'immediate' })
    expect(due()).toBe('2026-11-23T05:30:00.000Z')
    expect(talk.ticket.clocks.resolution?.dueAt).toBe('2026-11-24T05:00:00.000Z')
  })

  it('of the court is acknowledged at once and answered within three working hours (court rules, "Terms")', () => {
    const talk = play('email', 'ru', monday, court)
    mails(talk, 'Форма иска не открывается.', { subject: `${someone.iin}/СК/Не открывается форма` })
    expect(said(talk)[0]).toBe('ticket.registered')
    expect(talk.ticket.clocks.firstResponse.dueAt).toBe('2026-11-23T08:00:00.000Z')
    expect(talk.ticket.values).toMatchObject({ iin: someone.iin, email: 'rasul@example.kz' })
  })

  it('is answered in the language that it is written in', () => {
    const talk = play('email', 'ru', monday)
    mails(talk, 'Құжатқа қол қоя алмай жатырмын, қате шығып тұр. Көмектесіңізші.')
    expect(talk.state.language).toBe('kk')
    mails(talk, 'Я уже пробовал перезагрузить компьютер, ничего не изменилось.')
    expect(talk.state.language).toBe('ru')
  })

  it('tells who wrote it: the address, the name of the sender, and what the words say (edoc regulation, §11)', () => {
    const talk = play('email', 'ru', monday)
    mails(talk, `ИИН ${someone.iin}. Не могу войти на портал.`)
    expect(talk.ticket.values).toMatchObject({
      iin: someone.iin,
      fullName: 'Расул Ахметов',
      contact: 'rasul@example.kz',
    })
  })

  it('is reached at its sender’s address, whatever others its words name', () => {
    const talk = play('email', 'ru', monday, court)
    mails(talk, 'Пользователь aigerim@example.kz не может войти.')
    expect(talk.ticket.values.email).toBe('rasul@example.kz')
  })

  it('is asked for what it does not tell, in the same answer (edoc regulation, §12)', () => {
    const talk = play('email', 'ru', monday)
    mails(talk, 'Документ пропал.', { from: { address: 'rasul@example.kz' } })
    const asked = talk.messages.find(({ content }) => content.kind === 'said' && content.form)
    expect(asked?.content).toMatchObject({
      say: [{ key: 'mail.missing' }],
      form: { fields: ['iin', 'fullName'] },
    })
  })

  it('is not asked again for what it tells in its own words (court rules, §1: the template of the letter)', () => {
    const talk = play('email', 'ru', monday, court)
    const asked = () =>
      talk.messages.flatMap(({ content }) => (content.kind === 'said' ? (content.form?.fields ?? []) : []))
    mails(
      talk,
      [
        '1) ЭЦП физического лица, до 15.03.2027;',
        '2) Google Chrome 140;',
        '3) Java 8u401;',
        '4) текст ошибки: Internal error; действия: подписываю иск',
        '5) Отправитель: Ахметов Ерлан Болатович',
      ].join('\n'),
      { subject: `${someone.iin}/СК/Не открывается форма`, from: { address: 'erlan@example.kz' } },
    )
    expect(asked()).toEqual([])
    expect(talk.ticket.values.fullName).toBe('Ахметов Ерлан Болатович')
    const short = play('email', 'ru', monday, court)
    mails(short, 'Не открывается форма иска.')
    const [form] = short.messages.flatMap(({ content }) =>
      content.kind === 'said' && content.form ? [content.form.fields] : [],
    )
    expect(form).toEqual(['steps', 'key', 'browser'])
  })

  it('names the article that it is like (edoc regulation, §10)', () => {
    const talk = play('email', 'ru', monday)
    mails(talk, 'Как установить NCALayer?')
    expect(talk.messages).toContainEqual(
      expect.objectContaining({ content: expect.objectContaining({ article: 'edoc.ncalayer' }) }),
    )
  })

  it('may be like an article by its subject alone', () => {
    const talk = play('email', 'ru', monday)
    mails(talk, 'Здравствуйте. Подскажите, пожалуйста.', { subject: 'Забыл пароль от ЭЦП' })
    expect(talk.messages).toContainEqual(
      expect.objectContaining({ content: expect.objectContaining({ article: 'edoc.key-password' }) }),
    )
  })

  it('gives its subject to the desk that asks for one (cryptopro guide)', () => {
    const talk = play('email', 'ru', monday, cryptopro)
    mails(talk, 'Сообщение 0x8009001D.', { subject: 'Не запускается CSP' })
    expect(talk.ticket.values).toMatchObject({
      subject: 'Не запускается CSP',
      description: 'Сообщение 0x8009001D.',
    })
  })

  it('keeps its files, and says which it cannot keep', () => {
    const talk = play('email', 'ru', monday)
    mails(talk, 'Снимок приложил.', { files: [picture], refused: ['tooLarge', 'tooLarge'] })
    expect(talk.ticket.files).toEqual([picture])
    expect(talk.messages.map(({ content }) => content.kind).slice(0, 3)).toEqual([
      'text',
      'file',
      'unsupported',
    ])
    expect(said(talk).filter((key) => key === 'unsupported.tooLarge')).toHaveLength(1)
  })

  it('that is empty is asked for its words, and becomes no request', () => {
    const talk = play('email', 'ru', monday)
    mails(talk, '')
    expect(talk.state.stage).toBe('asking')
    expect(said(talk)).toEqual(['mail.empty'])
  })
})

describe('a letter to an open request', () => {
  it('is the visitor’s word, and no second answer of the assistant’s', () => {
    const talk = wrote()
    const before = talk.messages.length
    mails(talk, 'Забыл сказать: браузер Chrome.')
    expect(talk.messages.slice(before)).toEqual([
      expect.objectContaining({ content: { kind: 'text', text: 'Забыл сказать: браузер Chrome.' } }),
    ])
    expect(talk.ticket.unansweredSince).toBe(monday)
  })

  it('fills in what was missing of the person', () => {
    const talk = wrote()
    mails(talk, `ИИН ${someone.iin}`)
    expect(talk.ticket.values.iin).toBe(someone.iin)
    mails(talk, 'ИИН 990101300121')
    expect(talk.ticket.values.iin).toBe(someone.iin)
  })

  it('ends the wait for information: the resolution goes on (edoc regulation, §15)', () => {
    const talk = wrote()
    took(talk)
    talk.happen({ type: 'operator.askedForInformation', operator: aigerim, text: 'Какой браузер?' })
    expect(talk.ticket.waitingFor?.what).toBe('information')
    mails(talk, 'Chrome 140')
    expect(talk.ticket).not.toHaveProperty('waitingFor')
    expect(types(talk)).toContain('resolutionResumed')
  })

  it('of the court starts the two working days of the next answer (court rules, "Terms")', () => {
    const talk = wrote(court)
    took(talk)
    talk.happen({ type: 'operator.askedForInformation', operator: aigerim, text: 'Какой браузер?' })
    mails(talk, 'Chrome 140')
    expect(talk.ticket.clocks.nextResponse?.dueAt).toBe('2026-11-25T05:00:00.000Z')
  })

  it.each(['Помогло', 'Да, помогло, спасибо!', 'Көмектесті, рахмет', 'шешілді', 'Да', 'Иә.'])(
    'confirms an offered solution: %s',
    (words) => {
      const talk = wrote()
      took(talk)
      talk.happen({ type: 'operator.offeredSolution', operator: aigerim, text: 'Обновите страницу.' })
      mails(talk, words)
      expect(talk.state.stage).toBe('resolved')
      expect(types(talk)).toContain('solutionConfirmed')
    },
  )

  it.each([
    'Не помогло',
    'Нет',
    'көмектеспеді',
    'Помогло, но теперь другая ошибка.',
    'Помогло.\nНо печать не работает.',
  ])('keeps the request open when it did not help: %s', (words) => {
    const talk = wrote()
    took(talk)
    talk.happen({ type: 'operator.offeredSolution', operator: aigerim, text: 'Обновите страницу.' })
    mails(talk, words)
    expect(talk.state.stage).toBe('live')
    expect(talk.ticket).not.toHaveProperty('waitingFor')
  })
})

describe('a letter after the end', () => {
  it('rates with a digit, and comments with the rest', () => {
    const talk = solved()
    mails(talk, '4\n\nДолго, но разобрались.\n\nС уважением,\nРасул')
    expect(talk.ticket).toMatchObject({ rating: 4, comment: 'Долго, но разобрались.' })
    expect(talk.state.stage).toBe('resolved')
    expect(said(talk).at(-1)).toBe('mail.rated')
    mails(talk, '5')
    expect(talk.ticket).toMatchObject({ rating: 5, comment: 'Долго, но разобрались.' })
  })

  it('is sorry for few stars', () => {
    const talk = solved()
    mails(talk, '2')
    expect(said(talk).at(-1)).toBe('mail.ratedLow')
  })

  it.each([
    'Спасибо большое!',
    'Добрый день, Айгерим!\nСпасибо большое.\n\nС уважением,\nРасул Ахметов\nглавный бухгалтер ТОО «Ромашка»',
    'Рақмет!\n\nҚұрметпен, Расул Ахметов',
    'Помогло, спасибо.\n\nС уважением,\nРасул',
  ])('that only thanks is left without an answer: %j', (words) => {
    const talk = solved()
    const before = talk.messages.length
    mails(talk, words)
    expect(talk.state.stage).toBe('resolved')
    expect(talk.messages).toHaveLength(before + 1)
  })

  it('that says all in its subject is heard', () => {
    const talk = solved()
    mails(talk, '', { subject: trouble.subject })
    expect(talk.state.stage).toBe('resolved')
    mails(talk, '', { subject: 'Снова та же ошибка' })
    expect(talk.state.stage).toBe('waiting')
    expect(talk.messages).toContainEqual(
      expect.objectContaining({ content: { kind: 'text', text: 'Снова та же ошибка' } }),
    )
  })

  it.each(['Спасибо.\nНо ошибка осталась.\nС уважением, Расул', 'Хорошо.\nСпасибо, но ошибка осталась.'])(
    'that thanks and tells of more brings the request back: %j',
    (words) => {
      const talk = solved()
      mails(talk, words)
      expect(talk.state.stage).toBe('waiting')
    },
  )

  it('brings the request back under its number, nothing restarting the first answer (product.md)', () => {
    const talk = solved()
    const { firstResponse } = talk.ticket.clocks
    mails(talk, 'Сегодня снова та же ошибка.')
    expect(talk.state).toMatchObject({
      stage: 'waiting',
      ticket: { number: 1001, clocks: { firstResponse } },
    })
    expect(said(talk).at(-1)).toBe('reopened')
  })

  it('is a new request when it comes after the desk’s days for that', () => {
    const talk = solved()
    talk.at('2027-02-01T05:00:00.000Z')
    mails(talk, 'Снова не подписывается.')
    expect(talk.state.stage).toBe('waiting')
    expect(said(talk)).toContain('mail.newFrom')
    expect(talk.ticket).toMatchObject({ registeredAt: '2027-02-01T05:00:00.000Z' })
    expect(talk.ticket).not.toHaveProperty('rating')
  })
})

describe('a letter that answers none of ours, and may be forged', () => {
  it('confirms no solution, but is read: the wait is over', () => {
    const talk = wrote()
    took(talk)
    talk.happen({ type: 'operator.offeredSolution', operator: aigerim, text: 'Обновите страницу.' })
    mailsByNumber(talk, 'Помогло')
    expect(talk.state.stage).toBe('live')
    expect(types(talk)).not.toContain('solutionConfirmed')
    expect(talk.ticket).not.toHaveProperty('waitingFor')
  })

  it('rates nothing, and brings nothing back by a digit', () => {
    const talk = solved()
    mailsByNumber(talk, '1')
    expect(talk.state).toMatchObject({ stage: 'resolved' })
    expect(talk.ticket).not.toHaveProperty('rating')
    expect(talk.messages.at(-1)).toMatchObject({ author: { kind: 'visitor' }, content: { text: '1' } })
  })

  it('tells nothing of the person', () => {
    const talk = wrote()
    mailsByNumber(talk, `ИИН ${someone.iin}`)
    expect(talk.ticket.values).not.toHaveProperty('iin')
  })

  it('brings a request back with words: a person reads them', () => {
    const talk = solved()
    mailsByNumber(talk, 'Сегодня снова та же ошибка.')
    expect(talk.state.stage).toBe('waiting')
  })
})

describe('a letter that a program may have written', () => {
  it('is taken, and the assistant says nothing to it', () => {
    const talk = wrote()
    const before = said(talk).length
    mails(talk, 'Сейчас я в отпуске.', { refused: ['refusedFile'], quiet: true })
    expect(talk.messages.at(-1)).toMatchObject({ content: { kind: 'unsupported' } })
    expect(said(talk)).toHaveLength(before)
  })
})

describe('a letter that answers a notice about a request of the chat', () => {
  const inChat = (): Talk => {
    const talk = play('widget', 'ru', monday)
    for (const choice of ['operator', 'consent'] as const) talk.presses(choice)
    talk.fills({ iin: someone.iin, fullName: someone.fullName, contact: someone.contact })
    talk.fills({ type: 'defect', description: 'Не открывается архив' })
    talk.presses('confirm')
    return talk
  }

  it('is a word in its thread', () => {
    const talk = inChat()
    expect(talk.state.stage).toBe('waiting')
    mails(talk, 'Дополняю: ошибка 500.')
    expect(talk.messages.at(-1)).toMatchObject({
      author: { kind: 'visitor' },
      content: { text: 'Дополняю: ошибка 500.' },
    })
    expect(talk.state).not.toHaveProperty('mail')
  })

  it('has no place there while nothing is registered', () => {
    const talk = play('widget', 'ru', monday)
    expect(talk.refusalOf(mails(talk, 'Здравствуйте'))).toEqual({ key: 'refusal.noTicket' })
  })
})
