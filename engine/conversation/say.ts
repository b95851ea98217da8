import type { AssistantKey } from '../../locales/index.ts'
import type { Activity, Audience, Choice, ChoiceId, Content, Said } from './content.ts'
import type { Effect, Refusal } from './effect.ts'

type SaidContent = Extract<Content, { kind: 'said' }>

/** The assistant speaks to the visitor. */
export const speak = (
  say: AssistantKey | Said | readonly Said[],
  rest: Omit<SaidContent, 'kind' | 'say'> = {},
): Effect => ({
  type: 'post',
  message: {
    author: { kind: 'assistant' },
    audience: 'everyone',
    content: {
      kind: 'said',
      say: typeof say === 'string' ? [{ key: say }] : 'key' in say ? [say] : say,
      ...rest,
    },
  },
})

/** Puts down in the history what happened; `operators`: the visitor does not see it. */
export const record = (activity: Activity, audience: Audience = 'operators'): Effect => ({
  type: 'post',
  message: { author: { kind: 'assistant' }, audience, content: { kind: 'activity', activity } },
})

/** The visitor's own side of the thread. */
export const visitorPosts = (content: Content): Effect => ({
  type: 'post',
  message: { author: { kind: 'visitor' }, audience: 'everyone', content },
})

export const refuse = (key: AssistantKey, rest: Omit<Refusal, 'key'> = {}): Effect => ({
  type: 'refuse',
  refusal: { key, ...rest },
})

/** A button with the assistant's own words. */
export const choice = (id: ChoiceId, key: AssistantKey, primary = false): Choice => ({
  id,
  label: { key },
  ...(primary && { primary: true }),
})

export const askOperator = choice('operator', 'choice.operator')
export const goBack = choice('back', 'choice.back')
