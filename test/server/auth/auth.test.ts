import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../db/client.ts'
import { type Auth, createAuth } from '../../../server/auth/auth.ts'
import { sessionCookie } from '../../../server/auth/sessionCookie.ts'
import { hashToken } from '../../../server/auth/token.ts'
import { testClock, testDatabase } from '../http/testApp.ts'

const publicUrl = 'https://help.test'
const desks = ['edoc', 'court']
const address = '192.0.2.1'
const administrator = { email: 'Admin@help.test', password: 'a long password' }

let database: Database
let stop: () => Promise<void>
let auth: Auth
let clock: ReturnType<typeof testClock>

beforeAll(async () => {
  const started = await testDatabase()
  database = started.database
  stop = started.stop
})
afterAll(() => stop())
beforeEach(async () => {
  await database.sql`truncate sessions, invitations, operators cascade`
  clock = testClock()
  auth = createAuth({ database, clock: clock.now, publicUrl, desks })
})

const firstAdministrator = (given: Partial<typeof administrator> = administrator) =>
  auth.ensureFirstAdministrator({ ...given, publicUrl, now: clock.now() })

async function signIn(credentials = administrator): Promise<string> {
  const outcome = await auth.login({ ...credentials, address })
  if (!outcome.ok) throw new Error(outcome.refusal.key)
  return sessionCookie(outcome.token, true)
}

async function invited(email: string, role: 'operator' | 'administrator' = 'operator'): Promise<string> {
  const outcome = await auth.inviteOperator({ email, role, desks: ['edoc'], languages: ['kk'] })
  if (!outcome.ok) throw new Error(outcome.refusal.key)
  return tokenOf(outcome.link)
}

const tokenOf = (link: string) => link.split('/').at(-1) ?? ''

async function join(email: string, role: 'operator' | 'administrator' = 'operator') {
  const token = await invited(email, role)
  const outcome = await auth.accept({ token, name: 'Данияр Ахметов', password: 'another long password' })
  if (!outcome.ok) throw new Error(outcome.refusal.key)
  return { operator: outcome.operator, cookie: sessionCookie(outcome.token, true) }
}

describe('the first administrator', () => {
  test('is made of the given e-mail and password, once, for every desk', async () => {
    expect(await firstAdministrator()).toEqual({ outcome: 'created', email: administrator.email })
    expect(await firstAdministrator()).toEqual({ outcome: 'exists' })
    const operator = await auth.operatorOfCookie(await signIn())
    expect(operator).toMatchObject({ name: 'Admin', role: 'administrator', desks, languages: ['kk', 'ru'] })
  })

  test('else takes up a one-time link, whose token is not stored', async () => {
    const first = await firstAdministrator({})
    if (first.outcome !== 'link') throw new Error(first.outcome)
    expect(first.link).toMatch(/^https:\/\/help\.test\/console#\/invitation\/[\w-]{43}$/)
    const stored = await database.sql`select token_hash from invitations`
    expect(stored).toEqual([{ token_hash: hashToken(tokenOf(first.link)) }])

    const request = { token: tokenOf(first.link), name: 'Айгерим Сатпаева', password: 'a long password' }
    expect(await auth.accept(request)).toMatchObject({ ok: false, refusal: { key: 'refusal.check' } })
    expect(await auth.accept({ ...request, email: 'a@help.test' })).toMatchObject({
      ok: true,
      operator: { role: 'administrator', desks, name: 'Айгерим Сатпаева' },
    })
    expect(await auth.accept({ ...request, email: 'b@help.test' })).toMatchObject({ ok: false, status: 404 })
  })

  test('gets a new link at the next start, and the former one stops working', async () => {
    const links = [await firstAdministrator({}), await firstAdministrator({})].map((first) =>
      first.outcome === 'link' ? tokenOf(first.link) : first.outcome,
    )
    expect(await auth.invitationOf(links[0] ?? '')).toBeUndefined()
    expect(await auth.invitationOf(links[1] ?? '')).toMatchObject({ email: null, role: 'administrator' })
  })

  test('is only one, however many servers start at once', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => firstAdministrator()))
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['created', 'exists', 'exists'])
  })

  test('cannot come by the link once there is an administrator', async () => {
    const first = await firstAdministrator({})
    if (first.outcome !== 'link') throw new Error(first.outcome)
    await firstAdministrator()
    const request = {
      token: tokenOf(first.link),
      name: 'Someone',
      password: 'a long password',
      email: 'e@x.kz',
    }
    expect(await auth.accept(request)).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.invitationGone' },
    })
  })
})

describe('signing in', () => {
  beforeEach(() => firstAdministrator())

  test('asks for the e-mail without regard to case, and for the very password', async () => {
    expect((await auth.login({ ...administrator, email: ' admin@HELP.test ', address })).ok).toBe(true)
    const wrong = await auth.login({ ...administrator, password: 'A long password', address })
    expect(wrong).toEqual({ ok: false, status: 401, refusal: { key: 'refusal.wrongPassword' } })
  })

  test('stores neither the password nor the session token', async () => {
    const cookie = await signIn()
    const [row] = await database.sql`
      select token_hash as hash, password_hash as password from sessions, operators`
    expect(row?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(cookie).not.toContain(row?.hash)
  })

  test('says the same to a wrong password, an unknown e-mail, and someone who left', async () => {
    const { operator } = await join('left@help.test')
    await auth.changeOperator(operator.id, { active: false })
    const answers = await Promise.all([
      auth.login({ ...administrator, password: 'wrong', address }),
      auth.login({ email: 'nobody@help.test', password: 'wrong', address }),
      auth.login({ email: 'left@help.test', password: 'another long password', address }),
      auth.login({ email: 'nul\0@help.test', password: 'wrong', address }),
    ])
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 401 })
  })

  test('takes as long for an e-mail that nobody has', async () => {
    const duration = async (email: string) => {
      const begun = performance.now()
      await auth.login({ email, password: 'wrong', address })
      return performance.now() - begun
    }
    await duration('warm@help.test')
    const known = Math.min(await duration(administrator.email), await duration(administrator.email))
    const unknown = Math.min(await duration('a@help.test'), await duration('b@help.test'))
    expect(unknown).toBeGreaterThan(known / 4)
  })

  test('is refused after ten wrong attempts from one address, even with the right password', async () => {
    for (let i = 0; i < 10; i++) await auth.login({ ...administrator, password: `wrong ${i}`, address })
    clock.pass(5)
    expect(await auth.login({ ...administrator, address })).toEqual({
      ok: false,
      status: 429,
      refusal: { key: 'refusal.loginTooOften', params: { minutes: 10 } },
    })
    expect((await auth.login({ ...administrator, address: '192.0.2.2' })).ok).toBe(true)
    clock.pass(10)
    expect((await auth.login({ ...administrator, address })).ok).toBe(true)
  })

  test('is refused when many addresses guess the password of one', async () => {
    const guess = (i: number) =>
      auth.login({ email: 'nobody@help.test', password: 'wrong', address: `192.0.2.${i}` })
    for (let i = 0; i < 50; i++) expect(await guess(i)).toMatchObject({ status: 401 })
    expect(await guess(51)).toMatchObject({ status: 429 })
  })
})

describe('a session', () => {
  beforeEach(() => firstAdministrator())

  test('lasts twelve hours from its last use', async () => {
    const cookie = await signIn()
    clock.pass(11 * 60)
    expect(await auth.operatorOfCookie(cookie)).toBeDefined()
    clock.pass(11 * 60)
    expect(await auth.operatorOfCookie(cookie)).toBeDefined()
    clock.pass(12 * 60)
    expect(await auth.operatorOfCookie(cookie)).toBeUndefined()
  })

  test('lasts a week at most, however much it is used', async () => {
    const cookie = await signIn()
    for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
      clock.pass(6 * 60)
      expect(await auth.operatorOfCookie(cookie)).toBeDefined()
    }
    clock.pass(6 * 60)
    expect(await auth.operatorOfCookie(cookie)).toBeUndefined()
  })

  test('ends at signing out, and whoever listens learns which', async () => {
    const ended: unknown[] = []
    auth.onSignedOut((who) => ended.push(who))
    const cookie = await signIn()
    const other = await signIn()
    const session = await auth.sessionOfCookie(cookie)
    await auth.logout(cookie)
    expect(await auth.operatorOfCookie(cookie)).toBeUndefined()
    expect(await auth.operatorOfCookie(other)).toBeDefined()
    expect(ended).toEqual([{ operatorId: session?.operator.id, sessionHash: session?.sessionHash }])
  })

  test('is not opened by the hash that is stored', async () => {
    await signIn()
    const [row] = await database.sql<{ token_hash: string }[]>`select token_hash from sessions`
    expect(await auth.operatorOfCookie(`komekshi_session=${row?.token_hash.slice(0, 43)}`)).toBeUndefined()
  })
})

describe('an invitation', () => {
  beforeEach(() => firstAdministrator())

  test('makes an operator with the role, desks and languages it names', async () => {
    const { operator, cookie } = await join('daniyar@help.test')
    expect(operator).toMatchObject({ email: 'daniyar@help.test', role: 'operator', desks: ['edoc'] })
    expect((await auth.operatorOfCookie(cookie))?.id).toBe(operator.id)
  })

  test('keeps its e-mail, whatever is sent with the acceptance', async () => {
    const token = await invited('daniyar@help.test')
    const outcome = await auth.accept({
      token,
      name: 'Данияр',
      password: 'another long password',
      email: 'else@help.test',
    })
    expect(outcome).toMatchObject({ ok: true, operator: { email: 'daniyar@help.test' } })
  })

  test('works once, even for two at the same moment', async () => {
    const token = await invited('daniyar@help.test')
    const request = { token, name: 'Данияр', password: 'another long password' }
    const outcomes = await Promise.all([auth.accept(request), auth.accept(request), auth.accept(request)])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await auth.accept(request)).toMatchObject({ ok: false, status: 404 })
    expect(await auth.operators()).toHaveLength(2)
  })

  test('works for a week', async () => {
    const token = await invited('daniyar@help.test')
    clock.pass(7 * 24 * 60)
    expect(await auth.invitationOf(token)).toBeUndefined()
    expect(await auth.pendingInvitations()).toEqual([])
  })

  test('is replaced by a new one to the same address', async () => {
    const former = await invited('daniyar@help.test')
    const latter = await invited('Daniyar@help.test')
    expect(await auth.invitationOf(former)).toBeUndefined()
    expect(await auth.invitationOf(latter)).toBeDefined()
    expect(await auth.pendingInvitations()).toHaveLength(1)
  })

  test('can be withdrawn until it is accepted', async () => {
    const token = await invited('daniyar@help.test')
    const [pending] = await auth.pendingInvitations()
    expect(await auth.withdrawInvitation(pending?.id ?? '')).toBe(true)
    expect(await auth.withdrawInvitation(pending?.id ?? '')).toBe(false)
    expect(await auth.invitationOf(token)).toBeUndefined()
  })

  test('is refused to someone who works here, and to a desk that is not there', async () => {
    const request = {
      email: 'ADMIN@help.test',
      role: 'operator',
      desks: ['edoc'],
      languages: ['ru'],
    } as const
    const lists = { desks: ['edoc'], languages: ['ru' as const] }
    expect(await auth.inviteOperator({ ...request, ...lists })).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.emailTaken' },
    })
    const elsewhere = { ...request, ...lists, email: 'new@help.test', desks: ['nowhere'] }
    expect(await auth.inviteOperator(elsewhere)).toMatchObject({
      ok: false,
      refusal: { key: 'refusal.unknownDesk' },
    })
  })

  test('loses invisible characters of the name, and needs some that are visible', async () => {
    const token = await invited('daniyar@help.test')
    const password = 'another long password'
    expect(await auth.accept({ token, name: '\u202e\u0000\u200b', password })).toMatchObject({
      ok: false,
      refusal: { fields: { name: 'refusal.field.name' } },
    })
    const outcome = await auth.accept({ token, name: 'Дани\u0000яр\u202e', password })
    expect(outcome).toMatchObject({ ok: true, operator: { name: 'Данияр' } })
  })
})

describe('administration', () => {
  beforeEach(() => firstAdministrator())

  test('changes what an operator may do, and tells whoever listens', async () => {
    const changed: unknown[] = []
    const { operator, cookie } = await join('daniyar@help.test')
    auth.onOperatorsChanged((operators) => changed.push(...operators))
    const change = { role: 'supervisor', desks: ['edoc', 'court'] } as const
    const outcome = await auth.changeOperator(operator.id, { ...change, desks: [...change.desks] })
    expect(outcome).toMatchObject({ ok: true, operator: change })
    expect(await auth.operatorOfCookie(cookie)).toMatchObject(change)
    expect(changed).toMatchObject([{ id: operator.id, ...change }])
  })

  test('ends the sessions of whoever leaves', async () => {
    const ended: unknown[] = []
    const { operator, cookie } = await join('daniyar@help.test')
    auth.onSignedOut((who) => ended.push(who))
    await auth.changeOperator(operator.id, { active: false })
    expect(await auth.operatorOfCookie(cookie)).toBeUndefined()
    expect(ended).toEqual([{ operatorId: operator.id }])
    await auth.changeOperator(operator.id, { active: true })
    expect(await auth.operatorOfCookie(cookie)).toBeUndefined()
  })

  test('always leaves an active administrator', async () => {
    const [first] = await auth.operators()
    const refusal = { ok: false, status: 409, refusal: { key: 'refusal.lastAdministrator' } }
    expect(await auth.changeOperator(first?.id ?? '', { active: false })).toEqual(refusal)
    expect(await auth.changeOperator(first?.id ?? '', { role: 'supervisor' })).toEqual(refusal)

    const { operator: second } = await join('second@help.test', 'administrator')
    const both = await Promise.all([
      auth.changeOperator(first?.id ?? '', { active: false }),
      auth.changeOperator(second.id, { role: 'operator' }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('refuses a desk and an operator that are not there', async () => {
    const [first] = await auth.operators()
    expect(await auth.changeOperator(first?.id ?? '', { desks: ['nowhere'] })).toMatchObject({ status: 400 })
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect(await auth.changeOperator(nobody, { active: false })).toMatchObject({ status: 404 })
  })
})
