import { describe, expect, it } from 'vitest'
import { newsOf } from '../../console/logic/alerts.ts'
import { capacityOf } from '../../console/logic/capacity.ts'
import { colleaguesFor } from '../../console/logic/colleagues.ts'
import { remaining, sendable } from '../../console/logic/composed.ts'
import { contactHref } from '../../console/logic/contactHref.ts'
import { linkedText, safeHref } from '../../console/logic/linkedText.ts'
import { loadsOf } from '../../console/logic/loads.ts'
import { isoDay, wallClock } from '../../console/logic/localTime.ts'
import { permitted } from '../../console/logic/permitted.ts'
import { reasonsOf, retold, scopesOf } from '../../console/logic/prepared.ts'
import { rowState } from '../../console/logic/rowState.ts'
import { hashOf, routeOf } from '../../console/state/router.ts'
import { maxTextLength } from '../../engine/limits.ts'
import type { QueueRow } from '../../engine/wireConsole.ts'
import articles from '../../locales/ru/articles.json'
import ru from '../../locales/ru/console.json'
import { translatorOf } from '../../locales/translate.ts'
import { anOperator, aRow } from './rows.ts'

describe('what is told aloud of a row', () => {
  const kind = (before: QueueRow | undefined, after: QueueRow) => newsOf(before, after, 'me')?.kind

  it('is a new one that waits, one that came back, a word of the visitor', () => {
    const live = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })
    expect(kind(undefined, aRow())).toBe('arrived')
    const resolved = aRow({ stage: 'resolved', operator: { id: 'me', name: 'Айгүл' } })
    const theirs = aRow({ stage: 'live', operator: { id: 'other', name: 'Данияр' } })
    expect(kind(resolved, aRow())).toBe('arrived')
    expect(kind(theirs, aRow())).toBe('arrived')
    expect(kind(live, aRow())).toBeUndefined()
    expect(kind(live, { ...live, unread: 1 })).toBe('wrote')
  })

  it('is a conversation that a colleague hands over, but not one that I take or hand over', () => {
    const mine = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })
    const theirs = aRow({ stage: 'live', operator: { id: 'other', name: 'Данияр' } })
    const by = (
      who: string | null,
      how: 'transferred' | 'took' | 'tookOver' | 'assigned' = 'transferred',
    ) => ({
      cameBy: { how, by: who, from: null },
    })
    expect(kind(theirs, { ...mine, ...by('other') })).toBe('received')
    expect(kind(aRow(), { ...mine, ...by('senior') })).toBe('received')
    expect(kind(aRow(), { ...mine, ...by('me', 'took') })).toBeUndefined()
    expect(kind(mine, { ...theirs, ...by('me') })).toBeUndefined()
  })

  it('is a conversation that the desk gives me, that a supervisor takes from me, or that goes back unanswered', () => {
    const mine = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })
    const theirs = aRow({ stage: 'live', operator: { id: 'other', name: 'Данияр' } })
    const came = (how: NonNullable<QueueRow['cameBy']>['how'], by: string | null = null) => ({
      cameBy: { how, by, from: 'me' },
    })
    expect(kind(aRow(), { ...mine, ...came('assigned') })).toBe('assigned')
    expect(kind(undefined, { ...mine, ...came('assigned') })).toBe('assigned')
    expect(kind(mine, { ...theirs, ...came('tookOver', 'other') })).toBe('takenAway')
    expect(kind(mine, aRow(came('released', 'senior')))).toBe('takenAway')
    expect(kind(mine, aRow({ ...came('silent'), returnedAt: '2026-11-23T05:10:00.000Z' }))).toBe('lost')
    const returned = aRow({ ...came('away'), returnedAt: '2026-11-23T05:10:00.000Z' })
    expect(kind(theirs, returned)).toBe('returned')
    expect(kind(mine, aRow(came('released', 'me')))).toBeUndefined()
  })

  it('is nothing when nothing needs attention', () => {
    expect(kind(aRow(), aRow({ lastText: 'ещё' }))).toBeUndefined()
    expect(kind(undefined, aRow({ stage: 'resolved' }))).toBeUndefined()
  })
})

describe('what an operator may do', () => {
  const me = anOperator()
  const mine = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })

  it('is to take what waits, to set its priority (edoc regulation, §20) and its contract, and to note anywhere', () => {
    expect([...permitted(aRow(), me)].sort()).toEqual(['noted', 'prioritised', 'recognised', 'took'])
  })

  it('is everything but taking with their own', () => {
    expect([...permitted(mine, me)].sort()).toEqual(
      [
        ...['askedForInformation', 'attached', 'noted', 'released', 'replied', 'resolved', 'transferred'],
        ...['declined', 'postponed', 'passedOn', 'warned', 'sharedArticle'],
        ...['offeredSolution', 'prioritised', 'recognised'],
      ].sort(),
    )
  })

  it('is to close for silence only when the visitor was silent for as long as the desk waits (edoc regulation, §15)', () => {
    expect(permitted(mine, me).has('closedUnanswered')).toBe(false)
    expect(permitted({ ...mine, silenceOver: true }, me).has('closedUnanswered')).toBe(true)
  })

  it('is to end a conversation only after a warning, and then only to note it (edoc regulation, §16)', () => {
    expect(permitted(mine, me).has('ended')).toBe(false)
    expect(permitted({ ...mine, warned: true }, me).has('ended')).toBe(true)
    const over = { ...mine, stage: 'resolved', outcome: 'ended', warned: true } as const
    expect([...permitted(over, me)]).toEqual(['noted'])
    expect([...permitted(over, anOperator({ id: 'other', role: 'supervisor' }))]).toEqual(['noted'])
  })

  it('is only to note what another has', () => {
    expect([...permitted(mine, anOperator({ id: 'other' }))]).toEqual(['noted'])
  })

  it('is, for a supervisor, also to move what another has or nobody yet', () => {
    const supervisor = anOperator({ id: 'other', role: 'supervisor' })
    expect([...permitted(mine, supervisor)].sort()).toEqual([
      'noted',
      'prioritised',
      'recognised',
      'released',
      'tookOver',
      'transferred',
    ])
    expect([...permitted(aRow(), supervisor)].sort()).toEqual([
      'noted',
      'prioritised',
      'recognised',
      'took',
      'transferred',
    ])
  })

  it('is to pass it to another desk, where there is another, for who may pass it to a colleague', () => {
    expect(permitted(mine, me).has('movedToDesk')).toBe(false)
    expect(permitted(mine, me, 2).has('movedToDesk')).toBe(true)
    expect(permitted(mine, anOperator({ id: 'other' }), 2).has('movedToDesk')).toBe(false)
    expect(permitted(aRow(), anOperator({ id: 'other', role: 'supervisor' }), 2).has('movedToDesk')).toBe(
      true,
    )
  })

  it('is to take up again what was resolved, and to add a word to their own', () => {
    const resolved = { ...mine, stage: 'resolved' } as const
    expect([...permitted(resolved, anOperator({ id: 'other' }))].sort()).toEqual(['noted', 'took'])
    expect([...permitted(resolved, me)].sort()).toEqual(['attached', 'noted', 'replied', 'took'])
  })

  it('names colleagues who are here and speak the language first, and none who cannot take it', () => {
    const team = [
      anOperator({ id: 'away', name: 'А', presence: 'offline' }),
      anOperator({ id: 'foreign', name: 'Б', languages: ['kk'] }),
      anOperator({ id: 'ready', name: 'В' }),
      anOperator({ id: 'off', name: 'Г', active: false }),
      anOperator({ id: 'elsewhere', name: 'Д', desks: ['sts'] }),
      me,
    ]
    expect(colleaguesFor(mine, team, new Map()).map(({ id }) => id)).toEqual(['ready', 'foreign', 'away'])
    const more = [
      ...team,
      anOperator({ id: 'idle', name: 'Я' }),
      anOperator({ id: 'paused', presence: 'paused' }),
    ]
    const loads = new Map([['ready', 2]])
    expect(colleaguesFor(mine, more, loads).map(({ id }) => id)).toEqual([
      'idle',
      'ready',
      'foreign',
      'paused',
      'away',
    ])
  })
})

describe('the load of operators', () => {
  it('counts what they have in hand, not what waits for others', () => {
    const live = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })
    const loads = loadsOf([
      live,
      { ...live, waitingForVisitor: true },
      { ...live, passedOn: { to: 'development', dueOn: null } },
      { ...live, stage: 'resolved' },
      { ...live, operator: { id: 'other', name: 'Данияр' } },
      aRow(),
    ])
    expect(Object.fromEntries(loads)).toEqual({ me: 1, other: 1 })
  })

  it('may be typed as a number within bounds, or left to the desk', () => {
    expect(['', ' 3 ', '50'].map(capacityOf)).toEqual([null, 3, 50])
    expect(['0', '51', '2.5', 'два', '-1'].map(capacityOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('the words beside a row', () => {
  const words = translatorOf('ru', { ...ru, ...articles })
  const live = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })
  const state = (facts: Partial<QueueRow>) => rowState({ ...live, ...facts }, words)

  it('say who else works on it, until when it is put off, or that the visitor is waited for', () => {
    expect(state({})).toBeUndefined()
    expect(state({ waitingForVisitor: true })).toBe('ждём ответа')
    expect(state({ waitingForVisitor: true, postponed: { until: '2026-11-30' } })).toBe(
      'отложено до 30 ноября',
    )
    expect(state({ postponed: { until: null } })).toBe('отложено')
    expect(state({ passedOn: { to: 'development', dueOn: '2026-12-01' } })).toBe(
      'у разработчиков до 1 декабря',
    )
    expect(state({ passedOn: { to: 'thirdParty', dueOn: null } })).toBe('у сторонней организации')
  })

  it('say how it ended, when not by an answer', () => {
    expect(state({ stage: 'resolved', outcome: 'declined' })).toBe('отклонено')
    expect(state({ stage: 'resolved', outcome: 'ended' })).toBe('завершено: оскорбления')
    expect(state({ stage: 'resolved', outcome: 'resolved' })).toBeUndefined()
  })
})

describe('prepared words', () => {
  it('give way to those of another reason, but what the operator wrote stays', () => {
    expect(retold('', undefined, 'один')).toBe('один')
    expect(retold('один', 'один', 'два')).toBe('два')
    expect(retold('один, и ещё', 'один', 'два')).toBe('один, и ещё')
    expect(retold('  ', 'один', 'два')).toBe('два')
  })

  it('are chosen by the reason, and by the matter where it is outside the competence', () => {
    const declined = [
      { reason: 'outOfScope', label: 'Не к нам', text: 'а' },
      { reason: 'outOfScope', scope: 'internet', label: 'Интернет', text: 'б' },
    ] as const
    expect(reasonsOf(declined).map(({ label }) => label)).toEqual(['Не к нам'])
    expect(scopesOf(declined).map(({ label }) => label)).toEqual(['Интернет'])
  })
})

describe('days', () => {
  it('are written for the calendar field as the wall clock of the desk has them', () => {
    const evening = Date.parse('2026-11-02T20:00:00.000Z')
    expect(isoDay(wallClock(evening, 'Asia/Almaty'))).toBe('2026-11-03')
  })
})

describe('text that people typed', () => {
  it('is sent trimmed, and not at all when empty or too long for the wire', () => {
    expect(sendable('  да \n')).toBe('да')
    expect(sendable(' \n ')).toBeUndefined()
    expect(sendable('я'.repeat(maxTextLength))).toHaveLength(maxTextLength)
    expect(sendable('я'.repeat(maxTextLength + 1))).toBeUndefined()
    expect(remaining('я')).toBeUndefined()
    expect(remaining('я'.repeat(maxTextLength + 5))).toBe(-5)
  })

  it('shows web addresses as links without the full stop after them', () => {
    expect(linkedText('см. https://edoc.kz/doc?a=1. Спасибо')).toEqual([
      { text: 'см. ' },
      { text: 'https://edoc.kz/doc?a=1', href: 'https://edoc.kz/doc?a=1' },
      { text: '. Спасибо' },
    ])
    expect(linkedText('(https://edoc.kz)').map(({ text }) => text)).toEqual(['(', 'https://edoc.kz', ')'])
  })

  it('never makes anything else a link', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'просто слова', 'https://'])
      expect(linkedText(text)).toEqual([{ text }])
    expect(safeHref('javascript:alert(1)')).toBeUndefined()
  })

  it('leads from a contact to the phone or to the mail', () => {
    expect(contactHref('+7 (701) 555-12-34')).toBe('tel:+77015551234')
    expect(contactHref('client@example.kz')).toBe('mailto:client@example.kz')
    expect(contactHref('client@example.kz?bcc=x@y.kz')).toBeUndefined()
    expect(contactHref('кабинет 12')).toBeUndefined()
  })
})

describe('addresses of screens', () => {
  it('lead there and back', () => {
    for (const route of [
      { name: 'queue' },
      { name: 'team' },
      { name: 'invitation', token: 'abc-123' },
      { name: 'conversation', id: 'c1', about: false },
      { name: 'conversation', id: 'c1', about: true },
    ] as const)
      expect(routeOf(hashOf(route))).toEqual(route)
  })

  it('lead to the queue when unknown', () => {
    for (const hash of ['', '#', '#/nowhere', '#/conversation/'])
      expect(routeOf(hash)).toEqual({ name: 'queue' })
  })
})
