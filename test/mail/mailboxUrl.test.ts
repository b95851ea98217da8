import { describe, expect, it } from 'vitest'
import { readMailboxUrl } from '../../mail/mailboxUrl.ts'

describe('the URL of a mailbox', () => {
  it('says where, as whom, and how', () => {
    expect(readMailboxUrl('imaps://support%40desk.kz:p%3A%2F%25@mail.desk.kz')).toEqual({
      host: 'mail.desk.kz',
      port: 993,
      secure: true,
      user: 'support@desk.kz',
      pass: 'p:/%',
      folder: 'INBOX',
    })
    expect(readMailboxUrl('imap://u:p@[::1]:1143/%D0%97%D0%B0%D1%8F%D0%B2%D0%BA%D0%B8/2026/')).toMatchObject({
      host: '::1',
      port: 1143,
      secure: false,
      folder: 'Заявки/2026',
    })
    expect(readMailboxUrl('imap://support@desk.kz:p@mail.desk.kz')).toMatchObject({
      user: 'support@desk.kz',
      port: 143,
    })
  })

  it.each(['http://a:b@c', 'imap://host', 'imap://user@host', 'imap://user:50%@host', 'support@desk.kz', ''])(
    'is refused with what is expected, never with the password: %s',
    (url) => {
      expect(() => readMailboxUrl(url)).toThrow(/imaps:\/\/user:password@host\/folder is expected/)
      expect(() => readMailboxUrl('ftp://a:secret@b')).not.toThrow(/secret/)
    },
  )
})
