import type { Activity } from '../../engine/conversation/content.ts'
import type { Effect } from '../../engine/conversation/effect.ts'
import type { Channel, Desk } from '../../engine/desk.ts'
import { aigerim, play, type Talk } from './conversation.ts'

type Begun = { readonly channel?: Channel; readonly at?: string; readonly desk?: Desk }

/** A visitor who asked for a person and told nothing: a request in the queue, of Monday 10:00 if not told when. */
export function waiting({ channel = 'widget', at, desk }: Begun = {}): Talk {
  const talk = play(channel, 'ru', at, desk)
  talk.happen({ type: 'visitor.started' })
  talk.presses('operator')
  talk.presses('connectNow')
  if (talk.state.stage !== 'waiting') throw new Error(`not registered, but ${talk.state.stage}`)
  return talk
}

/** The same, taken by Айгерім at once. */
export function live(begun?: Begun): Talk {
  const talk = waiting(begun)
  talk.happen({ type: 'operator.took', operator: aigerim })
  return talk
}

/** The same, and she has said hello. */
export function answered(begun?: Begun): Talk {
  const talk = live(begun)
  talk.happen({ type: 'operator.replied', operator: aigerim, text: 'Здравствуйте!' })
  return talk
}

/** What effects write into the history, and who reads it. */
export const recordsOf = (
  effects: readonly Effect[],
): readonly (Activity & { readonly for: 'everyone' | 'operators' })[] =>
  effects.flatMap((effect) =>
    effect.type === 'post' && effect.message.content.kind === 'activity'
      ? [{ ...effect.message.content.activity, for: effect.message.audience }]
      : [],
  )
