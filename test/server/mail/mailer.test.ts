import { Readable } from 'node:stream'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMailer, type Mail, type Mailer } from '../../../server/mail/mailer.ts'
import { startSmtp, type TestSmtp } from '../../support/smtp.ts'

let smtp: TestSmtp
let mailer: Mailer
beforeAll(async () => {
  smtp = await startSmtp()
  mailer = createMailer(smtp.url)
})
afterAll(async () => {
  mailer.stop()
  await smtp.stop()
})

let count = 0
const mail = (over: Partial<Mail> = {}): Mail => ({
  from: { name: 'Қолдау қызметі', address: 'help@desk.test' },
  to: `visitor-${++count}@mail.test`,
  subject: 'Re: Құжат [№ 1001]',
  text: 'Жауап\n',
  id: 'conversation.7',
  writtenBy: 'person',
  ...over,
})
async function sent(over: Partial<Mail> = {}) {
  const one = mail(over)
  expect(await mailer.send(one, 0)).toEqual({ outcome: 'delivered' })
  const [received] = smtp.to(one.to)
  if (!received) throw new Error('nothing came')
  return { ...received, email: await PostalMime.parse(received.raw) }
}

describe('a letter', () => {
  it('has its words as text and as a page, in Kazakh letters', async () => {
    const { email } = await sent({ html: '<!doctype html><p>Жауап ұ ү қ ө ғ</p>' })
    expect(email.subject).toBe('Re: Құжат [№ 1001]')
    expect(email.text).toBe('Жауап\n')
    expect(email.html).toContain('<p>Жауап ұ ү қ ө ғ</p>')
  })

  it('brings its files under their names, byte for byte', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 46, 10, 128, ...Buffer.from('.\r\n.\r\n')])
    const { email } = await sent({
      attachments: [
        { name: 'Нұсқаулық «жаңа».pdf', type: 'application/pdf', bytes: Readable.from([bytes]) },
        { name: 'экран.png', type: 'image/png', bytes: Readable.from([bytes, bytes]) },
      ],
    })
    expect(email.attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ['Нұсқаулық «жаңа».pdf', 'application/pdf'],
      ['экран.png', 'image/png'],
    ])
    expect(Buffer.from(email.attachments[0]?.content as ArrayBuffer)).toEqual(bytes)
  })

  it('answers the visitor’s, in their thread and in the request’s', async () => {
    const { headers, messageId } = await sent({
      thread: 'ticket.1001.conversation',
      inReplyTo: '<their-2@mail.test>',
      references: ['<their-1@mail.test>', '<their-2@mail.test>'],
    })
    expect(messageId).toBe('<conversation.7@desk.test>')
    expect(headers.get('in-reply-to')).toBe('<their-2@mail.test>')
    expect(headers.get('references')?.split(/\s+/)).toEqual([
      '<ticket.1001.conversation@desk.test>',
      '<their-1@mail.test>',
      '<their-2@mail.test>',
    ])
  })

  it('leaves out an id that no header can carry', async () => {
    const bad = '<a@b>\r\nBcc: all@mail.test'
    const { headers, raw } = await sent({ inReplyTo: bad, references: [bad] })
    expect(headers.has('in-reply-to')).toBe(false)
    expect(headers.has('references')).toBe(false)
    expect(raw).not.toMatch(/^bcc/im)
  })

  it('goes to a person by their name, which cannot add an address', async () => {
    const { email } = await sent({ toName: 'Расул "x" <all@mail.test>,\r\nBcc: y@mail.test' })
    expect(email.to).toHaveLength(1)
    expect(email.to?.[0]?.address).toMatch(/^visitor-/)
    expect(email.bcc).toBeUndefined()
  })
})

describe('who has written it (RFC 3834)', () => {
  it.each([
    ['person', undefined, undefined],
    ['assistant', 'auto-replied', 'All'],
    ['system', 'auto-generated', 'All'],
  ] as const)('%s', async (writtenBy, submitted, suppress) => {
    const { headers } = await sent({ writtenBy })
    expect(headers.get('auto-submitted')).toBe(submitted)
    expect(headers.get('x-auto-response-suppress')).toBe(suppress)
  })
})

describe('a letter that is not delivered', () => {
  it('leaves none of its files open, and is the same message at the next try', async () => {
    smtp.answers({ at: 'recipient', code: 451, words: 'later' })
    const attachment = () => ({ name: 'a.txt', type: 'text/plain', bytes: Readable.from(['слово']) })
    const first = attachment()
    const one = mail({ attachments: [first] })
    expect(await mailer.send(one, 0)).toMatchObject({ outcome: 'retryAt' })
    expect(first.bytes.destroyed).toBe(true)
    expect(await mailer.send({ ...one, attachments: [attachment()] }, 1)).toEqual({ outcome: 'delivered' })
    expect(smtp.to(one.to).map(({ messageId }) => messageId)).toEqual(['<conversation.7@desk.test>'])
  })

  it('because a file broke off is tried again', async () => {
    const bytes = new Readable({
      read() {
        this.destroy(new Error('EIO'))
      },
    })
    const one = mail({ attachments: [{ name: 'a.bin', type: 'application/zip', bytes }] })
    expect(await mailer.send(one, 0)).toMatchObject({ outcome: 'retryAt' })
    expect(smtp.to(one.to)).toEqual([])
  })
})
