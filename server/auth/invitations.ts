import { randomUUID } from 'node:crypto'
import {
  acceptInvitation,
  countAdministrators,
  deleteInvitation,
  deleteInvitationsOf,
  type Executor,
  type Invitation,
  insertInvitation,
  insertOperator,
  invitationByToken,
  lockAdministrators,
  type Operator,
  openInvitations,
  operatorByEmail,
} from '../../db/queries/operators.ts'
import type { AcceptInvitation, InvitationRequest } from '../../engine/wireAccess.ts'
import type { AuthDeps, AuthNews } from './auth.ts'
import { type Outcome, refused } from './outcome.ts'
import { hashPassword } from './password.ts'
import { beginSession } from './sessions.ts'
import { hashToken, newToken } from './token.ts'

const lasts = 7 * 24 * 60 * 60_000

/** The link that is given to a person. */
const linkOf = (publicUrl: string, token: string) => `${publicUrl}/console#/invitation/${token}`

type Accepted = Outcome<{ readonly token: string; readonly operator: Operator }>
type Invited = { readonly link: string; readonly expiresAt: string }

/** Writes an invitation in place of earlier ones to the same address and returns its link, known only now. */
export async function invite(
  db: Executor,
  to: Pick<Invitation, 'email' | 'role' | 'desks' | 'languages'>,
  publicUrl: string,
  now: Date,
): Promise<Invited> {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + lasts).toISOString()
  await deleteInvitationsOf(db, to.email)
  await insertInvitation(db, {
    ...to,
    id: randomUUID(),
    tokenHash: hashToken(token),
    createdAt: now.toISOString(),
    expiresAt,
    acceptedAt: null,
  })
  return { link: linkOf(publicUrl, token), expiresAt }
}

export function invitationsOf({ database, clock, publicUrl, desks }: AuthDeps, news: AuthNews) {
  /** Invites a person: a link that works once, for 7 days. An earlier one to the same address stops working. */
  async function inviteOperator(request: InvitationRequest): Promise<Outcome<Invited>> {
    if (!request.desks.every((desk) => desks.includes(desk))) return refused(400, 'refusal.unknownDesk')
    if (await operatorByEmail(database.orm, request.email)) return refused(409, 'refusal.emailTaken')
    const invited = await database.orm.transaction((tx) => invite(tx, request, publicUrl, clock()))
    return { ok: true, ...invited }
  }

  /** An invitation that still works, by the token of its link. */
  function invitationOf(token: string): Promise<Invitation | undefined> {
    return invitationByToken(database.orm, hashToken(token), clock().toISOString())
  }

  /**
   * Takes up an invitation and signs in, in one transaction: of two that try at once, one is refused. The link of
   * the first administrator needs an e-mail, and works only while there is no administrator.
   */
  async function accept(request: AcceptInvitation): Promise<Accepted> {
    const invitation = await invitationOf(request.token)
    if (!invitation) return refused(404, 'refusal.invitationGone')
    const email = invitation.email ?? request.email
    if (email === undefined)
      return refused(400, 'refusal.check', { fields: { email: 'refusal.field.email' } })
    const name = request.name.replace(/\p{C}/gu, '').trim()
    if (name.length < 2) return refused(400, 'refusal.check', { fields: { name: 'refusal.field.name' } })
    const passwordHash = await hashPassword(request.password)
    const now = clock()

    const outcome = await database.orm.transaction(async (tx): Promise<Accepted> => {
      // whoever makes an operator holds this lock, so what is checked here stays true until the end
      await lockAdministrators(tx)
      if (invitation.email === null && (await countAdministrators(tx)) > 0)
        return refused(404, 'refusal.invitationGone')
      if (await operatorByEmail(tx, email)) return refused(409, 'refusal.emailTaken')
      const accepted = await acceptInvitation(tx, invitation.tokenHash, now.toISOString())
      if (!accepted) return refused(404, 'refusal.invitationGone')
      const operator: Operator = {
        id: randomUUID(),
        email,
        name,
        role: accepted.role,
        desks: accepted.desks,
        languages: accepted.languages,
        capacity: null,
        alertsSeenAt: null,
        passwordHash,
        active: true,
        createdAt: now.toISOString(),
      }
      await insertOperator(tx, operator)
      return { ok: true, token: await beginSession(tx, operator.id, now), operator }
    })
    if (outcome.ok) news.operatorsChanged([outcome.operator])
    return outcome
  }

  return {
    inviteOperator,
    invitationOf,
    accept,
    /** Invitations that can still be accepted, the newest first; without the first administrator's link. */
    pendingInvitations: (): Promise<Invitation[]> => openInvitations(database.orm, clock().toISOString()),
    /** Withdraws an invitation; false when it was accepted or never was. */
    withdrawInvitation: (id: string): Promise<boolean> => deleteInvitation(database.orm, id),
  }
}
