import type { Activity } from './conversation/content.ts'
import type { Instant } from './conversation/instant.ts'
import type { StoredMessage } from './conversation/render.ts'
import type { Conversation } from './conversation/state.ts'
import type { Metric } from './desk.ts'

/** What supervisors may be told outside the console: a desk's settings say which of it. */
export const occasions = ['breach', 'warning', 'insult', 'unattended'] as const
export type Occasion = (typeof occasions)[number]

/** What the console alerts people of. */
export const alertKinds = [
  'warning',
  'breach',
  'warnedForInsult',
  'endedForInsult',
  'unattended',
  'silenceOver',
  'passedOnDue',
  'postponementOver',
  'solutionFailed',
  'reopened',
] as const
export type AlertKind = (typeof alertKinds)[number]

/** Something in a conversation that people are to look at, by the seq of the activity that says so. */
export type Alert = {
  readonly seq: number
  readonly kind: AlertKind
  /** Null when the conversation has no request yet. */
  readonly number: number | null
  /** The operator whose conversation it is, or was before this. */
  readonly operatorId: string | null
  readonly metric: Metric | null
  /** The working minutes that have passed, of a warning. */
  readonly minutes: number | null
  /** When the promise was due. */
  readonly dueAt: Instant | null
  readonly at: Instant
}

/** Of these supervisors are told (edoc regulation, §16, for insults); of the others only who has the conversation. */
const occasionByKind: Partial<Record<AlertKind, Occasion>> = {
  warning: 'warning',
  breach: 'breach',
  warnedForInsult: 'insult',
  endedForInsult: 'insult',
  unattended: 'unattended',
}

/** What supervisors are told of by an alert; undefined: nothing. */
export const occasionOf = (kind: AlertKind): Occasion | undefined => occasionByKind[kind]

/** Whether the operator who has the conversation is told; the rest they did themselves. */
export const isForOperator = (kind: AlertKind): boolean => {
  const occasion = occasionOf(kind)
  return occasion === undefined || occasion === 'breach' || occasion === 'warning'
}

const kindByActivity: Partial<Record<Activity['type'], AlertKind>> = {
  warned: 'warnedForInsult',
  endedBy: 'endedForInsult',
  ended: 'endedForInsult',
  unattended: 'unattended',
  silenceOver: 'silenceOver',
  passedOnDue: 'passedOnDue',
  postponementOver: 'postponementOver',
  solutionFailed: 'solutionFailed',
  reopened: 'reopened',
}

const promise = /^(firstResponse|nextResponse|resolution)(Warning|Breached)$/

type Told = Pick<Alert, 'kind' | 'metric' | 'minutes' | 'dueAt'>

function toldOf(activity: Activity): Told | undefined {
  const [, metric, what] = promise.exec(activity.type) ?? []
  if (metric && 'dueAt' in activity)
    return {
      kind: what === 'Breached' ? 'breach' : 'warning',
      metric: metric as Metric,
      minutes: 'minutes' in activity ? activity.minutes : null,
      dueAt: activity.dueAt ?? null,
    }
  const kind = kindByActivity[activity.type]
  return kind && { kind, metric: null, minutes: null, dueAt: null }
}

const operatorOf = (state: Conversation) => ('operator' in state ? state.operator.id : null)
const numberOf = (state: Conversation) => ('ticket' in state ? state.ticket.number : null)

/** What people are alerted of by one event of a conversation: by the activities it put down in the history. */
export function alertsOf(
  before: Conversation,
  after: Conversation,
  messages: readonly StoredMessage[],
): readonly Alert[] {
  return messages.flatMap(({ seq, at, content }) => {
    const told = content.kind === 'activity' ? toldOf(content.activity) : undefined
    if (!told) return []
    return [
      {
        ...told,
        seq,
        at,
        number: numberOf(after) ?? numberOf(before),
        operatorId: operatorOf(after) ?? operatorOf(before),
      },
    ]
  })
}
