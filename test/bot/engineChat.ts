import type { Bot } from '../../bot/start.ts'
import type { ConversationEvent } from '../../engine/conversation/event.ts'
import { renderMessage } from '../../engine/conversation/render.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import { newConversation, transition } from '../../engine/conversation/transition.ts'
import type { Desk } from '../../engine/desk.ts'
import { say } from '../../locales/index.ts'
import { type MemoryPorts, memoryPorts } from './memoryPorts.ts'

type WithoutMoment<E> = E extends unknown ? Omit<E, 'at' | 'registration'> : never

export type EngineChat = {
  readonly ports: MemoryPorts
  /** To be given once the bot is there. */
  deliverBy: (bot: Bot) => void
  /** Somebody on the desk's side does something. */
  readonly act: (event: WithoutMoment<ConversationEvent>) => Promise<void>
  readonly state: () => Conversation
}

/** One chat's conversation, led by the real engine and kept in memory; what it says is delivered by the bot. */
export function engineChat(desk: Desk, chatId: number, at: string): EngineChat {
  const ports = memoryPorts()
  let state = newConversation('telegram')
  let bot: Bot | undefined
  let seq = 0
  let outbox: Promise<unknown> = Promise.resolve()

  function take(event: ConversationEvent) {
    const [next, effects] = transition(desk, state, event)
    if (effects.some(({ type }) => type === 'needContracts')) return take({ ...event, contracts: [] })
    if (effects.some(({ type }) => type === 'needRegistration')) {
      return take({ ...event, registration: { number: 1042, ahead: 0 } })
    }
    const refused = effects.find((effect) => effect.type === 'refuse')
    if (refused) return say[state.language](refused.refusal.key, refused.refusal.params)
    state = next
    const { language } = next
    for (const effect of effects) {
      if (effect.type !== 'post' || effect.message.audience !== 'everyone') continue
      seq += 1
      const message = { seq, eventId: event.id, at, ...effect.message }
      const { author, content } = renderMessage(
        desk,
        { language, side: 'visitor', channel: 'telegram' },
        message,
      )
      const id = String(seq)
      outbox = outbox.then(() => bot?.deliver({ id, chatId, language, author, content }))
    }
    return undefined
  }

  return {
    ports: {
      ...ports,
      accept: async (chat, event) => {
        if (seq === 0 && chat.language) state = newConversation('telegram', chat.language)
        const refusal = take({ ...event, at } as ConversationEvent)
        return refusal === undefined ? { ok: true } : { ok: false, refusal }
      },
      conversation: async () => ({ language: state.language, stage: state.stage }),
    },
    deliverBy: (by) => {
      bot = by
    },
    act: async (event) => {
      const refusal = take({ ...event, at } as ConversationEvent)
      if (refusal !== undefined) throw new Error(refusal)
      await outbox
    },
    state: () => state,
  }
}
