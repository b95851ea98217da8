import type { FoundContract } from '../../engine/contract.ts'
import type { ChoiceId, Content, NewMessage } from '../../engine/conversation/content.ts'
import type { ContractWish, Effect, TimerName } from '../../engine/conversation/effect.ts'
import type { ConversationEvent } from '../../engine/conversation/event.ts'
import { atHome, begunAt } from '../../engine/conversation/moving.ts'
import { renderMessage } from '../../engine/conversation/render.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import { newConversation, transition } from '../../engine/conversation/transition.ts'
import type { Channel, Desk } from '../../engine/desk.ts'
import type { Language } from '../../engine/language.ts'
import type { WireContent } from '../../engine/wire.ts'
import { desks, edoc } from './edoc.ts'

type WithoutBase<E> = E extends unknown ? Omit<E, 'id' | 'at' | 'registration' | 'contracts'> : never
export type Happening = WithoutBase<ConversationEvent>

export const aigerim = { id: '00000000-0000-4000-8000-00000000000a', name: 'Айгерім Сәрсенова' }
export const timur = { id: '00000000-0000-4000-8000-00000000000b', name: 'Тимур Ким' }

function deskNamed(id: string): Desk {
  const desk = desks.get(id)
  if (!desk) throw new Error(`no desk ${id}`)
  return desk
}

export type PlayedEvent = {
  readonly before: Conversation
  readonly after: Conversation
  readonly at: string
  readonly eventId: string
  readonly posted: readonly NewMessage[]
}

/** A conversation that is played event by event, with what it has led to; nothing of it is stored. */
export function play(
  channel: Channel,
  language: Language,
  startAt = '2026-11-23T05:00:00.000Z',
  startDesk: Desk = edoc,
  contracts: (wish: ContractWish) => readonly FoundContract[] | 'tooOften' = () => [],
) {
  let desk = startDesk
  let state: Conversation = newConversation(channel, language)
  let now = startAt
  let count = 0
  let number = 1000
  const effects: Effect[] = []
  const timers = new Map<TimerName, string>()
  const messages: NewMessage[] = []
  const listeners: ((step: PlayedEvent) => void)[] = []

  function happen(event: Happening): readonly Effect[] {
    const full = { ...event, id: `event-${++count}`, at: now } as ConversationEvent
    let step = transition(desk, state, full)
    const asked = step[1].find(
      (effect) => effect.type === 'needRegistration' || effect.type === 'needContracts',
    )
    if (asked?.type === 'needContracts')
      step = transition(desk, state, { ...full, contracts: contracts(asked.wish) })
    if (asked?.type === 'needRegistration') {
      const found = asked.contract ? contracts(asked.contract) : []
      const registration = { number: ++number, ahead: 2, contracts: found === 'tooOften' ? [] : found }
      step = transition(desk, state, { ...full, registration })
    }
    const before = state
    const home = begunAt(step)
    if (home !== undefined) {
      desk = deskNamed(home)
      step = atHome(transition(desk, state, full))
    }
    state = step[0]
    effects.push(...step[1])
    const posted = step[1].flatMap((effect) => (effect.type === 'post' ? [effect.message] : []))
    for (const listener of listeners) listener({ before, after: state, at: now, eventId: full.id, posted })
    if (event.type === 'timer.fired') timers.delete(event.timer)
    for (const effect of step[1]) {
      if (effect.type === 'post') messages.push(effect.message)
      if (effect.type === 'setTimer') timers.set(effect.timer, effect.dueAt)
      if (effect.type === 'moveToDesk') desk = deskNamed(effect.desk)
      if (effect.type === 'cancelTimers') for (const timer of effect.timers) timers.delete(timer)
    }
    return step[1]
  }

  /** Time passes up to a moment: every deadline falls at its own, in their order. */
  function passes(until: string) {
    for (;;) {
      const [next] = [...timers].sort(([, a], [, b]) => (a < b ? -1 : 1))
      if (!next || next[1] > until) break
      now = next[1] > now ? next[1] : now
      happen({ type: 'timer.fired', timer: next[0], dueAt: next[1] })
    }
    now = until
  }

  const shown = (content: Content): WireContent =>
    renderMessage(
      desk,
      { language: state.language, side: 'visitor', channel: state.channel },
      { seq: 1, eventId: 'e', at: now, author: { kind: 'assistant' }, audience: 'everyone', content },
    ).content

  return {
    happen,
    /** Calls back after each event from now on. */
    heard: (listener: (step: PlayedEvent) => void) => void listeners.push(listener),
    writes: (text: string) => happen({ type: 'visitor.wrote', text }),
    presses: (choice: ChoiceId) => happen({ type: 'visitor.chose', choice }),
    fills: (values: Record<string, string>) => happen({ type: 'visitor.filled', values }),
    at(moment: string) {
      now = moment
    },
    passes,
    /** The deadlines that are set, by name. */
    get timers(): Readonly<Record<string, string>> {
      return Object.fromEntries(timers)
    },
    /** The desk it is at. */
    get desk() {
      return desk
    },
    get ticket() {
      if (!('ticket' in state)) throw new Error('no ticket')
      return state.ticket
    },
    /** What the history records, oldest first. */
    get history() {
      return messages.flatMap(({ content }) => (content.kind === 'activity' ? [content.activity] : []))
    },
    get state() {
      return state
    },
    get effects() {
      return effects
    },
    get messages() {
      return messages
    },
    /** What the assistant said last, as the visitor reads it. */
    get lastSaid() {
      const last = messages.findLast(({ content }) => content.kind === 'said')
      if (!last) throw new Error('the assistant has said nothing')
      return shown(last.content) as Extract<WireContent, { kind: 'said' }>
    },
    /** The ids of the buttons under what the assistant said last. */
    get buttons() {
      const last = messages.findLast(({ content }) => content.kind === 'said')
      return last?.content.kind === 'said' ? (last.content.choices ?? []).map(({ id }) => id) : []
    },
    /** The refusal of the last event, if it was refused. */
    refusalOf: (of: readonly Effect[]) => of.find((effect) => effect.type === 'refuse')?.refusal,
  }
}

export type Talk = ReturnType<typeof play>

/** Valid, and nobody's: made for tests. */
export const someone = {
  iin: '850412300125',
  fullName: 'Ахметов Расул Болатұлы',
  bin: '990140000384',
  contact: '+77011234567',
} as const
