import { type Channel, type Desk, type DeskField, isMailed } from '../desk.ts'
import { understand } from '../faq/index.ts'
import { guessLanguage } from '../language.ts'
import type { Content, Said } from './content.ts'
import type { Open } from './deadline.ts'
import { learnedFrom } from './draft.ts'
import type { Effect } from './effect.ts'
import type { ConversationEvent, Mail } from './event.ts'
import { type MailedAnswer, mailedAnswer } from './mailedAnswer.ts'
import { missingFields } from './missingFields.ts'
import { register } from './register.ts'
import { rate, reopen } from './resolved.ts'
import { record, refuse, speak, visitorPosts } from './say.ts'
import { visitorAnswered } from './silence.ts'
import { judgeSolution } from './solving.ts'
import type { At, Conversation, Draft } from './state.ts'
import { after, type Step } from './step.ts'
import { isReopenable } from './ticket.ts'
import { sayUnsupported } from './unsupported.ts'

type Mailed = Extract<ConversationEvent, { type: 'visitor.mailed' }>

/** The letter's words under its subject, as far as it has them. */
const wholeText = ({ subject, text }: Mail): string => [subject, text].filter(Boolean).join('\n\n')

/** The letter's words; those of its subject when it has no others and the thread is called otherwise. */
const ownText = ({ subject, text }: Mail, state: Conversation): string =>
  text || (subject === state.mail?.subject ? '' : subject)

/** The letter in the thread: the words, then each file; what is not kept is said. */
function posted(desk: Desk, mail: Mail, text: string): readonly Effect[] {
  const contents: readonly Content[] = [
    ...(text ? [{ kind: 'text' as const, text }] : []),
    ...mail.files.map((file) => ({ kind: 'file' as const, file })),
  ]
  return [
    ...contents.map(visitorPosts),
    ...[...new Set(mail.refused)].flatMap((what) => [
      visitorPosts({ kind: 'unsupported', what }),
      sayUnsupported(desk, what),
    ]),
  ]
}

/** By what later letters find the thread, in the language that the letter is surely written in. */
function inThread<C extends Conversation>(state: C, mail: Mail): C {
  if (!isMailed(state.channel)) return state
  const guess = guessLanguage(mail.text || mail.subject)
  const first = state.mail === undefined && state.channel === 'email'
  const follows = !state.languageChosen && (guess.certain || first)
  return {
    ...state,
    ...(follows && { language: guess.language }),
    mail: { subject: state.mail?.subject || mail.subject, lastId: mail.id, to: mail.to },
  }
}

/** What the letter tells of its sender; their address is where they are reached. */
function drafted(desk: Desk, state: Conversation, mail: Mail): Draft {
  const { fields } = desk.identification
  const { address, name } = mail.from
  // whatever addresses its words name: answers go to this one, and who writes from another is somebody else
  const known = { ...learnedFrom(fields, state.known, '', { email: address }), ...state.known }
  const values = {
    ...learnedFrom(fields, known, wholeText(mail), name ? { fullName: name } : {}),
    ...known,
  }
  const subject = desk.request.fields.find(({ id, kind }) => id === 'subject' && kind === 'text')
  const titled = subject && mail.subject && mail.subject.length <= subject.maxLength
  return {
    values: titled ? { ...values, [subject.id]: mail.subject } : values,
    skipped: [],
    files: mail.files,
    question: (titled && mail.text) || wholeText(mail),
  }
}

/** So much of a letter is looked at for what it asks. */
const askedWithin = 500

/** The article that the letter is like, or those that it may be like (edoc regulation, §10 and §14). */
function fromArticles(desk: Desk, { subject, text }: Mail): readonly Effect[] {
  const found = [text, subject]
    .filter((words) => words !== '')
    .map((words) => understand(desk.faq, words.slice(0, askedWithin)))
    .filter(({ intent }) => intent === 'question')
  const { confident = false, results = [] } = found.find((one) => one.confident) ?? found[0] ?? {}
  const [best] = results
  if (!best) return []
  return confident
    ? [record({ type: 'articleShown', article: best.id }), speak('mail.article', { article: best.id })]
    : [speak('mail.suggest', { articles: results.map(({ id }) => id) })]
}

/** Whether a text seems to tell of a field, by words that the desk names. */
function mentions(text: string, { mentionedBy = [] }: DeskField): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\d]+/u)
  return mentionedBy.some((begin) => words.some((word) => word.startsWith(begin)))
}

/** What the desk needs besides: a person reads the letter, so they need not be asked what it tells in its own words. */
function stillNeeded(desk: Desk, state: At<'waiting'>, mail: Mail): readonly Effect[] {
  const text = wholeText(mail)
  const [first, ...more] = missingFields(desk, state.ticket)
    .filter((field) => field.kind !== 'choice' && field.kind !== 'files' && !mentions(text, field))
    .map(({ id }) => id)
  return first === undefined
    ? []
    : [speak('mail.missing', { form: { fields: [first, ...more], asking: first, values: {} } })]
}

/**
 * A letter is a request at once (edoc regulation, §8): it has a number and its clocks from the moment it came, and the
 * answer says when a person will, names the article it is like, and asks for what is missing.
 */
function registerMail(desk: Desk, state: Conversation, event: Mailed, lead: readonly Said[] = []): Step {
  const { mail } = event
  if (!wholeText(mail) && mail.files.length === 0)
    return [state, [...posted(desk, mail, ''), speak('mail.empty')]]
  const step = register(desk, state, drafted(desk, state, mail), event)
  const [next] = step
  if (next.stage !== 'waiting') return step
  const [, effects] = step
  return [
    next,
    [
      ...posted(desk, mail, wholeText(mail)),
      ...(mail.namesRequest === undefined
        ? []
        : [record({ type: 'namesRequest', number: mail.namesRequest })]),
      ...(lead.length > 0 ? [speak(lead)] : []),
      ...effects,
      ...fromArticles(desk, mail),
      ...stillNeeded(desk, next, mail),
    ],
  ]
}

/** What a letter means; one with files is always more than a word. */
const meaning = (mail: Mail, state: Conversation): MailedAnswer =>
  mail.files.length + mail.refused.length === 0 ? mailedAnswer(ownText(mail, state)) : { kind: 'words' }

/**
 * A letter to an open request is the visitor's word. Who wrote it can be forged, so only one that answers a letter of
 * ours confirms a solution, or tells of the person what was missing.
 */
function whileOpen(desk: Desk, state: Open, { mail, at }: Mailed): Step {
  const words = posted(desk, mail, ownText(mail, state))
  const { kind } = mail.answersOurs ? meaning(mail, state) : { kind: 'words' as const }
  const verdict =
    kind === 'helped' || kind === 'notHelped'
      ? judgeSolution(desk, state, kind === 'helped' ? 'resolved' : 'notResolved', at)
      : undefined
  if (verdict) return after(words, verdict)
  const { values } = state.ticket
  const told = mail.answersOurs ? learnedFrom(desk.identification.fields, values, mail.text) : {}
  const ticket =
    Object.keys(told).length > 0 ? { ...state.ticket, values: { ...told, ...values } } : state.ticket
  const [answered, effects] = visitorAnswered(desk, state.channel, ticket, at)
  return [{ ...state, known: { ...told, ...state.known }, ticket: answered }, [...words, ...effects]]
}

const thanksFor = (channel: Channel, stars: number) => {
  if (!isMailed(channel)) return 'resolved.thanks'
  return stars <= 3 ? 'mail.ratedLow' : 'mail.rated'
}

/**
 * A letter after the end rates, thanks, or brings the request back; too late for that, it is a new one. Only one that
 * answers a letter of ours rates: stars of who knows no more than the number are left alone.
 */
function whileOver(desk: Desk, state: At<'resolved'>, event: Mailed): Step {
  const { mail, at } = event
  const words = posted(desk, mail, ownText(mail, state))
  const answer = meaning(mail, state)
  if (answer.kind === 'rating') {
    if (!mail.answersOurs) return [state, words]
    const { commenting: _, ...rated } = rate(state, answer.stars)[0] as At<'resolved'>
    return [
      answer.comment ? { ...rated, ticket: { ...rated.ticket, comment: answer.comment } } : rated,
      [
        ...words,
        record({ type: 'rated', stars: answer.stars }),
        ...(answer.comment ? [record({ type: 'commented' })] : []),
        speak(thanksFor(state.channel, answer.stars)),
      ],
    ]
  }
  if (answer.kind === 'helped' || answer.kind === 'thanks') return [state, words]
  const { number } = state.ticket
  return isReopenable(desk, state.ticket, at) || !isMailed(state.channel)
    ? after(words, reopen(desk, state, at))
    : registerMail(desk, state, event, [{ key: 'mail.newFrom', params: { before: number } }])
}

/**
 * A letter came. On a channel that is not e-mail it answers one of our letters about a request, and is a word in its
 * thread; without a request it has no place there.
 */
export function mailed(desk: Desk, before: Conversation, event: Mailed): Step {
  const [next, effects] = taken(desk, before, event)
  return [next, event.mail.quiet ? effects.filter((effect) => !isSaid(effect)) : effects]
}

/** What the assistant says. */
const isSaid = (effect: Effect): boolean =>
  effect.type === 'post' &&
  effect.message.author.kind === 'assistant' &&
  effect.message.content.kind === 'said'

function taken(desk: Desk, before: Conversation, event: Mailed): Step {
  const state = inThread(before, event.mail)
  switch (state.stage) {
    case 'waiting':
    case 'live':
      return whileOpen(desk, state, event)
    case 'resolved':
      return whileOver(desk, state, event)
    default:
      return isMailed(state.channel)
        ? registerMail(desk, state, event)
        : [before, [refuse('refusal.noTicket')]]
  }
}
