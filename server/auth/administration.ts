import { randomUUID } from 'node:crypto'
import {
  allOperators,
  countAdministrators,
  deleteSessionsOf,
  insertOperator,
  lockAdministrators,
  type Operator,
  type OperatorChange,
  operatorByEmail,
  operatorById,
  updateOperator,
} from '../../db/queries/operators.ts'
import { languages } from '../../engine/language.ts'
import type { AuthDeps, AuthNews } from './auth.ts'
import { invite } from './invitations.ts'
import { type Outcome, refused } from './outcome.ts'
import { hashPassword } from './password.ts'

/** How the first administrator comes to be. */
export type FirstAdministrator =
  | { readonly outcome: 'exists' }
  | { readonly outcome: 'created'; readonly email: string }
  /** To be printed once: it is stored only as a hash. */
  | { readonly outcome: 'link'; readonly link: string; readonly expiresAt: string }

export function administrationOf({ database, desks }: AuthDeps, news: AuthNews) {
  /**
   * Called at every start. While there is no active administrator, makes one of the e-mail and password, named after
   * the e-mail's local part since visitors see the name, or else a one-time link; the link of an earlier start stops working.
   */
  async function ensureFirstAdministrator(input: {
    readonly email?: string | undefined
    readonly password?: string | undefined
    readonly publicUrl: string
    readonly now: Date
  }): Promise<FirstAdministrator> {
    const { email, password, publicUrl, now } = input
    if ((await countAdministrators(database.orm)) > 0) return { outcome: 'exists' }
    const passwordHash = password === undefined ? undefined : await hashPassword(password)
    const wide = { role: 'administrator' as const, desks: [...desks], languages: [...languages] }

    return database.orm.transaction(async (tx) => {
      await lockAdministrators(tx)
      if ((await countAdministrators(tx)) > 0) return { outcome: 'exists' }
      if (email !== undefined && passwordHash !== undefined && !(await operatorByEmail(tx, email))) {
        await insertOperator(tx, {
          ...wide,
          id: randomUUID(),
          email,
          name: email.split('@')[0] ?? email,
          passwordHash,
          active: true,
          createdAt: now.toISOString(),
        })
        return { outcome: 'created', email }
      }
      return { outcome: 'link', ...(await invite(tx, { ...wide, email: null }, publicUrl, now)) }
    })
  }

  /**
   * Changes an operator's role, desks, languages or whether they work here. Refuses to leave the console without an
   * active administrator. Deactivation ends every session.
   */
  async function changeOperator(
    id: string,
    change: OperatorChange,
  ): Promise<Outcome<{ operator: Operator }>> {
    if (change.desks && !change.desks.every((desk) => desks.includes(desk)))
      return refused(400, 'refusal.unknownDesk')
    const outcome = await database.orm.transaction(async (tx) => {
      await lockAdministrators(tx)
      const before = await operatorById(tx, id)
      if (!before) return refused(404, 'refusal.operatorGone')
      const after = { ...before, ...change }
      const stays = after.active && after.role === 'administrator'
      const leads = before.active && before.role === 'administrator'
      if (leads && !stays && (await countAdministrators(tx, id)) === 0)
        return refused(409, 'refusal.lastAdministrator')
      const operator = (await updateOperator(tx, id, change)) ?? before
      if (!operator.active) await deleteSessionsOf(tx, id)
      return { ok: true as const, operator }
    })
    if (outcome.ok) {
      news.operatorsChanged([outcome.operator])
      if (!outcome.operator.active) news.signedOut({ operatorId: id })
    }
    return outcome
  }

  return {
    ensureFirstAdministrator,
    changeOperator,
    /** Everyone who works or worked in the console, by name. */
    operators: (): Promise<Operator[]> => allOperators(database.orm),
  }
}
