import { describe, expect, it } from 'vitest'
import type { Content } from '../../../engine/conversation/content.ts'
import { pushChannel, pushedOf } from '../../../engine/conversation/pushed.ts'

const assistant = { kind: 'assistant' } as const
const message = (
  seq: number,
  eventId: string,
  content: Content,
  rest: { author?: { kind: 'visitor' } | { kind: 'assistant' }; audience?: 'operators' } = {},
) => ({ seq, eventId, content, audience: 'everyone' as const, author: assistant, ...rest })

const words: Content = { kind: 'said', say: [{ key: 'asking.again' }] }
const thread = [
  message(1, 'a', { kind: 'text', text: 'Не работает' }, { author: { kind: 'visitor' } }),
  message(2, 'a', words),
  message(3, 'a', { kind: 'activity', activity: { type: 'insult' } }, { audience: 'operators' }),
  message(4, 'a', words),
  message(5, 'b', { kind: 'activity', activity: { type: 'took', operator: 'Тимур Ким' } }),
  message(6, 'c', { kind: 'activity', activity: { type: 'passedOn' } }),
]
const seqs = (channel: Parameters<typeof pushedOf>[0]) => pushedOf(channel, thread).map(({ seq }) => seq)

describe('what is pushed to the visitor’s channel', () => {
  it('is nothing where the channel fetches', () => expect(seqs('widget')).toEqual([]))

  it('is every message for the visitor in a Telegram chat, and nothing of theirs or of operators alone', () =>
    expect(seqs('telegram')).toEqual([2, 4, 5, 6]))

  it('is one letter for all that an event led to, and none for who has it in hand', () => {
    for (const channel of ['email', 'phone', 'letter'] as const) {
      expect(seqs(channel)).toEqual([2, 6])
      expect(pushChannel(channel)).toBe('email')
    }
  })
})
