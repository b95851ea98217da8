import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderMessage } from '../../../engine/conversation/render.ts'
import { languages } from '../../../engine/language.ts'
import { texts, walk, walked } from '../../support/anyTalk.ts'
import { play } from '../../support/conversation.ts'

describe('whatever happens, in any order', () => {
  it('no event throws, and every message can be read in both languages by both sides', () => {
    fc.assert(
      fc.property(walk, (way) => {
        const { messages } = walked(way)
        for (const [seq, message] of messages.entries())
          for (const language of languages)
            for (const side of ['visitor', 'operator'] as const)
              renderMessage(
                way.desk,
                { language, side, channel: way.channel },
                { ...message, seq, eventId: 'e', at: '2026-11-23T05:00:00.000Z' },
              )
      }),
      { numRuns: 300 },
    )
  })

  it('the state survives being stored', () => {
    fc.assert(
      fc.property(walk, (way) => {
        const { state } = walked(way)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
    )
  })

  it('a person can be reached from every stage: asking at most three times registers a request', () => {
    fc.assert(
      fc.property(walk, (way) => {
        const talk = walked(way)
        for (let tries = 0; tries < 3 && !['waiting', 'live'].includes(talk.state.stage); tries++)
          talk.presses('operator')
        expect(['waiting', 'live']).toContain(talk.state.stage)
      }),
      { numRuns: 300 },
    )
  })

  it('and by words alone, in both languages', () => {
    fc.assert(
      fc.property(walk, fc.constantFrom('позовите оператора', 'адам керек'), (way, words) => {
        const talk = walked(way)
        for (let tries = 0; tries < 3 && !['waiting', 'live'].includes(talk.state.stage); tries++) {
          if (talk.state.stage === 'resolved') talk.presses('reopen')
          else if (talk.state.stage === 'ended') talk.presses('new')
          else talk.writes(words)
        }
        expect(['waiting', 'live']).toContain(talk.state.stage)
      }),
      { numRuns: 300 },
    )
  })

  it('no visitor is left without an answer before an operator has the request', () => {
    fc.assert(
      fc.property(walk, fc.constantFrom(...texts), (way, text) => {
        const talk = walked(way)
        if (['waiting', 'live'].includes(talk.state.stage)) return
        const before = talk.messages.length
        talk.writes(text)
        expect(
          talk.messages
            .slice(before)
            .some(({ content }) => content.kind === 'said' || content.kind === 'activity'),
        ).toBe(true)
      }),
    )
  })

  it('notes for colleagues are never shown to the visitor, and nothing is waited for once a request is over', () => {
    fc.assert(
      fc.property(walk, (way) => {
        const { messages, state } = walked(way)
        const seen = messages.filter(({ audience }) => audience === 'everyone')
        expect(JSON.stringify(seen)).not.toContain('для своих')
        if (!('ticket' in state)) return
        const over = state.stage === 'resolved' || state.stage === 'ended'
        expect(state.ticket.outcome !== undefined).toBe(over)
        expect(state.ticket.resolvedAt !== undefined).toBe(over)
        if (!over) return
        expect(state.ticket).not.toHaveProperty('waitingFor')
        expect(state.ticket).not.toHaveProperty('postponed')
        expect(state.ticket).not.toHaveProperty('passedOn')
      }),
      { numRuns: 300 },
    )
  })

  it('the language switch works everywhere and changes nothing else of the stage', () => {
    fc.assert(
      fc.property(walk, fc.constantFrom(...languages), (way, language) => {
        const talk = walked(way)
        const { stage } = talk.state
        talk.happen({ type: 'visitor.switchedLanguage', language })
        expect(talk.state).toMatchObject({ stage, language })
      }),
    )
  })

  it("nothing but an operator's message to the visitor stops the first-response clock, and nothing restarts it", () => {
    fc.assert(
      fc.property(walk, ({ channel, language, path }) => {
        const talk = play(channel, language)
        for (const one of path) {
          const before = 'ticket' in talk.state ? talk.state.ticket : undefined
          talk.happen(one)
          const after = 'ticket' in talk.state ? talk.state.ticket : undefined
          if (!before || !after || before === after || before.number !== after.number) continue
          expect(after.clocks.firstResponse.startedAt).toBe(before.clocks.firstResponse.startedAt)
          // by e-mail the level and the priority decide how long it may take, and so does the desk
          if (
            after.level === before.level &&
            after.priority === before.priority &&
            one.type !== 'operator.movedToDesk'
          )
            expect(after.clocks.firstResponse.dueAt).toBe(before.clocks.firstResponse.dueAt)
          if (after.clocks.firstResponse.stoppedAt !== before.clocks.firstResponse.stoppedAt) {
            expect(before.clocks.firstResponse.stoppedAt).toBeUndefined()
            expect([
              'operator.replied',
              'operator.attached',
              'operator.askedForInformation',
              'operator.resolved',
              'operator.declined',
              'operator.postponed',
              'operator.warned',
            ]).toContain(one.type)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
