import { describe, expect, it } from 'vitest'
import { isTold } from '../../../engine/conversation/pushed.ts'
import { renderMessage } from '../../../engine/conversation/render.ts'
import type { Desk } from '../../../engine/desk.ts'
import type { Language } from '../../../engine/language.ts'
import { aigerim, play, type Talk, timur } from '../../support/conversation.ts'
import { desks, edoc } from '../../support/edoc.ts'
import { mails } from '../../support/mail.ts'

/* What letters say, in all that may become of a request by e-mail, read by whoever gets them. */

const monday = '2026-11-23T05:00:00.000Z'
const cryptopro = desks.get('cryptopro') as Desk
const first = { ru: 'Не могу войти на портал.', kk: 'Порталға кіре алмай жатырмын, көмектесіңізші.' }

/** What the visitor was told since, message by message. */
function toldBy(talk: Talk, desk: Desk, language: Language, happens: () => void): readonly string[] {
  const before = talk.messages.length
  happens()
  return talk.messages.slice(before).flatMap((message, at) => {
    const stored = { seq: at + 1, eventId: 'event', at: monday, ...message }
    if (!isTold('email', stored)) return []
    const { content } = renderMessage(desk, { language, side: 'visitor', channel: 'email' }, stored)
    return content.kind === 'said' || content.kind === 'text' || content.kind === 'activity'
      ? [content.text ?? '', ...(content.kind === 'said' && content.ask ? [content.ask] : [])]
      : []
  })
}

type Case = readonly [name: string, desk: Desk, happens: (talk: Talk, language: Language) => void]

const operator = aigerim
const took = (talk: Talk) => talk.happen({ type: 'operator.took', operator })
const replied = (talk: Talk) => {
  took(talk)
  talk.happen({ type: 'operator.replied', operator, text: '…' })
}
const late = (talk: Talk) => talk.at('2026-11-25T05:00:00.000Z')

const cases: readonly Case[] = [
  ['a file that is too large', edoc, (talk) => mails(talk, '…', { refused: ['tooLarge'] })],
  ['a file of another kind', edoc, (talk) => mails(talk, '…', { refused: ['refusedFile'] })],
  ['too many files', edoc, (talk) => mails(talk, '…', { refused: ['tooMany'] })],
  [
    'nobody is there, and the promise is broken',
    edoc,
    (talk) => {
      late(talk)
      talk.happen({ type: 'desk.unattended' })
    },
  ],
  [
    'moved to another desk',
    edoc,
    (talk) => {
      took(talk)
      talk.happen({ type: 'operator.movedToDesk', operator, to: cryptopro })
    },
  ],
  [
    'moved when a person has answered',
    edoc,
    (talk) => {
      replied(talk)
      talk.happen({ type: 'operator.movedToDesk', operator, to: cryptopro })
    },
  ],
  [
    'declined',
    edoc,
    (talk) => {
      took(talk)
      talk.happen({ type: 'operator.declined', operator, text: '…', reason: 'notUnderstandable' })
    },
  ],
  [
    'postponed',
    edoc,
    (talk) => {
      took(talk)
      talk.happen({ type: 'operator.postponed', operator, text: '…', reason: 'waiting', until: '2026-11-30' })
    },
  ],
  [
    'passed on',
    edoc,
    (talk) => {
      took(talk)
      talk.happen({ type: 'operator.passedOn', operator, to: 'development' })
    },
  ],
  [
    'ended for insults',
    edoc,
    (talk) => {
      took(talk)
      talk.happen({ type: 'operator.warned', operator, text: '…' })
      talk.happen({ type: 'operator.ended', operator })
    },
  ],
  [
    'offered a solution',
    cryptopro,
    (talk) => {
      took(talk)
      talk.happen({ type: 'operator.offeredSolution', operator, text: '…' })
    },
  ],
  [
    'a solution that did not help',
    cryptopro,
    (talk, language) => {
      took(talk)
      talk.happen({ type: 'operator.offeredSolution', operator, text: '…' })
      mails(talk, language === 'ru' ? 'Не помогло' : 'Көмектеспеді')
    },
  ],
  [
    'solved, rated low, brought back',
    edoc,
    (talk, language) => {
      replied(talk)
      talk.happen({ type: 'operator.resolved', operator })
      mails(talk, '2')
      mails(talk, language === 'ru' ? 'Всё ещё не могу войти' : 'Әлі кіре алмай жатырмын')
    },
  ],
]

describe.each(['ru', 'kk'] as const)('letters in %s', (language) => {
  it.each(cases)('of a request that is %s, have words for letters', (_, desk, happens) => {
    const talk = play('email', language, monday, desk)
    mails(talk, first[language])
    const told = toldBy(talk, desk, language, () => happens(talk, language))
    expect(told.length).toBeGreaterThan(0)
    for (const words of told)
      expect(words).not.toMatch(
        /здесь|сюда|экрана не|у экрана|нажмите|кнопк|в чат|разговор|осында|осы жерге|экран алдында|батырма|чатта|әңгіме/iu,
      )
  })
})

describe('who writes by e-mail', () => {
  it('is promised an answer with its date: a letter is read on another day', () => {
    const talk = play('email', 'ru', monday)
    expect(toldBy(talk, edoc, 'ru', () => void mails(talk, first.ru))[0]).toContain('24 ноября до 10:00')
  })

  const silentOn = (happens: (talk: Talk) => void) => {
    const talk = play('email', 'ru', monday)
    mails(talk, first.ru)
    return toldBy(talk, edoc, 'ru', () => happens(talk))
  }

  it('hears nothing of who is at the desk while there is time', () => {
    expect(silentOn((talk) => talk.happen({ type: 'desk.unattended' }))).toEqual([])
    expect(
      silentOn((talk) => {
        took(talk)
        talk.happen({ type: 'assignee.away', operatorId: operator.id })
      }),
    ).toEqual([])
    expect(
      silentOn((talk) => {
        took(talk)
        talk.happen({ type: 'operator.transferred', operator, to: timur })
      }),
    ).toEqual([])
  })

  it('hears that it is in hand where every status is e-mailed (cryptopro guide, §5)', () => {
    const talk = play('email', 'ru', monday, cryptopro)
    mails(talk, first.ru)
    expect(toldBy(talk, cryptopro, 'ru', () => took(talk))).toEqual([
      'Обращение № 1001 взято в работу, вам отвечает Айгерім Сәрсенова.',
    ])
    expect(
      toldBy(talk, cryptopro, 'ru', () => talk.happen({ type: 'operator.transferred', operator, to: timur })),
    ).toEqual([])
  })
})
