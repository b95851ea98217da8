import { describe, expect, it } from 'vitest'
import type { Desk } from '../../../engine/desk.ts'
import { deskOfLetter } from '../../../server/mail/takeLetter.ts'
import { desks, edoc } from '../../support/edoc.ts'

describe('the desk of a letter', () => {
  const court = desks.get('court') as Desk
  const tagged: Desk = {
    ...court,
    id: 'tagged',
    contacts: { ...court.contacts, email: 'Support+Court@mitwork.kz' },
  }
  const known = new Map([edoc, court, tagged].map((desk) => [desk.id, desk]))
  const deskOf = (...recipients: string[]) =>
    deskOfLetter({ desks: known, fallback: () => edoc }, recipients).id

  it.each([
    [['office@sud.kz'], 'court'],
    [['office+forms@sud.kz'], 'court'],
    [['support@mitwork.kz', 'office@sud.kz'], 'edoc'],
    [['office@sud.kz', 'support@mitwork.kz'], 'court'],
    [['support+court@mitwork.kz'], 'tagged'],
    [['friend@mail.test', 'office@sud.kz'], 'court'],
    [['friend@mail.test'], 'edoc'],
    [[], 'edoc'],
  ])('addressed to %j is %s', (recipients, id) => {
    expect(deskOf(...recipients)).toBe(id)
  })
})
