import { signal } from '@preact/signals'
import type { WireMarks, WireMessage } from '../../engine/wire.ts'
import type { ConversationDetail } from '../../engine/wireConsole.ts'
import { firstUnreadSeq, lastSeqOf, lastVisitorSeq, merged } from '../logic/thread.ts'
import type { Words } from '../words.ts'
import type { Live } from './live.ts'

export type OpenThread = {
  readonly status: 'open'
  readonly id: string
  readonly detail: Omit<ConversationDetail, 'messages' | 'hasEarlier'>
  readonly messages: readonly WireMessage[]
  readonly hasEarlier: boolean
  /** Where the unread part began when the conversation was opened. */
  readonly firstUnread: number | undefined
}

export type Thread =
  | { readonly status: 'none' }
  | { readonly status: 'opening'; readonly id: string }
  | { readonly status: 'failed'; readonly id: string; readonly text: string }
  | OpenThread

const typingLasts = 4_000

/** The one opened conversation, kept whole through lost connections and changes of language. */
export function createThreads(live: () => Live | undefined, words: () => Words) {
  const thread = signal<Thread>({ status: 'none' })
  const visitorTyping = signal(false)
  const loadingEarlier = signal(false)
  let typingEnds: ReturnType<typeof setTimeout> | undefined
  let readUpTo = 0
  let asking = 0

  const openOf = (id: string): OpenThread | undefined => {
    const now = thread.value
    return now.status === 'open' && now.id === id ? now : undefined
  }
  const stopTyping = () => {
    clearTimeout(typingEnds)
    visitorTyping.value = false
  }

  /** Opens, or opens again: what is known stays in view until the fresh copy is here. */
  async function load(id: string, keepMessages: boolean) {
    const connection = live()
    if (!connection) return
    const turn = ++asking
    const answer = await connection.open(id).catch(() => undefined)
    if (turn !== asking) return
    const known = openOf(id)
    if (!answer) {
      if (!known) thread.value = { status: 'failed', id, text: words()('thread.openFailed') }
      return
    }
    if (!answer.ok) {
      thread.value = { status: 'failed', id, text: answer.refusal.text }
      return
    }
    const { messages, hasEarlier, ...detail } = answer.detail
    const since = known && keepMessages ? lastSeqOf(known.messages) : 0
    const missed = since > 0 ? await connection.after(id, since).catch(() => undefined) : undefined
    if (turn !== asking) return
    const before = since > 0 ? openOf(id) : undefined
    thread.value = {
      status: 'open',
      id,
      detail,
      messages: before && missed ? merged(before.messages, [...messages, ...missed.messages]) : messages,
      hasEarlier: before && missed ? before.hasEarlier : hasEarlier,
      firstUnread: known ? known.firstUnread : firstUnreadSeq(messages, detail.marks.operatorRead),
    }
  }

  return {
    thread,
    visitorTyping,
    loadingEarlier,
    open: (id: string) => {
      const now = thread.value
      if (now.status !== 'none' && now.id === id && now.status !== 'failed') return
      stopTyping()
      readUpTo = 0
      thread.value = { status: 'opening', id }
      void load(id, false)
    },
    close: () => {
      asking++
      stopTyping()
      if (thread.value.status !== 'none') live()?.close()
      thread.value = { status: 'none' }
    },
    /** After a reconnection: everything that was missed comes in. */
    catchUp: () => {
      const now = thread.value
      readUpTo = 0
      if (now.status !== 'none') void load(now.id, true)
    },
    /** After the screen's language changed: the server words everything anew. */
    reword: () => {
      const now = thread.value
      if (now.status !== 'none') void load(now.id, false)
    },
    earlier: async () => {
      const now = thread.value
      const first = now.status === 'open' ? now.messages[0] : undefined
      if (now.status !== 'open' || !first || loadingEarlier.value) return
      loadingEarlier.value = true
      const page = await live()
        ?.earlier(now.id, first.seq)
        .catch(() => undefined)
      loadingEarlier.value = false
      const still = openOf(now.id)
      if (page && still)
        thread.value = {
          ...still,
          messages: merged(still.messages, page.messages),
          hasEarlier: page.hasEarlier,
        }
    },
    received: (id: string, messages: readonly WireMessage[]) => {
      const now = openOf(id)
      if (!now) return
      if (messages.some((message) => message.author.kind === 'visitor')) stopTyping()
      thread.value = { ...now, messages: merged(now.messages, messages) }
    },
    detailed: (detail: OpenThread['detail']) => {
      const now = openOf(detail.row.conversationId)
      if (now) thread.value = { ...now, detail }
    },
    marked: (id: string, marks: WireMarks) => {
      const now = openOf(id)
      if (now) thread.value = { ...now, detail: { ...now.detail, marks } }
    },
    typing: (id: string) => {
      if (!openOf(id)) return
      clearTimeout(typingEnds)
      visitorTyping.value = true
      typingEnds = setTimeout(stopTyping, typingLasts)
    },
    /** The newest words are on the screen of somebody who looks at it: told to the server once. */
    seen: () => {
      const now = thread.value
      if (now.status !== 'open') return
      const seq = lastVisitorSeq(now.messages)
      if (seq <= Math.max(readUpTo, now.detail.marks.operatorRead)) return
      readUpTo = seq
      live()?.read(now.id, lastSeqOf(now.messages))
    },
  }
}
