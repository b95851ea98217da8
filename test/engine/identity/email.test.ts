import { describe, expect, it } from 'vitest'
import { parseField } from '../../../engine/identity/index.ts'

describe('an e-mail address', () => {
  it.each([
    ['aigul@mail.kz', 'aigul@mail.kz'],
    ['мой email aigul@mail.kz', 'aigul@mail.kz'],
    ['э/п aigul@mail.kz', 'aigul@mail.kz'],
    ['  Aigul@Mail.KZ ', 'Aigul@mail.kz'],
    ['почта: aigul@mail.kz', 'aigul@mail.kz'],
    ['e-mail - aigul@mail.kz', 'aigul@mail.kz'],
    ['mailto:aigul@mail.kz', 'aigul@mail.kz'],
    ['<aigul@mail.kz>', 'aigul@mail.kz'],
    ['aigul@mail.kz.', 'aigul@mail.kz'],
    ['mail@mail.kz', 'mail@mail.kz'],
    ['a.b+c_d-e@sub.domain.com.kz', 'a.b+c_d-e@sub.domain.com.kz'],
    [`${'a'.repeat(64)}@${'b'.repeat(63)}.kz`, `${'a'.repeat(64)}@${'b'.repeat(63)}.kz`],
  ])('%j is %s', (input, value) => {
    expect(parseField('email', input)).toEqual({ ok: true, value })
    expect(parseField('email', value)).toEqual({ ok: true, value })
  })

  it.each([
    ['', 'identity.email.at'],
    ['aigul', 'identity.email.at'],
    ['@mail.kz', 'identity.email.at'],
    ['aigul@@mail.kz', 'identity.email.at'],
    ['aigul@mail', 'identity.email.domain'],
    ['aigul@mail..kz', 'identity.email.domain'],
    ['aigul@-mail.kz', 'identity.email.domain'],
    ['aigul@192.168.1.1', 'identity.email.domain'],
    ['aigul @mail.kz', 'identity.email.spaces'],
    ['аigul@mail.kz', 'identity.email.latin'],
    ['aigul@mаil.kz', 'identity.email.latin'],
    ['aigul@mail,kz', 'identity.email.characters'],
    ['aigul..b@mail.kz', 'identity.email.characters'],
    ['aigul@mail.kz, b@mail.kz', 'identity.email.characters'],
    ['Айгүл <aigul@mail.kz>', 'identity.email.characters'],
    ['aigul@mail.kz\r\nBcc: all@mail.kz', 'identity.email.characters'],
    ['aigul\0@mail.kz', 'identity.email.characters'],
    [`${'a'.repeat(65)}@mail.kz`, 'identity.email.characters'],
    [`a@${'b.'.repeat(126)}kz`, 'identity.email.tooLong'],
  ])('%j is refused: %s', (input, refusal) => {
    expect(parseField('email', input)).toEqual({ ok: false, refusal })
  })
})
