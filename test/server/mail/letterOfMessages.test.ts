import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mailedAnswer } from '../../../engine/conversation/mailedAnswer.ts'
import { isTold } from '../../../engine/conversation/pushed.ts'
import type { Conversation } from '../../../engine/conversation/state.ts'
import type { Channel } from '../../../engine/desk.ts'
import type { Language } from '../../../engine/language.ts'
import { compose } from '../../../mail/compose.ts'
import { letterOfMessages } from '../../../server/mail/letterOfMessages.ts'
import type { Mail } from '../../../server/mail/mailer.ts'
import { readLetterId } from '../../../server/mail/messageId.ts'
import { walk, walked } from '../../support/anyTalk.ts'
import { aigerim, type PlayedEvent, play } from '../../support/conversation.ts'
import { edoc } from '../../support/edoc.ts'
import { mails } from '../../support/mail.ts'

const conversationId = '7f9c24e5-2b1a-4d0e-9c3a-5f6d7e8a9b0c'
const openFile = async (id: string) => ({
  name: id,
  type: 'application/pdf',
  bytes: Readable.from([Buffer.from('x')]),
})
const ports = {
  compose: (facts: Parameters<typeof compose>[0]) => compose(facts, openFile),
  from: 'help@desk.test',
  answersAt: 'box@desk.test' as string | undefined,
  knownUrl: 'https://help.desk.test' as string | undefined,
}

/** A conversation by e-mail, and the letter that its last event led to. */
function byMail(channel: Channel = 'email', language: Language = 'ru', over: Partial<typeof ports> = {}) {
  const talk = play(channel, language)
  let seq = 0
  let last: { readonly state: Conversation; readonly letter: () => Promise<Mail | undefined> } | undefined
  talk.heard(({ after, at, eventId, posted }) => {
    const messages = posted.map((message) => ({ ...message, seq: ++seq, eventId, at }))
    last = {
      state: after,
      letter: () =>
        letterOfMessages(
          { ...ports, ...over },
          { desk: edoc, conversationId, state: after, messages, to: { address: 'rasul@example.kz' } },
        ),
    }
  })
  const letter = async () => {
    const mail = await last?.letter()
    if (!mail) throw new Error('no letter')
    return mail
  }
  return { talk, letter, maybe: () => last?.letter() }
}

describe('the letter of one event', () => {
  it('that registers: the number, the promise, articles with their pages, what is needed, in the visitor’s thread', async () => {
    const { talk, letter } = byMail()
    mails(talk, 'NCALayer пишет ошибку, что делать?', {
      id: '<first@mail.example.kz>',
      subject: 'Ошибка подписи',
    })
    const mail = await letter()
    expect(mail.subject).toBe('Re: Ошибка подписи [№ 1001]')
    expect(mail.text).toContain('Обращение № 1001 принято. Специалист ответит')
    expect(mail.text).toContain('https://help.desk.test/help/edoc/ru/')
    expect(mail.text).toContain('• ИИН')
    expect(mail.text).not.toContain('пишет ошибку')
    expect(mail).toMatchObject({
      from: { name: edoc.name.ru, address: 'help@desk.test' },
      replyTo: 'support@mitwork.kz',
      to: 'rasul@example.kz',
      thread: `ticket.1001.${conversationId}`,
      inReplyTo: '<first@mail.example.kz>',
      references: ['<first@mail.example.kz>'],
      writtenBy: 'assistant',
    })
  })

  it('is known by the first message that is pushed: an answer to it is found by that', async () => {
    const { talk, letter } = byMail()
    mails(talk, 'Здравствуйте! Не могу войти')
    const { id } = await letter()
    expect(readLetterId(`<${id}@desk.test>`)).toEqual({ conversationId, seq: 2 })
  })

  it('of an operator is a person’s, with all that they said and asked', async () => {
    const { talk, letter } = byMail()
    mails(talk, 'Не могу войти')
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.offeredSolution', operator: aigerim, text: 'Исправили, проверьте.' })
    const mail = await letter()
    expect(mail.writtenBy).toBe('person')
    expect(mail.text).toMatch(/^Айгерім Сәрсенова:\n\nИсправили, проверьте\.\n\nПомощник E-DOC:/)
  })

  it('brings an operator’s file', async () => {
    const { talk, letter } = byMail()
    mails(talk, 'Не могу войти')
    talk.happen({ type: 'operator.took', operator: aigerim })
    const file = { id: 'f1', name: 'n.pdf', type: 'application/pdf', bytes: 100 }
    talk.happen({ type: 'operator.attached', operator: aigerim, file })
    expect((await letter()).attachments?.map(({ name }) => name)).toEqual(['f1'])
  })

  it('that says nothing to the visitor is none: who has it in hand, what operators alone see', async () => {
    const { talk, maybe } = byMail()
    mails(talk, 'Не могу войти')
    talk.happen({ type: 'operator.took', operator: aigerim })
    expect(await maybe()).toBeUndefined()
    mails(talk, 'Ещё одно: не приходит код')
    expect(await maybe()).toBeUndefined()
  })

  it('to somebody who telephoned has a subject of its own, and no thread of theirs', async () => {
    const { talk, letter } = byMail('phone', 'kk')
    talk.happen({
      type: 'operator.registered',
      operator: aigerim,
      values: { description: 'Құжатқа қол қоя алмай жатыр' },
      files: [],
      priority: 'normal',
      takes: true,
    })
    const mail = await letter()
    expect(mail.subject).toBe('№ 1001 өтінішіңіз')
    expect(mail.replyTo).toBe('box@desk.test')
    expect(mail.inReplyTo).toBeUndefined()
    expect(mail.text).toContain('осы хатқа жауап беріңіз')
  })

  it('asks for no answer where no mailbox is read', async () => {
    const { talk, letter } = byMail('email', 'ru', { answersAt: undefined })
    mails(talk, 'Не могу войти')
    const mail = await letter()
    expect(mail.text).not.toMatch(/ответьте/i)
    expect(mail.text).toContain(edoc.portal.url)
  })

  it('has no links while nobody knows our address', async () => {
    const { talk, letter } = byMail('email', 'ru', { knownUrl: undefined })
    mails(talk, 'NCALayer пишет ошибку, что делать?')
    expect((await letter()).html).not.toContain('/help/')
  })
})

describe('what a letter asks to be answered is understood when it is answered', () => {
  it.each([
    ['ru', 'помогло'],
    ['kk', 'көмектесті'],
  ] as const)('%s: «%s»', async (language, word) => {
    const { talk, letter } = byMail('email', language)
    mails(
      talk,
      language === 'ru' ? 'Здравствуйте! Не могу войти' : 'Сәлеметсіз бе! Порталға кіре алмай жатырмын',
    )
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({ type: 'operator.offeredSolution', operator: aigerim, text: 'Обновите' })
    expect((await letter()).text).toContain(`«${word}»`)
    expect(mailedAnswer(word).kind).toBe('helped')
    mails(talk, word)
    expect(talk.state.stage).toBe('resolved')
    expect((await letter()).text.replace(/\s+/g, ' ')).toMatch(
      language === 'ru' ? /цифрой от 1 до 5; следующей строкой/ : /1-ден 5-ке дейінгі бір санмен/,
    )
    mails(talk, '4\nбыстро')
    expect(talk.ticket).toMatchObject({ rating: 4, comment: 'быстро' })
    mails(talk, language === 'ru' ? 'Снова не могу войти' : 'Тағы кіре алмай жатырмын')
    expect(talk.state.stage).toBe('waiting')
  })
})

describe('whatever happens, in any order', () => {
  it('every letter has a subject of one line, words in both of its parts, and nothing that is for operators only', async () => {
    await fc.assert(
      fc.asyncProperty(walk, async (way) => {
        const steps: PlayedEvent[] = []
        walked({ ...way, channel: way.channel === 'phone' ? 'phone' : 'email' }, (step) => steps.push(step))
        for (const { after, at, eventId, posted } of steps) {
          const messages = posted.map((message, seq) => ({ ...message, seq, eventId, at }))
          const mail = await letterOfMessages(ports, {
            desk: way.desk,
            conversationId,
            state: after,
            messages,
            to: { address: 'rasul@example.kz' },
          })
          const told = messages.some((message) => isTold(after.channel, message))
          expect(mail !== undefined).toBe(told)
          if (!mail) continue
          expect(mail.subject).toMatch(/^\S.*$/)
          const [said = ''] = mail.text.split('\n-- \n')
          expect(said.trim()).not.toBe('')
          for (const words of [mail.text, mail.html]) {
            expect(words).not.toContain('для своих')
            expect(words).not.toMatch(/\{\w+\}|undefined|\[object/)
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})
