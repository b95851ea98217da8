import type { OutboxItem } from '../../db/queries/outbox.ts'
import type { Desk } from '../../engine/desk.ts'
import { type Language, languages } from '../../engine/language.ts'
import type { Notice } from '../../engine/notice.ts'
import { say } from '../../locales/index.ts'
import type { Mail, Mailer } from '../mail/mailer.ts'
import { letterId, threadId } from '../mail/messageId.ts'
import type { DeliveryResult } from '../outbox.ts'
import { type ChatPlace, escalationWords, letterWords, type Worded } from './noticeWords.ts'

/** After so long nobody wants to hear it any more. */
const givenUpAfterMilliseconds = 48 * 60 * 60_000

type Ports = {
  readonly desks: ReadonlyMap<string, Desk>
  readonly clock: () => Date
  /** Undefined: no e-mail is sent now. */
  readonly mailer: Mailer | undefined
  /** The sender's address of a desk's mail. */
  readonly senderOf: (desk: Desk) => string
  /** Where answers to a desk's letters are read; undefined: nowhere. */
  readonly answersAt: (desk: Desk) => string | undefined
  /** Where the console is, when that is known. */
  readonly consoleUrl: string | undefined
  /** Where a letter's visitor goes on. */
  readonly placeOf: (desk: Desk, conversationId: string) => Promise<ChatPlace>
  /** Shows a text in a Telegram chat; undefined: Telegram is off. */
  readonly showInChat: (
    chat: { readonly id: string; readonly chatId: number; readonly language: Language },
    text: string,
  ) => Promise<DeliveryResult> | undefined
}

const off: DeliveryResult = { outcome: 'retryAt', afterSeconds: 60, description: 'the channel is off' }
const bare = (text: string): Worded => ({ subject: '', paragraphs: [text] })

/** Words a notice when its turn has come, and hands it to its channel. */
export function createNoticeDelivery(ports: Ports) {
  const { desks, clock } = ports
  const linkTo = (id: string) => ports.consoleUrl && `${ports.consoleUrl}#/conversation/${id}`

  /** What supervisors read, in one language. */
  function toSupervisors(
    notice: Exclude<Notice, { type: 'letter' }>,
    language: Language,
    desk: Desk,
  ): Worded {
    if (notice.type === 'escalation')
      return escalationWords(notice, language, desk, linkTo, clock().toISOString())
    const name = { desk: desk.name[language] }
    return { subject: say[language]('trial.subject', name), paragraphs: [say[language]('trial.text', name)] }
  }

  async function mailOf(item: OutboxItem, notice: Notice, desk: Desk): Promise<Mail> {
    const address = ports.senderOf(desk)
    const answersAt = ports.answersAt(desk)
    const replyTo = (notice.type === 'letter' ? answersAt : undefined) ?? desk.contacts.email
    const mail = (language: Language, words: readonly Worded[], id: string): Mail => ({
      from: { name: desk.name[language], address },
      ...(replyTo && replyTo !== address && { replyTo }),
      to: item.address,
      subject: words[0]?.subject ?? '',
      text: `${words.flatMap(({ paragraphs }) => paragraphs).join('\n\n')}\n`,
      id,
      writtenBy: 'system',
    })
    if (notice.type === 'letter') {
      const conversationId = item.conversationId ?? ''
      const place = await ports.placeOf(desk, conversationId)
      const words = letterWords(
        notice,
        desk,
        { ...place, email: answersAt !== undefined },
        clock().toISOString(),
      )
      return {
        ...mail(notice.language, [words], letterId({ conversationId, seq: notice.seq })),
        thread: threadId(conversationId, notice.number),
      }
    }
    const read = notice.language === null ? languages : [notice.language]
    const words = read.flatMap((language) => [
      toSupervisors(notice, language, desk),
      ...(notice.type === 'escalation' ? [bare(say[language]('escalation.why'))] : []),
    ])
    return mail(read[0] ?? 'kk', words, `${notice.type}.${notice.key}`)
  }

  function inChat(item: OutboxItem, notice: Notice, desk: Desk) {
    if (notice.type === 'letter') return undefined
    const language = notice.language ?? 'kk'
    const { paragraphs } = toSupervisors(notice, language, desk)
    const head = notice.type === 'escalation' ? [desk.name[language]] : []
    const text = [...head, ...paragraphs].join('\n\n')
    return ports.showInChat({ id: String(item.id), chatId: Number(item.address), language }, text)
  }

  return async (item: OutboxItem, notice: Notice): Promise<DeliveryResult> => {
    const desk = desks.get(notice.desk)
    if (!desk) return { outcome: 'refused', description: 'the desk is gone' }
    if (clock().getTime() - Date.parse(notice.at) > givenUpAfterMilliseconds)
      return { outcome: 'refused', description: 'too late' }
    if (item.channel === 'telegram') return (await inChat(item, notice, desk)) ?? off
    if (item.channel !== 'email' || !ports.mailer) return off
    return ports.mailer.send(await mailOf(item, notice, desk), item.attempts)
  }
}
