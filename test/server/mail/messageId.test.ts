import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  conversationOfId,
  isMessageId,
  letterId,
  readLetterId,
  threadId,
} from '../../../server/mail/messageId.ts'

const conversationId = '7f9c24e5-2b1a-4d0e-9c3a-5f6d7e8a9b0c'

describe('the Message-ID of a letter of ours', () => {
  it('is read back, whatever the domain and the case its way has given it (property)', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.nat({ max: 999_999_999 }),
        fc.domain(),
        fc.boolean(),
        (id, seq, domain, loud) => {
          const complete = `<${letterId({ conversationId: id, seq })}@${domain}>`
          expect(readLetterId(loud ? complete.toUpperCase() : ` ${complete}\r\n`)).toEqual({
            conversationId: id,
            seq,
          })
          expect(isMessageId(complete)).toBe(true)
        },
      ),
    )
  })

  it.each([
    ['somebody else’s', '<CAF+abc.12@mail.gmail.com>'],
    ['without brackets', `${conversationId}.2@desk.test`],
    ['of a request', `<${threadId(conversationId, 12)}@desk.test>`],
    ['without a number', `<${conversationId}.@desk.test>`],
    ['with half a number', `<${conversationId}.1.5@desk.test>`],
    ['with a number below zero', `<${conversationId}.-1@desk.test>`],
    ['with a number written otherwise', `<${conversationId}.007@desk.test>`],
    ['with a number that is none', `<${conversationId}.1e3@desk.test>`],
    ['with a number larger than any', `<${conversationId}.9999999999@desk.test>`],
    ['with something before', `<x${conversationId}.1@desk.test>`],
    ['with two of them', `<${conversationId}.1@desk.test> <${conversationId}.2@desk.test>`],
    ['with a quote for SQL', `<${conversationId}'.1@desk.test>`],
    ['empty', ''],
  ])('one that is %s is none of ours', (_, id) => {
    expect(readLetterId(id)).toBeUndefined()
  })
})

describe('the conversation of a Message-ID', () => {
  it.each([
    ['a letter’s own', `<${letterId({ conversationId, seq: 3 })}@desk.test>`, conversationId],
    [
      'that of its thread, where the letter was given another on the way',
      `<${threadId(conversationId, 12)}@desk.test>`,
      conversationId,
    ],
    ['in capitals', `<${threadId(conversationId, 12)}@desk.test>`.toUpperCase(), conversationId],
    ['somebody else’s', '<ticket.12.abc@mail.test>', undefined],
    ['two at once', `<${threadId(conversationId, 12)}@a> <${threadId(conversationId, 12)}@a>`, undefined],
  ])('is read of %s', (_, id, expected) => {
    expect(conversationOfId(id)).toBe(expected)
  })
})

describe('what a header can carry', () => {
  it.each(['<a@b>\r\nBcc: x@y.kz', '<a b@c>', '<a@b', 'a@b', '<>', `<${'a'.repeat(300)}@b>`, '<ә@b.kz>'])(
    'not %j',
    (id) => {
      expect(isMessageId(id)).toBe(false)
    },
  )
})
