import { isIPv6 } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What is wrong with the environment: one sentence a variable, all of them at once. */
export class EnvError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'))
    this.name = 'EnvError'
  }
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

export type Env = {
  /** 0: any free port. */
  readonly port: number
  readonly host: string
  /** How people reach the server, without a slash at the end. */
  readonly publicUrl: string
  /** The same as it was given; undefined when it was not: links would lead nowhere. */
  readonly knownUrl: string | undefined
  /** Absolute. */
  readonly dataDir: string
  /** Absolute. */
  readonly desksDir: string
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  readonly sessionSecret: string | undefined
  readonly smtpUrl: string | undefined
  /** The sender's address of every e-mail. */
  readonly smtpFrom: string | undefined
  readonly imapUrl: string | undefined
  /** The desk of letters to an address that no desk names. */
  readonly imapDesk: string | undefined
  readonly logLevel: LogLevel
  /** How many proxies of one's own, on private addresses, stand before the server: what they report is believed. */
  readonly trustedProxies: number
  readonly administrator: { readonly email: string; readonly password: string } | undefined
  readonly telegram:
    | {
        readonly token: string
        readonly apiRoot: string
        /** With its path. */
        readonly webhookUrl: string | undefined
        readonly webhookSecret: string | undefined
        readonly desk: string
      }
    | undefined
}

const root = fileURLToPath(new URL('..', import.meta.url))

const url = (expected: string, ...protocols: readonly string[]) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), expected)
    .optional()
const imapExample = 'an address such as imaps://user:password@host'
/** Whether an address has a user and a password, and its parts can be decoded. */
function isDecodable(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { username, password, pathname } = new URL(address)
  try {
    return (
      decodeURIComponent(username) !== '' &&
      decodeURIComponent(password) !== '' &&
      !!decodeURIComponent(pathname || '/')
    )
  } catch {
    return false
  }
}
const webUrl = (expected: string) =>
  url(expected, 'http:', 'https:').transform((value) => value?.replace(/\/+$/, ''))
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `one of ${values.join(', ')}`)

/** Where the server takes Telegram's updates. */
export const webhookPath = '/api/telegram/webhook'

const variables = z.object({
  PORT: z.coerce
    .number('a port from 0 to 65535')
    .int('a port from 0 to 65535')
    .min(0, 'a port from 0 to 65535')
    .max(65_535, 'a port from 0 to 65535')
    .default(3_000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'a host name or an IP address without a port')
    .default('127.0.0.1'),
  PUBLIC_URL: webUrl('an address such as https://help.example.kz').refine(
    (value) => value === undefined || !/[?#]/.test(value),
    'an address without ? and #',
  ),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: url(
    'an address such as postgres://user:password@host:5432/komekshi',
    'postgres:',
    'postgresql:',
  ),
  REDIS_URL: url('an address such as redis://host:6379', 'redis:', 'rediss:'),
  DESKS_DIR: z.string().default(join(root, 'desks')),
  SESSION_SECRET: z.string().min(16, 'at least 16 characters').optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^[\w:-]+$/, 'a token such as 123456:ABC-DEF, as @BotFather gives it')
    .optional(),
  TELEGRAM_API_ROOT: webUrl('an address such as https://api.telegram.org'),
  TELEGRAM_WEBHOOK_URL: webUrl(`an address such as https://help.example.kz${webhookPath}`),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{1,256}$/, '1 to 256 latin letters, digits, _ and -')
    .optional(),
  TELEGRAM_DESK: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9-]*$/, 'the id of a desk, such as edoc')
    .default('edoc'),
  SMTP_URL: url('an address such as smtps://user:password@host', 'smtp:', 'smtps:'),
  SMTP_FROM: z
    .string()
    .regex(/^[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+$/, 'an e-mail address such as help@example.kz')
    .optional(),
  IMAP_DESK: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9-]*$/, 'the id of a desk, such as edoc')
    .optional(),
  IMAP_URL: url(imapExample, 'imap:', 'imaps:').refine(
    (value) => value === undefined || isDecodable(value),
    `${imapExample}, with special characters percent-encoded`,
  ),
  LOG_LEVEL: oneOf(logLevels).default('info'),
  TRUST_PROXY: z
    .string()
    .regex(/^(true|false|\d)$/, 'true, false or the number of proxies before the server')
    .optional(),
  ADMIN_EMAIL: z
    .string()
    .regex(/^[^\s@]{1,64}@[^\s@]{1,189}$/, 'an e-mail address')
    .optional(),
  ADMIN_PASSWORD: z
    .string()
    .min(8, 'from 8 to 200 characters')
    .max(200, 'from 8 to 200 characters')
    .optional(),
})

type Variables = z.infer<typeof variables>

const pairs: readonly (readonly [given: keyof Variables, needs: keyof Variables])[] = [
  ['ADMIN_EMAIL', 'ADMIN_PASSWORD'],
  ['ADMIN_PASSWORD', 'ADMIN_EMAIL'],
  ['SMTP_FROM', 'SMTP_URL'],
  ['IMAP_URL', 'SMTP_URL'],
  ['IMAP_DESK', 'IMAP_URL'],
  ['TELEGRAM_WEBHOOK_URL', 'TELEGRAM_BOT_TOKEN'],
  ['TELEGRAM_WEBHOOK_URL', 'TELEGRAM_WEBHOOK_SECRET'],
]

/**
 * Reads the server's settings; an empty variable counts as one that is not set. Values are never repeated in
 * mistakes: some are secrets. Throws EnvError.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  )
  const mistakes = pairs
    .filter(([name, needed]) => given[name] !== undefined && given[needed] === undefined)
    .map(([name, needed]) => `${name} is set, so ${needed} must be set too.`)
  const read = variables.safeParse(given)
  if (!read.success) {
    const wrong = new Map(read.error.issues.map(({ path, message }) => [path.join('.'), message]))
    throw new EnvError([
      ...[...wrong].map(([name, message]) => `${name} is wrong: expected ${message}.`),
      ...mistakes,
    ])
  }
  if (mistakes.length > 0) throw new EnvError(mistakes)
  return settingsOf(read.data)
}

function settingsOf(read: Variables): Env {
  const publicUrl = read.PUBLIC_URL ?? `http://${openable(read.HOST)}:${read.PORT}`
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl,
    dataDir: resolve(read.DATA_DIR),
    desksDir: resolve(read.DESKS_DIR),
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    sessionSecret: read.SESSION_SECRET,
    knownUrl: read.PUBLIC_URL,
    smtpUrl: read.SMTP_URL,
    smtpFrom: read.SMTP_FROM,
    imapUrl: read.IMAP_URL,
    imapDesk: read.IMAP_DESK,
    logLevel: read.LOG_LEVEL,
    trustedProxies: proxiesOf(read.TRUST_PROXY, publicUrl),
    administrator:
      read.ADMIN_EMAIL && read.ADMIN_PASSWORD
        ? { email: read.ADMIN_EMAIL, password: read.ADMIN_PASSWORD }
        : undefined,
    telegram: read.TELEGRAM_BOT_TOKEN
      ? {
          token: read.TELEGRAM_BOT_TOKEN,
          apiRoot: read.TELEGRAM_API_ROOT ?? 'https://api.telegram.org',
          webhookUrl: read.TELEGRAM_WEBHOOK_URL && webhookAt(read.TELEGRAM_WEBHOOK_URL),
          webhookSecret: read.TELEGRAM_WEBHOOK_SECRET,
          desk: read.TELEGRAM_DESK,
        }
      : undefined,
  }
}

/** An address that listens everywhere is not one that a browser can open. */
function openable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return isIPv6(host) ? `[${host}]` : host
}

/** The server's address alone will do: the path is known. */
const webhookAt = (url: string) => (new URL(url).pathname === '/' ? url + webhookPath : url)

/** The server itself speaks no TLS: with an https address there is a proxy. */
function proxiesOf(setting: string | undefined, publicUrl: string): number {
  if (setting === undefined) return publicUrl.startsWith('https:') ? 1 : 0
  if (setting === 'false') return 0
  return setting === 'true' ? 1 : Number(setting)
}
