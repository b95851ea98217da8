import type { StoredMessage } from '../../engine/conversation/render.ts'
import type { Conversation } from '../../engine/conversation/state.ts'
import type { play } from './conversation.ts'

/** What one event led to, as the server sees it when it is stored. */
export type PlayedStep = {
  readonly before: Conversation
  readonly after: Conversation
  readonly messages: readonly StoredMessage[]
}

/** Follows a played conversation event by event; gives the steps since. */
export function stepsOf(talk: ReturnType<typeof play>): () => readonly PlayedStep[] {
  const steps: PlayedStep[] = []
  let seq = talk.messages.length
  talk.heard(({ before, after, at, eventId, posted }) => {
    steps.push({
      before,
      after,
      messages: posted.map((message) => ({ ...message, seq: ++seq, eventId, at })),
    })
  })
  return () => steps
}
