import { and, asc, count, eq, gt, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { invitations, operators, sessions } from '../schema/index.ts'

/** The pool, or a transaction of it. */
export type Executor = Database['orm'] | Parameters<Parameters<Database['orm']['transaction']>[0]>[0]

export type Operator = typeof operators.$inferSelect
export type Session = typeof sessions.$inferSelect
export type Invitation = typeof invitations.$inferSelect
export type OperatorChange = Partial<Pick<Operator, 'active' | 'role' | 'desks' | 'languages' | 'capacity'>>

/** Any number that no other lock of ours has: taken while it is decided who administrates. */
const administratorsLock = 7_305_002

/** Until the transaction ends, nobody else decides who administrates. */
export async function lockAdministrators(tx: Executor): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${administratorsLock})`)
}

export async function countAdministrators(db: Executor, except?: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(operators)
    .where(
      and(
        eq(operators.role, 'administrator'),
        operators.active,
        except === undefined ? undefined : ne(operators.id, except),
      ),
    )
  return row?.count ?? 0
}

export async function operatorById(db: Executor, id: string): Promise<Operator | undefined> {
  const [row] = await db.select().from(operators).where(eq(operators.id, id))
  return row
}

/** Without regard to case. */
export async function operatorByEmail(db: Executor, email: string): Promise<Operator | undefined> {
  const [row] = await db
    .select()
    .from(operators)
    .where(eq(sql`lower(${operators.email})`, email.toLowerCase()))
  return row
}

/** Everyone who works or worked in the console, by name. */
export function allOperators(db: Executor): Promise<Operator[]> {
  return db.select().from(operators).orderBy(asc(operators.name), asc(operators.id))
}

/** False when the e-mail is taken. */
export async function insertOperator(
  db: Executor,
  operator: typeof operators.$inferInsert,
): Promise<boolean> {
  const added = await db
    .insert(operators)
    .values(operator)
    .onConflictDoNothing()
    .returning({ id: operators.id })
  return added.length === 1
}

export async function updateOperator(
  db: Executor,
  id: string,
  change: OperatorChange,
): Promise<Operator | undefined> {
  const [row] = await db.update(operators).set(change).where(eq(operators.id, id)).returning()
  return row
}

export async function insertSession(db: Executor, session: Session): Promise<void> {
  await db.insert(sessions).values(session)
}

/** A session that has not run out, with its operator while they are active. */
export async function openSession(
  db: Executor,
  tokenHash: string,
  now: string,
): Promise<{ readonly session: Session; readonly operator: Operator } | undefined> {
  const [row] = await db
    .select({ session: sessions, operator: operators })
    .from(sessions)
    .innerJoin(operators, eq(operators.id, sessions.operatorId))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now), operators.active))
  return row
}

export async function prolongSession(db: Executor, tokenHash: string, expiresAt: string): Promise<void> {
  await db.update(sessions).set({ expiresAt }).where(eq(sessions.tokenHash, tokenHash))
}

/** The session that was ended, if it was there. */
export async function deleteSession(db: Executor, tokenHash: string): Promise<Session | undefined> {
  const [row] = await db.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).returning()
  return row
}

export async function deleteSessionsOf(db: Executor, operatorId: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.operatorId, operatorId))
}

export async function deleteExpiredSessions(db: Executor, now: string): Promise<void> {
  await db.delete(sessions).where(lte(sessions.expiresAt, now))
}

const open = (now: string) => and(isNull(invitations.acceptedAt), gt(invitations.expiresAt, now))

/** Invitations of people that can still be accepted, the newest first. */
export function openInvitations(db: Executor, now: string): Promise<Invitation[]> {
  return db
    .select()
    .from(invitations)
    .where(and(open(now), isNotNull(invitations.email)))
    .orderBy(sql`${invitations.createdAt} desc`)
}

export async function invitationByToken(
  db: Executor,
  tokenHash: string,
  now: string,
): Promise<Invitation | undefined> {
  const [row] = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tokenHash, tokenHash), open(now)))
  return row
}

export async function insertInvitation(db: Executor, invitation: Invitation): Promise<void> {
  await db.insert(invitations).values(invitation)
}

/** Takes the invitation up: of several that try at once, one gets it. */
export async function acceptInvitation(
  db: Executor,
  tokenHash: string,
  now: string,
): Promise<Invitation | undefined> {
  const [row] = await db
    .update(invitations)
    .set({ acceptedAt: now })
    .where(and(eq(invitations.tokenHash, tokenHash), open(now)))
    .returning()
  return row
}

/** Withdraws what was not accepted; false when there is no such invitation. */
export async function deleteInvitation(db: Executor, id: string): Promise<boolean> {
  const gone = await db
    .delete(invitations)
    .where(and(eq(invitations.id, id), isNull(invitations.acceptedAt)))
    .returning({ id: invitations.id })
  return gone.length === 1
}

/** Withdraws earlier invitations of an address; null: the links that make the first administrator. */
export async function deleteInvitationsOf(db: Executor, email: string | null): Promise<void> {
  const address =
    email === null ? isNull(invitations.email) : eq(sql`lower(${invitations.email})`, email.toLowerCase())
  await db.delete(invitations).where(and(address, isNull(invitations.acceptedAt)))
}
