import { describe, expect, it } from 'vitest'
import { renderMessage } from '../../../engine/conversation/render.ts'
import { play } from '../../support/conversation.ts'
import { edoc } from '../../support/edoc.ts'
import { transcripts } from '../../support/transcripts.ts'

/** Plays one transcript through the engine on a channel; every step must hold. */
describe.each(['widget', 'telegram'] as const)('on %s', (channel) => {
  it.each(transcripts)('$name', ({ language, steps }) => {
    const talk = play(channel, language)
    talk.happen({ type: 'visitor.started' })
    const words = () =>
      talk.messages
        .filter(({ content }) => content.kind === 'said')
        .map(
          (message, seq) =>
            renderMessage(
              edoc,
              { language: talk.state.language, side: 'visitor', channel: 'telegram' },
              { ...message, seq, eventId: 'e', at: '2026-11-23T05:00:00.000Z' },
            ).content,
        )
    let heard = 0
    for (const step of steps) {
      const said = words()
      const fresh = said.slice(heard)
      const last = said.at(-1)
      if (last?.kind !== 'said') throw new Error('the assistant is silent')
      if ('writes' in step) {
        heard = said.length
        talk.writes(step.writes)
      } else if ('presses' in step) {
        const options = last.form?.fields.find(({ id }) => id === last.form?.asking)?.options ?? []
        const choice =
          last.choices?.find(({ label }) => label === step.presses)?.id ??
          options
            .filter(({ label }) => label === step.presses)
            .map(({ id }) => `option:${id}` as const)
            .at(0)
        if (step.presses === 'Маманды шақыру' && !choice) {
          heard = said.length
          talk.presses('operator')
          continue
        }
        expect(choice, `a button «${step.presses}» under «${last.text}»`).toBeDefined()
        heard = said.length
        if (choice) talk.presses(choice)
      } else if ('says' in step)
        expect(
          fresh.map((one) => (one.kind === 'said' ? `${one.text}\n${one.ask ?? ''}` : '')).join('\n'),
        ).toContain(step.says)
      else if ('asks' in step) expect(last.form?.asking).toBe(step.asks)
      else if ('summary' in step)
        expect(
          Object.fromEntries(last.summary?.rows.map(({ field, value }) => [field, value]) ?? []),
        ).toMatchObject(step.summary)
      else expect(talk.state.stage).toBe(step.stage)
    }
  })
})
