import type { AlertKind } from '../../engine/alert.ts'
import { datedDueText, dueText } from '../../engine/conversation/dueText.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import type { DeskProfile } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import type { Notice, Told } from '../../engine/notice.ts'
import { say } from '../../locales/index.ts'

type DeskFacts = Pick<DeskProfile, 'name' | 'zone' | 'contacts'>
type NoticeOf<T extends Notice['type']> = Extract<Notice, { type: T }>

/** Where the conversation goes on: the portal's chat, or Telegram. */
export type ChatPlace = { readonly channel: 'chat' | 'telegram'; readonly url: string }

/** Words on their way out: one line to begin with, and paragraphs. */
export type Worded = { readonly subject: string; readonly paragraphs: readonly string[] }

/** A letter to a visitor in their language: the number, what happened, where to go on; nothing personal. */
export function letterWords(
  letter: NoticeOf<'letter'>,
  desk: DeskFacts,
  /** `email`: whether an answer to the letter is read as well. */
  place: ChatPlace & { readonly email: boolean },
  now: Instant,
): Worded {
  const { language, occasion, number, dueAt } = letter
  const speak = say[language]
  const { phone } = desk.contacts
  return {
    subject: speak(`letter.subject.${occasion}`, { number }),
    paragraphs: [
      speak('letter.greeting'),
      occasion === 'registered' && dueAt !== null && dueAt > now
        ? speak('letter.registeredDue', { number, due: datedDueText(language, desk.zone, dueAt) })
        : speak(`letter.${occasion}`, { number }),
      speak(`letter.${place.channel}`, { url: place.url }),
      [desk.name[language], ...(phone ? [speak('letter.phone', { phone })] : [])].join('\n'),
      speak(place.email ? 'letter.answerable' : 'letter.automatic'),
    ],
  }
}

const ofNoPromise = ['warnedForInsult', 'endedForInsult', 'unattended'] as const
const isOfNoPromise = (kind: AlertKind): kind is (typeof ofNoPromise)[number] =>
  ofNoPromise.some((one) => one === kind)

/** One line of what supervisors are told; undefined for what they are not. */
function toldLine(told: Told, language: Language, zone: string, now: Instant): string | undefined {
  const { kind, metric, number, dueAt } = told
  const speak = say[language]
  if (number === null) return kind === 'endedForInsult' ? speak('escalation.endedUnregistered') : undefined
  if (isOfNoPromise(kind)) return speak(`escalation.${kind}`, { number })
  if ((kind !== 'warning' && kind !== 'breach') || !metric || !dueAt) return undefined
  return speak(`escalation.${kind}.${metric}`, { number, due: dueText(language, zone, dueAt, now) })
}

/** What a desk's supervisors are told, each thing with a link to its conversation where one is known. */
export function escalationWords(
  { told, more }: NoticeOf<'escalation'>,
  language: Language,
  desk: DeskFacts,
  linkTo: (conversationId: string) => string | undefined,
  now: Instant,
): Worded {
  const speak = say[language]
  const lines = told.flatMap((one) => {
    const text = toldLine(one, language, desk.zone, now)
    return text === undefined
      ? []
      : [{ text, link: one.number === null ? undefined : linkTo(one.conversationId) }]
  })
  const [first] = lines
  const count = lines.length + more
  const name = desk.name[language]
  return {
    subject:
      count === 1 && first
        ? speak('escalation.one', { desk: name, line: first.text })
        : speak('escalation.many', { desk: name, count }),
    paragraphs: [
      ...lines.map(({ text, link }) => (link ? `${text}\n${link}` : text)),
      ...(more > 0 ? [speak('escalation.more', { count: more })] : []),
    ],
  }
}
