import { describe, expect, it } from 'vitest'
import { alertOf } from '../../console/logic/alerts.ts'
import { colleaguesFor } from '../../console/logic/colleagues.ts'
import { maxTextLength, remaining, sendable } from '../../console/logic/composed.ts'
import { contactHref } from '../../console/logic/contactHref.ts'
import { linkedText, safeHref } from '../../console/logic/linkedText.ts'
import { permitted } from '../../console/logic/permitted.ts'
import { hashOf, routeOf } from '../../console/state/router.ts'
import { maxTextLength as maxOnTheWire, type QueueRow } from '../../engine/wire.ts'
import { anOperator, aRow } from './rows.ts'

describe('what is told aloud', () => {
  const promise = (facts = {}) => ({
    dueAt: '2026-11-23T05:00:00.000Z',
    warned: 0,
    breached: false,
    ...facts,
  })
  const kind = (before: QueueRow | undefined, after: QueueRow) => alertOf(before, after, 'me')?.kind

  it('is a new row that waits, one that came back, a warning, a breach, a word of the visitor', () => {
    const live = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })
    expect(kind(undefined, aRow())).toBe('arrived')
    const resolved = aRow({ stage: 'resolved', operator: { id: 'me', name: 'Айгүл' } })
    const theirs = aRow({ stage: 'live', operator: { id: 'other', name: 'Данияр' } })
    expect(kind(resolved, aRow())).toBe('arrived')
    expect(kind(theirs, aRow())).toBe('arrived')
    expect(kind(live, aRow())).toBeUndefined()
    expect(kind(aRow({ firstResponse: promise() }), aRow({ firstResponse: promise({ warned: 1 }) }))).toBe(
      'warned',
    )
    expect(
      kind(
        aRow({ firstResponse: promise() }),
        aRow({ firstResponse: promise({ warned: 2, breached: true }) }),
      ),
    ).toBe('breached')
    expect(kind(live, { ...live, unread: 1 })).toBe('wrote')
  })

  it('is a conversation that a colleague hands over, but not one that I take or hand over', () => {
    const mine = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })
    const theirs = aRow({ stage: 'live', operator: { id: 'other', name: 'Данияр' } })
    expect(kind(theirs, mine)).toBe('received')
    expect(kind(aRow(), mine)).toBeUndefined()
    expect(kind(mine, theirs)).toBeUndefined()
  })

  it('is nothing when nothing needs attention', () => {
    expect(kind(aRow(), aRow({ lastText: 'ещё' }))).toBeUndefined()
    expect(kind(undefined, aRow({ stage: 'resolved' }))).toBeUndefined()
  })
})

describe('what an operator may do', () => {
  const me = anOperator()
  const mine = aRow({ stage: 'live', operator: { id: 'me', name: 'Айгүл' } })

  it('is to take what waits, and to note anywhere', () => {
    expect([...permitted(aRow(), me)].sort()).toEqual(['noted', 'took'])
  })

  it('is everything but taking with their own', () => {
    expect([...permitted(mine, me)].sort()).toEqual(
      ['askedForInformation', 'attached', 'noted', 'released', 'replied', 'resolved', 'transferred'].sort(),
    )
  })

  it('is only to note what another has', () => {
    expect([...permitted(mine, anOperator({ id: 'other' }))]).toEqual(['noted'])
  })

  it('is, for a supervisor, also to move what another has or nobody yet', () => {
    const supervisor = anOperator({ id: 'other', role: 'supervisor' })
    expect([...permitted(mine, supervisor)].sort()).toEqual(['noted', 'released', 'transferred'])
    expect([...permitted(aRow(), supervisor)].sort()).toEqual(['noted', 'took', 'transferred'])
  })

  it('is to take up again what was resolved, and to add a word to their own', () => {
    const resolved = { ...mine, stage: 'resolved' } as const
    expect([...permitted(resolved, anOperator({ id: 'other' }))].sort()).toEqual(['noted', 'took'])
    expect([...permitted(resolved, me)].sort()).toEqual(['attached', 'noted', 'replied', 'took'])
  })

  it('names colleagues who are here and speak the language first, and none who cannot take it', () => {
    const team = [
      anOperator({ id: 'away', name: 'А', online: false }),
      anOperator({ id: 'foreign', name: 'Б', languages: ['kk'] }),
      anOperator({ id: 'ready', name: 'В' }),
      anOperator({ id: 'off', name: 'Г', active: false }),
      anOperator({ id: 'elsewhere', name: 'Д', desks: ['sts'] }),
      me,
    ]
    expect(colleaguesFor(mine, team).map(({ id }) => id)).toEqual(['ready', 'foreign', 'away'])
  })
})

describe('text that people typed', () => {
  it('is sent trimmed, and not at all when empty or too long for the wire', () => {
    expect(maxTextLength).toBe(maxOnTheWire)
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
