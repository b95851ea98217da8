import { batch, effect } from '@preact/signals'
import { io, type Socket } from 'socket.io-client'
import type { Language } from '../engine/language.ts'
import type { WireAck, WireContent, WireMessage } from '../engine/wire.ts'
import type {
  VisitorAction,
  VisitorClientEvents,
  VisitorServerEvents,
  VisitorState,
  VisitorWelcome,
} from '../engine/wireVisitor.ts'
import { createOutbox, type Entry, type Outbox, type Refused } from './outbox.ts'
import type { Page } from './page.ts'
import {
  hasEarlier,
  isOpen,
  isVisible,
  keep,
  lastSeq,
  link,
  loadingEarlier,
  marks,
  messages,
  operatorTyping,
  refused,
  desk as shownDesk,
  state,
  waiting,
} from './store.ts'
import { adoptOrphans, liveAs } from './tabs.ts'
import { mergeMessages } from './thread.ts'
import { uuid } from './uuid.ts'
import { language, speak } from './words.ts'

/** An act without the id, which is made here. */
type Act = VisitorAction extends infer A ? (A extends VisitorAction ? Omit<A, 'id'> : never) : never

export type Connection = {
  /** Does something in the conversation, now or as soon as the server can be reached; gives the act's id. */
  readonly act: (act: Act, shown?: WireContent) => string
  /** Sends a refused act again, as a new one. */
  readonly retry: (entry: Refused) => void
  readonly forget: (entry: Refused) => void
  readonly typing: () => void
  readonly loadEarlier: () => void
  readonly switchLanguage: (next: Language) => void
  /** The key to this conversation, for uploads and downloads. */
  readonly token: () => string
}

const ackPatience = 8_000
const typingLasts = 4_000
const typingEvery = 3_000
const unreachableAfter = 6_000

/**
 * Joins the conversation and keeps it joined. `onSettled` hears the answer to every act: a form uses it to show
 * what was wrong with it.
 */
export function connect(page: Page, onSettled: (entry: Entry, answer: WireAck) => void): Connection {
  const tokenKey = `komekshi.${page.desk}.token`
  const outboxes = `komekshi.${page.desk}.outbox.`
  const ownOutbox = outboxes + uuid()
  const locks = (navigator as { locks?: LockManager }).locks
  let token = keep.get(tokenKey)
  let wordedIn: Language | undefined
  let typedAt = 0
  let typingTimer: ReturnType<typeof setTimeout> | undefined
  let delivered = 0
  let read = 0

  const socket: Socket<VisitorServerEvents, VisitorClientEvents> = io('/visitor', {
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    auth: (give) => {
      token = keep.get(tokenKey) ?? token
      give({
        desk: page.desk,
        language: page.language,
        ...(token && { token }),
        ...(state.value && { after: lastSeq.value }),
      })
    },
  })

  const outbox: Outbox = createOutbox({
    keep,
    key: ownOutbox,
    patience: ackPatience,
    send: (action, ack) => socket.emit('act', action, ack),
    later: (work, milliseconds) => {
      const timer = setTimeout(work, milliseconds)
      return () => clearTimeout(timer)
    },
    changed: (entries) => {
      waiting.value = entries
    },
    settled: (entry, answer) => {
      if (!answer.ok && entry.shown && entry.action.type !== 'filled')
        refused.value = [...refused.value, { ...entry, refusal: answer.refusal }]
      if (answer.ok && entry.action.type === 'switchedLanguage') sayAgain(entry.action.language)
      onSettled(entry, answer)
    },
    unanswered: (times) => {
      if (times > 1) socket.io.engine?.close()
    },
  })

  const act = (action: Act, shown?: WireContent): string => {
    const id = uuid()
    outbox.add({
      action: { ...action, id } as VisitorAction,
      at: new Date().toISOString(),
      ...(shown && { shown }),
    })
    return id
  }

  function sayAgain(next: Language) {
    if (wordedIn === next) return
    wordedIn = next
    socket.emit('again', (answer) => {
      const last = answer.messages.at(-1)?.seq ?? 0
      batch(() => {
        messages.value = mergeMessages(
          answer.messages,
          messages.value.filter(({ seq }) => seq > last),
        )
        hasEarlier.value = answer.hasEarlier
      })
    })
  }

  function take(incoming: readonly WireMessage[]) {
    messages.value = mergeMessages(messages.value, incoming)
    if (incoming.some(({ author }) => author.kind === 'operator')) operatorTyping.value = false
  }

  function follow(next: VisitorState) {
    state.value = next
    if (outbox.waiting().some(({ action }) => action.type === 'switchedLanguage')) return
    void speak(next.language)
    sayAgain(next.language)
  }

  function welcome(answer: VisitorWelcome) {
    const elsewhere = keep.get(tokenKey)
    if (elsewhere && elsewhere !== token && elsewhere !== answer.token) {
      socket.disconnect().connect()
      return
    }
    token = answer.token
    keep.set(tokenKey, token)
    const known = state.value?.conversationId === answer.state.conversationId
    batch(() => {
      if (!known) {
        messages.value = []
        hasEarlier.value = answer.hasEarlier
        wordedIn = answer.state.language
      }
      shownDesk.value = answer.desk
      marks.value = answer.marks
      delivered = answer.marks.visitorDelivered
      read = answer.marks.visitorRead
      take(answer.messages)
      link.value = 'online'
      follow(answer.state)
    })
    outbox.open()
    void adoptOrphans(keep, outboxes, ownOutbox, locks, outbox.adopt).catch(() => {})
  }

  socket.on('welcome', welcome)
  socket.on('messages', take)
  socket.on('state', (next) => {
    if (state.value && next.conversationId !== state.value.conversationId) socket.disconnect().connect()
    else follow(next)
  })
  socket.on('desk', (next) => {
    shownDesk.value = next
  })
  socket.on('marks', (next) => {
    marks.value = next
  })
  socket.on('typing', () => {
    operatorTyping.value = true
    clearTimeout(typingTimer)
    typingTimer = setTimeout(() => {
      operatorTyping.value = false
    }, typingLasts)
  })
  const lost = () => {
    outbox.shut()
    operatorTyping.value = false
    if (link.value === 'online') link.value = 'offline'
    if (!socket.active) setTimeout(() => socket.connect(), 2_000)
  }
  socket.on('disconnect', (reason) => {
    if (reason !== 'io client disconnect') lost()
    else outbox.shut()
  })
  socket.on('connect_error', lost)
  setTimeout(() => {
    if (link.value === 'connecting') link.value = 'unreachable'
  }, unreachableAfter)
  window.addEventListener('online', () => {
    if (!socket.connected) socket.disconnect().connect()
  })

  effect(() => {
    const last = lastSeq.value
    if (link.value !== 'online' || !last) return
    if (last > delivered) {
      delivered = last
      socket.emit('delivered', last)
    }
    if (last > read && isOpen.value && isVisible.value) {
      read = last
      socket.emit('read', last)
      marks.value = { ...marks.peek(), visitorDelivered: last, visitorRead: last }
    }
  })
  liveAs(ownOutbox, locks)

  return {
    act,
    retry(entry) {
      refused.value = refused.value.filter((other) => other !== entry)
      const { id: _, ...action } = entry.action
      act(action as Act, entry.shown)
    },
    forget(entry) {
      refused.value = refused.value.filter((other) => other !== entry)
    },
    typing() {
      const now = Date.now()
      if (link.value !== 'online' || now - typedAt < typingEvery) return
      typedAt = now
      socket.volatile.emit('typing')
    },
    loadEarlier() {
      const first = messages.value[0]
      if (loadingEarlier.value || !hasEarlier.value || !first || link.value !== 'online') return
      loadingEarlier.value = true
      socket.timeout(ackPatience).emit('earlier', first.seq, (failed, answer) => {
        batch(() => {
          loadingEarlier.value = false
          if (failed) return
          messages.value = mergeMessages(answer.messages, messages.value)
          hasEarlier.value = answer.hasEarlier
        })
      })
    },
    switchLanguage(next) {
      if (next === language.value) return
      void speak(next)
      act({ type: 'switchedLanguage', language: next })
    },
    token: () => token ?? '',
  }
}
