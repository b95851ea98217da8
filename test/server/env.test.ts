import { isAbsolute } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EnvError, readEnv } from '../../server/env.ts'

function mistakesIn(source: Record<string, string>): readonly string[] {
  try {
    readEnv(source)
  } catch (error) {
    if (error instanceof EnvError) return error.mistakes
    throw error
  }
  return []
}

describe('the settings', () => {
  test('need nothing to be set', () => {
    const env = readEnv({})
    expect(env).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      logLevel: 'info',
      trustedProxies: 0,
      telegram: undefined,
      administrator: undefined,
      databaseUrl: undefined,
    })
    expect(isAbsolute(env.dataDir) && env.dataDir.endsWith('/data')).toBe(true)
    expect(env.desksDir.endsWith('/desks')).toBe(true)
  })

  test('take an empty variable for one that is not set', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: undefined })
  })

  test('give an address that a browser can open when the server listens everywhere', () => {
    expect(readEnv({ HOST: '0.0.0.0', PORT: '80' }).publicUrl).toBe('http://localhost:80')
    expect(readEnv({ HOST: '::1' }).publicUrl).toBe('http://[::1]:3000')
  })

  test('drop the slash at the end of the public address', () => {
    expect(readEnv({ PUBLIC_URL: 'https://help.example.kz/' }).publicUrl).toBe('https://help.example.kz')
  })

  test.each([
    ['https://help.example.kz', undefined, 1],
    ['http://help.example.kz', undefined, 0],
    ['https://help.example.kz', 'false', 0],
    ['http://help.example.kz', 'true', 1],
    ['http://help.example.kz', '2', 2],
  ])('at %s with TRUST_PROXY %s believe %i proxies', (url, setting, expected) => {
    expect(readEnv({ PUBLIC_URL: url, TRUST_PROXY: setting }).trustedProxies).toBe(expected)
  })

  test('keep what belongs to Telegram together', () => {
    expect(readEnv({ TELEGRAM_BOT_TOKEN: '123:abc' }).telegram).toEqual({
      token: '123:abc',
      apiRoot: 'https://api.telegram.org',
      webhookUrl: undefined,
      webhookSecret: undefined,
      desk: 'edoc',
    })
  })

  test('keep the first administrator together', () => {
    const given = { ADMIN_EMAIL: 'admin@help.kz', ADMIN_PASSWORD: 'long enough' }
    expect(readEnv(given).administrator).toEqual({ email: 'admin@help.kz', password: 'long enough' })
  })
})

test.each([
  ['https://help.example.kz/', 'https://help.example.kz/api/telegram/webhook'],
  ['https://help.example.kz/bot/updates', 'https://help.example.kz/bot/updates'],
])('a webhook at %s is told to Telegram as %s', (given, told) => {
  const source = { TELEGRAM_BOT_TOKEN: '1:a', TELEGRAM_WEBHOOK_URL: given, TELEGRAM_WEBHOOK_SECRET: 'secret' }
  expect(readEnv(source).telegram?.webhookUrl).toBe(told)
})

describe('a wrong value', () => {
  test.each([
    ['PORT', '70000'],
    ['PORT', 'three'],
    ['HOST', 'two words'],
    ['PUBLIC_URL', 'portal.kz'],
    ['PUBLIC_URL', 'ftp://help.example.kz'],
    ['DATABASE_URL', 'mysql://host/base'],
    ['REDIS_URL', 'http://host'],
    ['SESSION_SECRET', 'short'],
    ['TELEGRAM_BOT_TOKEN', 'two words'],
    ['SMTP_URL', 'mail.example.kz'],
    ['SMTP_FROM', 'Help <help@example.kz>'],
    ['SMTP_FROM', 'help@example.kz, all@example.kz'],
    ['IMAP_URL', 'smtp://mail.example.kz'],
    ['IMAP_URL', 'imaps://mail.example.kz'],
    ['IMAP_URL', 'imaps://help:50%@mail.example.kz'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'maybe'],
  ])('of %s is told in one sentence that names it, without the value: %s', (name, value) => {
    const needed = /^(SMTP_FROM|IMAP_URL)$/.test(name) ? { SMTP_URL: 'smtp://mail.example.kz' } : {}
    const [mistake, ...others] = mistakesIn({ ...needed, [name]: value })
    expect(others).toEqual([])
    expect(mistake).toMatch(new RegExp(`^${name} is wrong: expected .+\\.$`))
    expect(mistake).not.toContain(value)
  })

  test('does not hide the others', () => {
    const mistakes = mistakesIn({ PORT: '-1', LOG_LEVEL: 'loud', ADMIN_EMAIL: 'admin@help.kz' })
    expect(mistakes).toEqual([
      'PORT is wrong: expected a port from 0 to 65535.',
      'LOG_LEVEL is wrong: expected one of trace, debug, info, warn, error, fatal, silent.',
      'ADMIN_EMAIL is set, so ADMIN_PASSWORD must be set too.',
    ])
  })

  test('is also a sender without a server to send by', () => {
    expect(mistakesIn({ SMTP_FROM: 'help@example.kz' })).toEqual([
      'SMTP_FROM is set, so SMTP_URL must be set too.',
    ])
  })

  test('is also a mailbox without a server to answer by, and a desk of letters without a mailbox', () => {
    expect(mistakesIn({ IMAP_URL: 'imaps://help:secret@mail.example.kz' })).toEqual([
      'IMAP_URL is set, so SMTP_URL must be set too.',
    ])
    expect(mistakesIn({ IMAP_DESK: 'court' })).toEqual(['IMAP_DESK is set, so IMAP_URL must be set too.'])
  })

  test('is also a webhook without the bot and the secret', () => {
    expect(mistakesIn({ TELEGRAM_WEBHOOK_URL: 'https://help.example.kz' })).toEqual([
      'TELEGRAM_WEBHOOK_URL is set, so TELEGRAM_BOT_TOKEN must be set too.',
      'TELEGRAM_WEBHOOK_URL is set, so TELEGRAM_WEBHOOK_SECRET must be set too.',
    ])
  })

  test.each([
    ['ADMIN_PASSWORD', 'long enough', 'ADMIN_EMAIL'],
    ['ADMIN_EMAIL', 'admin@help.kz', 'ADMIN_PASSWORD'],
  ])('is also %s alone', (name, value, needed) => {
    expect(mistakesIn({ [name]: value })).toEqual([`${name} is set, so ${needed} must be set too.`])
  })
})
