import { describe, expect, it } from 'vitest'
import { missingFields } from '../../../engine/conversation/missingFields.ts'
import { preparedWords } from '../../../engine/conversation/preparedWords.ts'
import { rowsOf } from '../../../engine/conversation/render.ts'
import type { Desk } from '../../../engine/desk.ts'
import { someone } from '../../support/conversation.ts'
import { desks } from '../../support/edoc.ts'

const sts = desks.get('sts') as Desk
const court = desks.get('court') as Desk
const { iin, fullName, bin, contact } = someone

const missing = (desk: Desk, values: Readonly<Record<string, string>>, identityRefused = false) =>
  missingFields(desk, { values, files: [], identityRefused }).map(({ id }) => id)

/** A request as edoc takes it. */
const ofEdoc = { iin, fullName, contact, type: 'defect', description: 'Не открываются сайты' }

describe('what was told another desk', () => {
  it('is read in the words of the desk that asked, where this one has a field of the same name', () => {
    expect(rowsOf(sts, 'ru', { type: 'defect', fullName }, 'operator')).toEqual([
      { field: 'type', label: 'Тип обращения', value: 'Ошибка или недоработка' },
      { field: 'fullName', label: 'ФИО', value: fullName },
    ])
    expect(rowsOf(sts, 'kk', { type: 'maintenance' }, 'operator')).toEqual([
      { field: 'type', label: 'Сұраныс түрі', value: 'Қызмет көрсетуге сұраныс' },
    ])
  })
})

describe('what is still to be asked', () => {
  it('is nothing of a request that its own desk took', () => {
    expect(missing(desks.get('edoc') as Desk, ofEdoc)).toEqual([])
  })

  it('is what the other desk requires, in its order (sts instruction, items 3 and 7)', () => {
    // "defect" is no type of sts, and the contact that edoc was told is a phone
    expect(missing(sts, ofEdoc)).toEqual(['organisation', 'email', 'category', 'type'])
    expect(missing(sts, { ...ofEdoc, contact: 'aigul@mail.kz' })).toEqual([
      'organisation',
      'phone',
      'category',
      'type',
    ])
  })

  it('leaves out what may be skipped, and what another desk was told in a field of its own', () => {
    expect(missing(court, { ...ofEdoc, organisation: '«Ромашка» ЖШС', bin })).toEqual([
      'steps',
      'key',
      'browser',
    ])
  })

  it('does not ask again who somebody is that would not say', () => {
    expect(missing(sts, { description: 'Не открываются сайты' }, true)).toEqual(['category', 'type'])
  })

  it("is asked for in the visitor's language, with what there is to choose from", () => {
    const ticket = { done: [], values: ofEdoc, files: [], identityRefused: false }
    expect(preparedWords(court, ticket, 'kk', 'ru').missing.split('\n')).toEqual([
      'Өтінішіңізді қарау үшін мына мәліметтер де керек:',
      ...court.request.fields
        .filter(({ id }) => ['steps', 'key', 'browser'].includes(id))
        .map(({ question }) => `• ${question.kk}`),
    ])
    expect(preparedWords(sts, ticket, 'ru', 'kk').missing).toContain('(ЕШДИ: доступ к сайтам; ')
    expect(preparedWords(desks.get('edoc') as Desk, ticket, 'ru', 'kk').missing).toBe('')
  })
})
