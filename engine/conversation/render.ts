import { type AssistantKey, say } from '../../locales/index.ts'
import { type Channel, type Desk, type DeskField, isMailed, type Metric } from '../desk.ts'
import { type IdentityField, maskField, maskPersonalData } from '../identity/index.ts'
import type { Language } from '../language.ts'
import { toRichText } from '../richText.ts'
import type { WireChoice, WireContent, WireField, WireFile, WireMessage, WireRow } from '../wire.ts'
import { byLetter } from './byLetter.ts'
import type { Activity, Audience, Author, Choice, Content, Label, StoredFile } from './content.ts'
import { fieldOfValue, findAnyField, findField } from './draft.ts'
import { datedDueText, dueText } from './dueText.ts'
import type { Instant } from './instant.ts'
import { dayOfYearText, dayText } from './localDay.ts'
import { scopeLabel } from './preparedWords.ts'

/** A message as it is stored: the engine's content under a sequence number. */
export type StoredMessage = {
  readonly seq: number
  readonly eventId: string
  readonly at: Instant
  readonly author: Author
  readonly audience: Audience
  readonly content: Content
}

/** Who reads: their language decides the words, their side what they may see of personal data. */
export type Reader = {
  readonly language: Language
  readonly side: 'visitor' | 'operator'
  /** The channel of the conversation: a form is filled whole in the widget, field by field elsewhere. */
  readonly channel: Channel
}

const pictures: readonly string[] = ['image/png', 'image/jpeg']

export const wireFile = (file: StoredFile): WireFile => ({
  ...file,
  path: `/api/uploads/${file.id}`,
  image: pictures.includes(file.type),
})

/** Whether a value is masked wherever it need not be read in full. */
const isPersonalNumber = (field: DeskField): boolean => field.kind === 'iin'

/** What of a value stays hidden: nothing, personal numbers, or those in free text as well. */
type Hidden = 'nothing' | 'numbers' | 'numbersInText'

function shown(desk: Desk, language: Language, id: string, value: string, hidden: Hidden): WireRow {
  const field = fieldOfValue(desk, id, value)
  const option = field?.options?.find((one) => one.id === value)?.label[language]
  const masked = () => {
    if (!field || hidden === 'nothing') return value
    if (isPersonalNumber(field)) return maskField(field.kind as IdentityField, value)
    const free = field.kind === 'text' || field.kind === 'longText'
    return free && hidden === 'numbersInText' ? maskPersonalData(value) : value
  }
  return { field: id, label: field?.label[language] ?? id, value: option ?? masked() }
}

/** Values by field as rows with the desk's labels; personal numbers masked, for operators in free text too. */
export const rowsOf = (
  desk: Desk,
  language: Language,
  values: Readonly<Record<string, string>>,
  side: Reader['side'],
): readonly WireRow[] =>
  Object.entries(values).map(([id, value]) =>
    shown(desk, language, id, value, side === 'operator' ? 'numbersInText' : 'numbers'),
  )

const labelText = (desk: Desk, language: Language, label: Label): string => {
  if ('key' in label) return say[language](label.key, label.params)
  if ('article' in label) return desk.articles.get(label.article)?.[language].title ?? label.article
  if ('editing' in label)
    return say[language]('choice.edit', {
      label: findField(desk, label.editing)?.label[language] ?? label.editing,
    })
  if ('skipping' in label)
    return findField(desk, label.skipping)?.skip?.[language] ?? say[language]('choice.skip')
  return (
    findField(desk, label.field)?.options?.find(({ id }) => id === label.option)?.label[language] ??
    label.option
  )
}

/** What is said of a promise by the working time that has passed: minutes of a short one, whole hours of a long one. */
function waitedText(language: Language, metric: Metric, minutes: number): string {
  const speak = say[language]
  return minutes < 60
    ? speak(`activity.${metric}Warning`, { count: minutes })
    : speak(`activity.${metric}WarningHours`, { count: Math.floor(minutes / 60) })
}

const deskName = (desk: Desk, language: Language, id: string): string =>
  (desk.id === id ? desk : desk.others.get(id))?.name[language] ?? id

function activityText(desk: Desk, language: Language, activity: Activity, at: Instant): string {
  const speak = say[language]
  const due = (dueAt: Instant) => dueText(language, desk.zone, dueAt, at)
  switch (activity.type) {
    case 'registered':
    case 'namesRequest':
      return speak(`activity.${activity.type}`, { number: activity.number })
    case 'took':
    case 'resolved':
      return speak(`activity.${activity.type}`, { operator: activity.operator })
    case 'assigned':
    case 'returnedSilent':
    case 'returnedAway':
    case 'returnedLeft':
      return speak(`activity.${activity.type}`, { operator: activity.operator })
    case 'tookOver':
      return speak('activity.tookOver', { operator: activity.operator, from: activity.from })
    case 'movedToDesk':
      return speak('activity.movedToDesk', {
        desk: deskName(desk, language, activity.to),
        number: activity.number,
      })
    case 'movedToDeskBy': {
      const params = { operator: activity.operator, desk: deskName(desk, language, activity.to) }
      return activity.reason
        ? speak('activity.movedToDeskReason', { ...params, reason: activity.reason })
        : speak('activity.movedToDeskBy', params)
    }
    case 'transferred':
      return speak('activity.transferred', { to: activity.to })
    case 'transferredBy':
      return activity.reason
        ? speak('activity.transferReason', { from: activity.from, to: activity.to, reason: activity.reason })
        : speak('activity.transferredFrom', { from: activity.from, to: activity.to })
    case 'declined': {
      const scope = desk.outOfScope.find(({ id }) => id === activity.scope)
      return speak('activity.declined', {
        operator: activity.operator,
        reason: scope
          ? `${speak(`decline.${activity.reason}`)} (${scopeLabel(scope, language)})`
          : speak(`decline.${activity.reason}`),
      })
    }
    case 'postponed':
      return activity.until
        ? speak('activity.postponedUntil', { day: dayText(language, activity.until) })
        : speak('activity.postponed')
    case 'postponedBy':
      return speak('activity.postponedBy', {
        operator: activity.operator,
        reason: speak(`postpone.${activity.reason}`),
      })
    case 'passedOn':
      return activity.dueOn
        ? speak('activity.passedOnUntil', { day: dayText(language, activity.dueOn) })
        : speak('activity.passedOn')
    case 'passedOnBy': {
      const params = { operator: activity.operator, to: speak(`passedTo.${activity.to}`) }
      return activity.note
        ? speak('activity.passedOnNote', { ...params, note: activity.note })
        : speak('activity.passedOnBy', params)
    }
    case 'warned':
    case 'endedBy':
      return speak(`activity.${activity.type}`, { operator: activity.operator })
    case 'rated':
      return speak('activity.rated', { stars: activity.stars })
    case 'consent':
      return speak(activity.given ? 'activity.consentGiven' : 'activity.consentRefused')
    case 'language':
      return speak(`activity.language.${activity.language}`)
    case 'firstResponseWarning':
    case 'nextResponseWarning':
    case 'resolutionWarning':
      return waitedText(language, activity.type.slice(0, -'Warning'.length) as Metric, activity.minutes)
    case 'offeredSolution':
    case 'closedUnansweredBy':
      return speak(`activity.${activity.type}`, { operator: activity.operator })
    case 'putDown':
      return speak(`activity.putDown.${activity.channel}`, { operator: activity.operator })
    case 'prioritised':
      return speak('activity.prioritised', {
        operator: activity.operator,
        priority: speak(`priority.${activity.priority}`),
      })
    case 'nextResponseStarted':
    case 'resolutionResumed':
      return speak(`activity.${activity.type}`, { due: due(activity.dueAt) })
    case 'replanned':
      return speak('activity.replanned', {
        metric: speak(`metric.${activity.metric}`),
        due: due(activity.dueAt),
        because: speak(`because.${activity.because}`),
      })
    case 'articleShown':
      return speak('activity.articleShown', {
        title: desk.articles.get(activity.article)?.[language].title ?? activity.article,
      })
    case 'revealed':
      return speak('activity.revealed', {
        operator: activity.operator,
        label: findAnyField(desk, activity.field)?.label[language] ?? activity.field,
      })
    case 'recognised': {
      const params = {
        organisation: activity.organisation,
        level: speak(`contract.level.${activity.level}`),
        day: dayOfYearText(language, activity.until),
      }
      return activity.operator
        ? speak('activity.recognisedBy', { ...params, operator: activity.operator })
        : speak('activity.recognised', params)
    }
    case 'unrecognised':
      return speak(`activity.unrecognised.${activity.why}`)
    case 'unrecognisedBy':
      return speak('activity.unrecognisedBy', { operator: activity.operator })
    case 'unreachable':
      return speak(`activity.unreachable.${activity.reason}`)
    default:
      return speak(`activity.${activity.type}`)
  }
}

const tones: Partial<Record<Activity['type'], 'warning' | 'breach' | 'good'>> = {
  firstResponseWarning: 'warning',
  firstResponseBreached: 'breach',
  firstResponseMet: 'good',
  nextResponseWarning: 'warning',
  nextResponseBreached: 'breach',
  nextResponseMet: 'good',
  resolutionWarning: 'warning',
  resolutionBreached: 'breach',
  resolutionMet: 'good',
  silenceOver: 'warning',
  solutionConfirmed: 'good',
  solutionFailed: 'warning',
  passedOnDue: 'warning',
  insult: 'warning',
  unreachable: 'warning',
  returnedSilent: 'warning',
  returnedAway: 'warning',
  returnedLeft: 'warning',
  unattended: 'warning',
  recognised: 'good',
  unrecognised: 'warning',
  resolved: 'good',
  declined: 'warning',
  warned: 'warning',
  endedBy: 'breach',
}

/** A field of a desk as a form shows it. */
export const wireField = (field: DeskField, language: Language, value?: string): WireField => ({
  id: field.id,
  kind: field.kind,
  label: field.label[language],
  question: field.question[language],
  required: field.required,
  maxLength: field.maxLength,
  ...(field.example && { example: field.example[language] }),
  ...(field.onlyWith && { onlyWith: field.onlyWith }),
  ...(field.skip && { skipLabel: field.skip[language] }),
  ...(field.options && { options: field.options.map(({ id, label }) => ({ id, label: label[language] })) }),
  ...(value !== undefined && { value }),
})

/** Buttons that answer one field have no place beside a form of several. */
const perField: readonly string[] = ['skip', 'keep', 'noFiles']

function renderSaid(
  desk: Desk,
  { language, channel, side }: Reader,
  content: Extract<Content, { kind: 'said' }>,
  at: Instant,
): WireContent {
  const speak = say[language]
  const always = {
    portal: desk.portal.name[language],
    complaints: desk.contacts.complaints,
    purpose: desk.identification.purpose[language],
  }
  const isLetter = isMailed(channel) && side === 'visitor'
  const dueIn = (dueAt: Instant) =>
    isLetter ? datedDueText(language, desk.zone, dueAt) : dueText(language, desk.zone, dueAt, at)
  const due = (params: Readonly<Record<string, string | number>> = {}) =>
    typeof params.due === 'string' ? { due: dueIn(params.due) } : {}
  const onDay = (params: Readonly<Record<string, string | number>> = {}) =>
    typeof params.day === 'string' ? { day: dayOfYearText(language, params.day) } : {}
  const elsewhere = (params: Readonly<Record<string, string | number>> = {}) => {
    const other = desk.others.get(String(params.otherDesk ?? ''))
    return other ? { otherName: other.name[language], otherUrl: other.portal.url } : {}
  }
  // the widget's card says all of it
  const onCard = content.ticket !== undefined && channel === 'widget' && side === 'visitor'
  const gone = content.article !== undefined && !desk.articles.has(content.article)
  const wordsFor = isLetter ? byLetter : (key: AssistantKey) => key
  const text = [
    ...(onCard ? [] : content.say).map(({ key, params, in: voice = language }) =>
      say[voice](wordsFor(key), {
        ...always,
        ...params,
        ...due(params),
        ...onDay(params),
        ...elsewhere(params),
      }),
    ),
    ...(content.outOfScope
      ? [desk.outOfScope.find(({ id }) => id === content.outOfScope)?.answer[language] ?? '']
      : []),
    ...(gone ? [speak('article.gone')] : []),
  ].join('\n')
  const { form, summary, ticket } = content
  const whole = channel === 'widget' && form !== undefined && form.fields.length > 1
  const choices = (content.choices ?? []).filter(({ id }: Choice) => !whole || !perField.includes(id))
  const article = content.article ? desk.articles.get(content.article) : undefined
  const fields = form?.fields.flatMap((id) => {
    const field = findField(desk, id)
    const value = side === 'visitor' ? form.values[id] : undefined
    return field ? [wireField(field, language, value)] : []
  })
  return {
    kind: 'said',
    text,
    ...(content.ask && { ask: speak(content.ask.key, { ...always, ...content.ask.params }) }),
    ...(choices.length > 0 && {
      choices: choices.map(
        ({ id, label, primary }): WireChoice => ({
          id,
          label: labelText(desk, language, label),
          primary: primary ?? false,
        }),
      ),
    }),
    ...(form && fields && { form: { fields, asking: form.asking, submitLabel: speak('form.submit') } }),
    ...(content.articles && {
      articles: content.articles.flatMap((id) => {
        const found = desk.articles.get(id)
        return found ? [{ id, title: found[language].title, choice: `article:${id}` as const }] : []
      }),
    }),
    ...(article && {
      article: { id: article.id, title: article[language].title, body: toRichText(article[language].body) },
    }),
    ...(summary && {
      summary: {
        rows: summary.fields.map((id) => {
          const field = findField(desk, id)
          const value = summary.values[id]
          if (field?.kind === 'files')
            return {
              field: id,
              label: field.label[language],
              value: summary.files.map(({ name }) => name).join(', ') || speak('summary.empty'),
            }
          return value === undefined
            ? { field: id, label: field?.label[language] ?? id, value: speak('summary.empty') }
            : shown(desk, language, id, value, side === 'operator' ? 'numbersInText' : 'nothing')
        }),
        files: summary.files.map(wireFile),
      },
    }),
    ...(ticket && {
      ticket: {
        ...ticket,
        dueText: dueIn(ticket.dueAt),
        aheadText: ticket.ahead === 0 ? speak('ticket.next') : speak('ticket.ahead', { count: ticket.ahead }),
      },
    }),
    ...(content.rating && { rating: true }),
  }
}

function renderContent(desk: Desk, reader: Reader, message: StoredMessage): WireContent {
  const { content } = message
  const { language } = reader
  const own =
    reader.side === 'operator' && message.author.kind === 'visitor'
      ? maskPersonalData
      : (text: string) => text
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: own(content.text) }
    case 'file':
      return { kind: 'file', file: wireFile(content.file), ...(content.text && { text: own(content.text) }) }
    case 'chose':
      return { kind: 'text', text: labelText(desk, language, content.label) }
    case 'answers':
      return { kind: 'answers', rows: rowsOf(desk, language, content.values, reader.side) }
    case 'edit':
      return {
        kind: 'activity',
        text: say[language]('activity.edited', { text: own(content.text) }),
        tone: 'plain',
      }
    case 'unsupported':
      return { kind: 'activity', text: say[language]('activity.unsupported'), tone: 'plain' }
    case 'activity':
      return {
        kind: 'activity',
        text: activityText(desk, language, content.activity, message.at),
        tone: tones[content.activity.type] ?? 'plain',
      }
    case 'said':
      return renderSaid(desk, reader, content, message.at)
  }
}

/** Words a stored message for its reader. Visitors never get what is for operators only: that is not asked here. */
export const renderMessage = (desk: Desk, reader: Reader, message: StoredMessage): WireMessage => ({
  seq: message.seq,
  eventId: message.eventId,
  at: message.at,
  author: message.author,
  audience: message.audience,
  content: renderContent(desk, reader, message),
})
