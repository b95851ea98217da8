import {
  deleteExpiredSessions,
  deleteSession,
  type Executor,
  insertSession,
  type Operator,
  openSession,
  operatorByEmail,
  prolongSession,
} from '../../db/queries/operators.ts'
import type { AttemptKey, Attempts } from './attempts.ts'
import type { AuthDeps, AuthNews } from './auth.ts'
import { networkOf } from './networkOf.ts'
import { type Outcome, refused } from './outcome.ts'
import { isPassword } from './password.ts'
import { sessionTokenIn } from './sessionCookie.ts'
import { hashToken, newToken } from './token.ts'

const hour = 60 * 60_000
const idleFor = 12 * hour
const atMost = 7 * 24 * hour
/** Using a session writes to the database at most this often. */
const prolongedEvery = hour / 2

const withinMinutes = 15
const attemptKeys = (email: string, address: string): readonly [AttemptKey, ...AttemptKey[]] => {
  const network = networkOf(address)
  return [
    { key: `both ${network} ${email}`, limit: { most: 10, withinMinutes } },
    // many addresses guess one password; not so few that anyone could lock an operator out at no cost
    { key: `email ${email}`, limit: { most: 50, withinMinutes } },
    // one address guesses the passwords of many
    { key: `address ${network}`, limit: { most: 100, withinMinutes } },
  ]
}

/** A signed-in console. */
export type SignedIn = { readonly operator: Operator; readonly sessionHash: string; readonly since: string }

export type Login = { readonly email: string; readonly password: string; readonly address: string }

/** Begins a session and returns the cookie's token. */
export async function beginSession(db: Executor, operatorId: string, now: Date): Promise<string> {
  const token = newToken()
  await insertSession(db, {
    tokenHash: hashToken(token),
    operatorId,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + idleFor).toISOString(),
  })
  return token
}

export function sessionsOf({ database, clock }: AuthDeps, news: AuthNews, attempts: Attempts) {
  /**
   * Signs in. Refuses a wrong password, an unknown or inactive operator with the same words and in about the same
   * time, and too many attempts by address and e-mail, by e-mail, and by address.
   */
  async function login({ email, password, address }: Login): Promise<Outcome<{ token: string }>> {
    const keys = attemptKeys(email.trim().toLowerCase(), address)
    const attempt = attempts.take(keys, clock())
    if (!attempt.ok) return refused(429, 'refusal.loginTooOften', { params: { minutes: attempt.minutes } })
    const operator = await operatorByEmail(database.orm, email.replaceAll('\0', '').trim())
    const matches = await isPassword(operator?.passwordHash, password)
    if (!operator?.active || !matches) return refused(401, 'refusal.wrongPassword')
    attempts.giveBack(keys, keys[0].key)
    const now = clock()
    await deleteExpiredSessions(database.orm, now.toISOString())
    return { ok: true, token: await beginSession(database.orm, operator.id, now) }
  }

  /** Ends the session of a cookie; nothing happens without one. */
  async function logout(cookieHeader: string | undefined): Promise<void> {
    const token = sessionTokenIn(cookieHeader)
    if (token === undefined) return
    const ended = await deleteSession(database.orm, hashToken(token))
    if (ended) news.signedOut({ operatorId: ended.operatorId, sessionHash: ended.tokenHash })
  }

  /**
   * The session of a `Cookie` header: it lasts 12 hours from its last use and 7 days at most. A socket that stays
   * open asks again from time to time, which is a use too.
   */
  async function sessionOfCookie(cookieHeader: string | undefined): Promise<SignedIn | undefined> {
    const token = sessionTokenIn(cookieHeader)
    if (token === undefined) return undefined
    const now = clock().getTime()
    const found = await openSession(database.orm, hashToken(token), new Date(now).toISOString())
    if (!found) return undefined
    const { session, operator } = found
    const until = Math.min(now + idleFor, Date.parse(session.createdAt) + atMost)
    if (until - Date.parse(session.expiresAt) >= prolongedEvery)
      await prolongSession(database.orm, session.tokenHash, new Date(until).toISOString())
    return { operator, sessionHash: session.tokenHash, since: session.createdAt }
  }

  /** The active operator whose session a `Cookie` header carries. */
  async function operatorOfCookie(cookieHeader: string | undefined): Promise<Operator | undefined> {
    return (await sessionOfCookie(cookieHeader))?.operator
  }

  return { login, logout, sessionOfCookie, operatorOfCookie }
}
