import { type AlertKind, alertKinds, type Occasion, occasionOf } from '../../engine/alert.ts'
import type { Instant } from '../../engine/conversation/instant.ts'
import type { Language } from '../../engine/language.ts'
import type { Notice, Told } from '../../engine/notice.ts'
import type { Sql, SqlPool } from '../client.ts'

export type StoredEscalation = {
  readonly desk: string
  readonly occasions: readonly Occasion[]
  readonly emails: readonly string[]
  readonly telegramChat: string | null
  readonly telegramTitle: string | null
  readonly telegramLanguage: Language | null
  readonly lastToldAt: Instant | null
}

/** What a desk's supervisors are told of until they choose. */
const firstOccasions: readonly Occasion[] = ['breach', 'insult', 'unattended']

const columns = `desk, occasions, emails, telegram_chat as "telegramChat", telegram_title as "telegramTitle",
  telegram_language as "telegramLanguage", last_told_at as "lastToldAt"`

/** Settings of these desks, as far as somebody has made any. */
export const escalationsOf = (sql: Sql, desks: readonly string[]): Promise<StoredEscalation[]> =>
  sql<StoredEscalation[]>`
    select ${sql.unsafe(columns)} from escalations where desk = any(${[...desks]}::text[])`

/** A desk's settings, made when there are none. */
export const unsetEscalation = (desk: string): StoredEscalation => ({
  desk,
  occasions: firstOccasions,
  emails: [],
  telegramChat: null,
  telegramTitle: null,
  telegramLanguage: null,
  lastToldAt: null,
})

const ensure = (sql: Sql, desk: string) => sql`
  insert into escalations (desk, occasions, emails) values (${desk}, ${[...firstOccasions]}::text[], '{}')
  on conflict do nothing`

export async function saveEscalation(
  sql: Sql,
  desk: string,
  { occasions, emails }: Pick<StoredEscalation, 'occasions' | 'emails'>,
): Promise<void> {
  await sql`
    insert into escalations (desk, occasions, emails)
    values (${desk}, ${[...occasions]}::text[], ${[...emails]}::text[])
    on conflict (desk) do update set occasions = excluded.occasions, emails = excluded.emails`
}

/** Keeps a code's hash; earlier codes of the desk are worth nothing any more. */
export async function insertChatCode(
  sql: SqlPool,
  code: {
    readonly codeHash: string
    readonly desk: string
    readonly language: Language
    readonly operatorId: string
    readonly expiresAt: Instant
  },
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`delete from chat_codes where desk = ${code.desk}`
    await tx`
      insert into chat_codes (code_hash, desk, language, operator_id, expires_at)
      values (${code.codeHash}, ${code.desk}, ${code.language}, ${code.operatorId}, ${code.expiresAt})`
  })
}

/** Whether somebody holds a code that is still good. */
export async function hasChatCode(sql: Sql, now: Instant): Promise<boolean> {
  return (await sql`select 1 from chat_codes where expires_at > ${now} limit 1`).length > 0
}

/**
 * Connects a chat to the desk that the code was made for: once, in its time, and while whoever made it still
 * supervises the desk. Undefined: the code is not good.
 */
export const connectChat = (
  sql: SqlPool,
  codeHash: string,
  chat: { readonly id: string; readonly title: string },
  now: Instant,
): Promise<{ readonly desk: string; readonly language: Language } | undefined> =>
  sql.begin(async (tx) => {
    const [code] = await tx<{ desk: string; language: Language }[]>`
      with used as (delete from chat_codes where code_hash = ${codeHash} returning *)
      select used.desk, used.language from used join operators o on o.id = used.operator_id
      where used.expires_at > ${now} and o.active and o.role <> 'operator' and used.desk = any(o.desks)`
    if (!code) return undefined
    await ensure(tx, code.desk)
    await tx`
      update escalations set telegram_chat = ${chat.id}, telegram_title = ${chat.title},
        telegram_language = ${code.language} where desk = ${code.desk}`
    return code
  })

const noChat = `telegram_chat = null, telegram_title = null, telegram_language = null`

/** The desk tells no Telegram chat any more, and what waits for it is not sent; gives the chat. */
export async function disconnectChat(sql: Sql, desk: string): Promise<string | undefined> {
  const [row] = await sql<{ chat: string | null }[]>`
    with before as (select telegram_chat as chat from escalations where desk = ${desk} for update),
    after as (update escalations set ${sql.unsafe(noChat)} where desk = ${desk}),
    dropped as (
      delete from outbox o using before where o.channel = 'telegram' and o.address = before.chat
        and o.failed_at is null and o.notice->>'desk' = ${desk})
    select chat from before`
  return row?.chat ?? undefined
}

/** No desk tells this chat any more: the bot is not in it. */
export const forgetChat = (sql: Sql, chat: string) => sql`
  update escalations set ${sql.unsafe(noChat)} where telegram_chat = ${chat}`

export const moveChat = (sql: Sql, from: string, to: string) => sql`
  update escalations set telegram_chat = ${to} where telegram_chat = ${from}`

export async function isConnectedChat(sql: Sql, chat: string): Promise<boolean> {
  return (await sql`select 1 from escalations where telegram_chat = ${chat} limit 1`).length > 0
}

/** Addresses of a desk's that did not take what they were sent last. */
export const failedNotices = (
  sql: Sql,
  desk: string,
): Promise<{ readonly address: string; readonly at: Instant }[]> => sql<{ address: string; at: Instant }[]>`
  select distinct on (address) address, failed_at as at from outbox
  where failed_at is not null and channel = 'email' and notice->>'desk' = ${desk}
    and notice->>'type' in ('escalation', 'trial')
  order by address, failed_at desc`

/** What has failed is forgotten: somebody has looked at the settings and changed them. */
export const forgetFailedNotices = (sql: Sql, desk: string) => sql`
  delete from outbox where failed_at is not null and notice->>'desk' = ${desk}
    and notice->>'type' in ('escalation', 'trial')`

export type Recipient = {
  readonly channel: 'email' | 'telegram'
  readonly address: string
  readonly language: Language | null
}

/** What an address was told of a desk: one row of the outbox. */
export type QueuedNotice = Pick<Recipient, 'channel' | 'address'> & { readonly notice: Notice }

export async function queueNotices(sql: Sql, rows: readonly QueuedNotice[], now: Instant): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into outbox (channel, address, notice, next_attempt_at)
    select g.channel, g.address, g.notice, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as g(channel text, address text, notice jsonb)`
}

/** Who reads at an address: the language of the operator whose it is; those who work there no longer are left out. */
export async function readersOf(
  sql: Sql,
  emails: readonly string[],
): Promise<readonly Pick<Recipient, 'address' | 'language'>[]> {
  const known = await sql<{ email: string; language: Language | null; active: boolean }[]>`
    select lower(email) as email, languages[1] as language, active from operators
    where lower(email) = any(${emails.map((email) => email.toLowerCase())}::text[])`
  const byEmail = new Map(known.map((one) => [one.email, one]))
  return emails.flatMap((address) => {
    const operator = byEmail.get(address.toLowerCase())
    return operator && !operator.active ? [] : [{ address, language: operator?.language ?? null }]
  })
}

/** Desks with something that was not told yet, and when each may be told of next. */
export const untoldDesks = (
  sql: Sql,
): Promise<{ readonly desk: string; readonly lastToldAt: Instant | null }[]> =>
  sql<{ desk: string; lastToldAt: Instant | null }[]>`
    select u.desk, e.last_told_at as "lastToldAt"
    from (select distinct desk from alerts where told_at is null) u left join escalations e on e.desk = u.desk`

/**
 * Takes everything of a desk that was not told yet, and queues what `noticesFor` makes of it, in one transaction: it is
 * told once, whatever dies. Nothing happens while another process is at the same desk, or when it was told of after
 * `unlessAfter`.
 */
export async function tellDesk(
  sql: SqlPool,
  desk: string,
  {
    now,
    unlessAfter,
    lines,
  }: { readonly now: Instant; readonly unlessAfter: Instant; readonly lines: number },
  noticesFor: (
    settings: StoredEscalation,
    told: readonly Told[],
    more: number,
  ) => Promise<readonly QueuedNotice[]>,
): Promise<boolean> {
  await ensure(sql, desk)
  return sql.begin(async (tx) => {
    const [settings] = await tx<StoredEscalation[]>`
      select ${tx.unsafe(columns)} from escalations where desk = ${desk} for update skip locked`
    if (!settings || (settings.lastToldAt !== null && settings.lastToldAt > unlessAfter)) return false
    const wanted = alertKinds.filter((kind) => {
      const occasion = occasionOf(kind)
      return occasion !== undefined && settings.occasions.includes(occasion)
    })
    const rows = await tx<(Told & { kind: AlertKind; total: number })[]>`
      with told as (
        update alerts set told_at = ${now} where desk = ${desk} and told_at is null returning *)
      select conversation_id as "conversationId", kind, number, metric, minutes, due_at as "dueAt", at,
        count(*) over ()::int as total
      from told where kind = any(${[...wanted]}::text[])
      order by kind = 'warning', at, number limit ${lines}`
    const [first] = rows
    if (!first) return false
    const told = rows.map(({ total: _, ...one }) => one)
    const queued = await noticesFor(settings, told, first.total - told.length)
    if (queued.length === 0) return false
    await queueNotices(tx, queued, now)
    await tx`update escalations set last_told_at = ${now} where desk = ${desk}`
    return true
  })
}

/** Codes that have run out. */
export const forgetChatCodes = (sql: Sql, now: Instant) =>
  sql`delete from chat_codes where expires_at <= ${now}`
