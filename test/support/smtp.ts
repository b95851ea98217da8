import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { until } from './until.ts'

/** How the next mail is answered: at the recipient, or after its text has come; `hang`: never, until `release`. */
type Answer =
  | { readonly at: 'recipient' | 'text'; readonly code: number; readonly words: string }
  | { readonly at: 'hang' }

type ReceivedMail = {
  readonly to: readonly string[]
  readonly mailFrom: string
  /** Headers by their lower-case names. */
  readonly headers: ReadonlyMap<string, string>
  readonly subject: string
  readonly text: string
  readonly from: { readonly name: string; readonly address: string }
  readonly messageId: string
  readonly raw: string
}

/** A mail server of our own, on a free loopback port; it takes everything and delivers nothing. */
export type TestSmtp = {
  /** For SMTP_URL. */
  readonly url: string
  readonly mails: readonly ReceivedMail[]
  /** How many mails hang. */
  readonly held: number
  /** The next mails are answered so, one after another; then all is well again. */
  answers(...next: readonly Answer[]): void
  release(): void
  to(address: string): readonly ReceivedMail[]
  /** Waits for a mail to an address, and gives the newest that fits. */
  receives(address: string, fits?: (mail: ReceivedMail) => boolean): Promise<ReceivedMail>
  stop(): Promise<void>
}

function mailOf(email: Email, raw: string, to: readonly string[], mailFrom: string): ReceivedMail {
  return {
    to,
    mailFrom,
    headers: new Map(email.headers.map(({ key, value }) => [key, value])),
    subject: email.subject ?? '',
    text: email.text ?? '',
    from: { name: email.from?.name ?? '', address: email.from?.address ?? '' },
    messageId: email.messageId ?? '',
    raw,
  }
}

export async function startSmtp(): Promise<TestSmtp> {
  const mails: ReceivedMail[] = []
  const planned: Answer[] = []
  const held: (() => void)[] = []
  const refusal = ({ code, words }: { code: number; words: string }) =>
    Object.assign(new Error(words), { responseCode: code })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo(_, __, done) {
      const [next] = planned
      if (next?.at !== 'recipient') return done()
      planned.shift()
      return done(refusal(next))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const next = planned[0]?.at === 'recipient' ? undefined : planned.shift()
        if (next?.at === 'text') return done(refusal(next))
        const raw = Buffer.concat(chunks).toString('utf8')
        const { mailFrom, rcptTo } = session.envelope
        const email = await PostalMime.parse(raw)
        const to = rcptTo.map(({ address }) => address)
        const keep = () => {
          mails.push(mailOf(email, raw, to, mailFrom ? mailFrom.address : ''))
          done()
        }
        if (next?.at === 'hang') held.push(keep)
        else keep()
        return undefined
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  const to = (address: string) => mails.filter((mail) => mail.to.includes(address))
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    get held() {
      return held.length
    },
    answers: (...next) => void planned.push(...next),
    release: () => {
      for (const keep of held.splice(0)) keep()
    },
    to,
    receives: (address, fits = () => true) => until(() => to(address).findLast(fits), `a mail to ${address}`),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
