import { Readable } from 'node:stream'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailedAnswer } from '../../../engine/conversation/mailedAnswer.ts'
import { compose } from '../../../mail/compose.ts'
import { listen } from '../../../mail/listen.ts'
import { readMail } from '../../../mail/readMail.ts'
import { letterOfMessages } from '../../../server/mail/letterOfMessages.ts'
import { createMailer, type Mailer } from '../../../server/mail/mailer.ts'
import { readLetterId } from '../../../server/mail/messageId.ts'
import { aigerim, play } from '../../support/conversation.ts'
import { edoc } from '../../support/edoc.ts'
import { headOf, html, letter, multipart, plain, word } from '../../support/letters.ts'
import { mails } from '../../support/mail.ts'
import { startSmtp, type TestSmtp } from '../../support/smtp.ts'

/* Our letters go out by a real SMTP server, and what programs make of them in an answer is read as it comes in. */

const conversationId = '7f9c24e5-2b1a-4d0e-9c3a-5f6d7e8a9b0c'
const ours = 'support@desk.kz'

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
/** The letter of the last event, as it has come to the visitor. */
async function received(happen: (talk: ReturnType<typeof play>) => void) {
  const talk = play('email', 'ru')
  let seq = 0
  let sending: Promise<unknown> = Promise.resolve()
  const address = `visitor-${++count}@firma.kz`
  talk.heard(({ after, at, eventId, posted }) => {
    const messages = posted.map((message) => ({ ...message, seq: ++seq, eventId, at }))
    sending = sending
      .then(() =>
        letterOfMessages(
          {
            compose: (facts) =>
              compose(facts, async (name) => ({ name, type: 'image/png', bytes: Readable.from(['x']) })),
            from: ours,
            answersAt: ours,
            knownUrl: 'https://help.desk.kz',
          },
          { desk: edoc, conversationId, state: after, messages, to: { address } },
        ),
      )
      .then((mail) => mail && mailer.send(mail, 0))
  })
  mails(talk, 'Не могу подписать документ', { subject: 'Ошибка подписи' })
  happen(talk)
  await sending
  const got = smtp.to(address).at(-1)
  if (!got) throw new Error('nothing came')
  const { html } = await PostalMime.parse(got.raw)
  return { ...got, html: html ?? '' }
}
const offered = () =>
  received((talk) => {
    talk.happen({ type: 'operator.took', operator: aigerim })
    talk.happen({
      type: 'operator.offeredSolution',
      operator: aigerim,
      text: 'Обновите NCALayer.\n\n1) закройте его;\n2) откройте.',
    })
  })

type Received = Awaited<ReturnType<typeof received>>
const inBody = (page: string) => page.replace(/^.*<body[^>]*>|<\/body>.*$/gs, '')
const quoted = (text: string) => text.replace(/^/gm, '> ')

/** What programs send as the answer to a letter. */
const programs: readonly (readonly [string, (to: Received, words: string) => string])[] = [
  [
    'Gmail',
    ({ text, html: page }, words) =>
      multipart('alternative', 'g', [
        plain(`${words}\r\n\r\nчт, 26 нояб. 2026 г. в 18:02, Поддержка <${ours}>:\r\n\r\n${quoted(text)}`),
        html(
          `<div dir="ltr">${words}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">чт, 26 нояб. 2026 г. в 18:02, Поддержка &lt;${ours}&gt;:<br></div><blockquote class="gmail_quote">${inBody(page)}</blockquote></div>`,
        ),
      ]),
  ],
  [
    'Outlook',
    ({ subject, html: page }, words) =>
      html(
        `<html><body><div class=WordSection1><p class=MsoNormal>${words}</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>От:</b> Поддержка &lt;${ours}&gt;<br><b>Отправлено:</b> четверг, 26 ноября 2026 г. 18:02<br><b>Кому:</b> Расул<br><b>Тема:</b> ${subject}</p></div>${inBody(page)}</div></body></html>`,
      ),
  ],
  [
    'Mail.ru',
    ({ html: page }, words) =>
      html(
        `<HTML><BODY><div>${words}</div><div>&nbsp;</div><blockquote style="border-left:1px solid #0857A6;">Четверг, 26 ноября 2026, 18:02 +05:00 от Поддержка &lt;${ours}&gt;:<br>&nbsp;${inBody(page)}</blockquote></BODY></HTML>`,
      ),
  ],
  [
    'a program of plain text',
    ({ text }, words) => plain(`${words}\n\n26.11.2026 18:02, Поддержка пишет:\n${quoted(text)}`),
  ],
]

async function heard(to: Received, body: string) {
  const raw = letter(
    headOf(`answer-${++count}@firma.kz`, { to: ours, subject: word(`Re: ${to.subject}`) }),
    body,
    [`In-Reply-To: ${to.messageId}`, `References: ${to.headers.get('references') ?? ''} ${to.messageId}`],
  )
  const found = listen(await readMail(raw), [ours])
  if (found.what !== 'letter') throw new Error(JSON.stringify(found))
  return found
}

describe('an answer to a letter of ours', () => {
  it.each(programs)('by %s holds the visitor’s words alone, and finds back', async (_, write) => {
    const to = await offered()
    const found = await heard(to, write(to, 'помогло'))
    expect(found.text).toBe('помогло')
    expect(mailedAnswer(found.text)).toEqual({ kind: 'helped' })
    expect(found.ticketNumber).toBe(1001)
    expect(found.subject).toBe('Ошибка подписи')
    expect(found.answersTo.map(readLetterId).find(Boolean)?.conversationId).toBe(conversationId)
  })

  it.each(programs)('by %s rates with a digit', async (_, write) => {
    const to = await received((talk) => {
      talk.happen({ type: 'operator.took', operator: aigerim })
      talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Готово.' })
      talk.happen({ type: 'operator.resolved', operator: aigerim })
    })
    expect(to.text.replace(/\s+/g, ' ')).toContain('цифрой от 1 до 5')
    const found = await heard(to, write(to, '5'))
    expect(mailedAnswer(found.text)).toEqual({ kind: 'rating', stars: 5 })
  })
})

it('two assistants that write to each other stop at once: only a person’s letter is taken for one', async () => {
  const automatic = await received(() => undefined)
  expect(listen(await readMail(Buffer.from(automatic.raw)), ['support@other.kz']).what).toBe('ignored')
  const written = await offered()
  expect(listen(await readMail(Buffer.from(written.raw)), ['support@other.kz'])).toMatchObject({
    what: 'letter',
    from: { address: ours },
  })
})
