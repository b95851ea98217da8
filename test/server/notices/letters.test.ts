import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../../../db/queries/outbox.ts'
import type { Notice } from '../../../engine/notice.ts'
import { answersAt } from '../../../server/mail/answersAt.ts'
import type { Mail } from '../../../server/mail/mailer.ts'
import { createNoticeDelivery } from '../../../server/notices/deliverNotice.ts'
import { desks } from '../../support/edoc.ts'

const conversationId = '7f9c24e5-2b1a-4d0e-9c3a-5f6d7e8a9b0c'
const at = '2026-11-26T10:00:00.000Z'

async function delivered(notice: Notice, box: string | undefined): Promise<Mail> {
  const mails: Mail[] = []
  const deliver = createNoticeDelivery({
    desks,
    clock: () => new Date(at),
    mailer: {
      send: async (mail) => {
        mails.push(mail)
        return { outcome: 'delivered' }
      },
      stop: () => undefined,
    },
    senderOf: () => 'no-reply@desk.test',
    answersAt: () => box,
    consoleUrl: undefined,
    placeOf: async (desk) => ({ channel: 'chat', url: desk.portal.url }),
    showInChat: () => undefined,
  })
  const item = {
    id: 1,
    channel: 'email',
    address: 'visitor@mail.test',
    conversationId,
    seq: null,
    attempts: 0,
    notice,
  }
  expect(await deliver(item as unknown as OutboxItem, notice)).toEqual({ outcome: 'delivered' })
  const [mail] = mails
  if (!mail) throw new Error('no mail')
  return mail
}

const letter = (language: 'kk' | 'ru'): Notice => ({
  type: 'letter',
  desk: 'edoc',
  seq: 3,
  language,
  occasion: 'asked',
  number: 1001,
  dueAt: null,
  at,
})

describe('a letter that tells of a request (decision 008)', () => {
  it.each([
    ['ru', 'Ответить можно в переписке или прямо на это письмо.', 'Отвечать на него не нужно'],
    ['kk', 'осы хатқа да жаза аласыз', 'Оған жауап жазудың қажеті жоқ'],
  ] as const)(
    'may be answered where a mailbox is read, and says so then only (%s)',
    async (language, may, needNot) => {
      const answerable = await delivered(letter(language), 'box@desk.test')
      expect(answerable.text).toContain(may)
      expect(answerable.text).not.toContain(needNot)
      expect(answerable.replyTo).toBe('box@desk.test')
      const other = await delivered(letter(language), undefined)
      expect(other.text).toContain(needNot)
      expect(other.text).not.toContain(may)
      expect(other.replyTo).toBe('support@mitwork.kz')
    },
  )

  it('is a program’s, and of the request’s thread', async () => {
    expect(await delivered(letter('ru'), 'box@desk.test')).toMatchObject({
      writtenBy: 'system',
      id: `${conversationId}.3`,
      thread: `ticket.1001.${conversationId}`,
    })
  })
})

it('what supervisors are told is not answered into the mailbox of visitors', async () => {
  const trial: Notice = { type: 'trial', key: 'k', desk: 'edoc', language: 'ru', at }
  expect((await delivered(trial, 'box@desk.test')).replyTo).toBe('support@mitwork.kz')
})

describe('where answers are read', () => {
  const env = {
    imapUrl: 'imaps://box%40desk.test:secret@mail.desk.test',
    smtpFrom: undefined,
    smtpUrl: undefined,
    publicUrl: 'https://help.desk.test',
  }
  const contacts = { complaints: 'a@b.kz' }

  it('is the mailbox’s own address', () => {
    expect(answersAt(env, { contacts: { ...contacts, email: 'support@desk.test' } })).toBe('box@desk.test')
  })

  it('is the desk’s when the mailbox has no address for a name', () => {
    const named = { ...env, imapUrl: 'imaps://box:secret@mail.desk.test' }
    expect(answersAt(named, { contacts: { ...contacts, email: 'support@desk.test' } })).toBe(
      'support@desk.test',
    )
    expect(answersAt({ ...named, smtpFrom: 'help@desk.test' }, { contacts })).toBe('help@desk.test')
  })

  it('is nowhere while no mailbox is read', () => {
    expect(answersAt({ ...env, imapUrl: undefined }, { contacts })).toBeUndefined()
  })
})
