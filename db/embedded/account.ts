import { readFileSync } from 'node:fs'
import { EmbeddedPostgresError } from './error.ts'

/** The system account that PostgreSQL runs under. */
export type Account = { readonly uid: number; readonly gid: number; readonly name: string }

/**
 * The account to switch to, since PostgreSQL refuses root: `postgres`, else `nobody`.
 * Undefined when Node itself runs under an ordinary account, which then is kept.
 */
export function accountBelowRoot(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n').map(parseAccount)
  const found = ['postgres', 'nobody']
    .map((name) => accounts.find((account) => account?.name === name))
    .find((account) => account !== undefined)
  if (found) return found
  throw new EmbeddedPostgresError(
    'permission',
    'PostgreSQL does not run as root, and /etc/passwd has neither a user postgres nor nobody. Start Komekshi as an ordinary user, or set DATABASE_URL.',
  )
}

/** One line of /etc/passwd; undefined for lines of another form and for root itself. */
function parseAccount(line: string): Account | undefined {
  const [name, , uid, gid] = line.split(':')
  if (!name || !/^\d+$/.test(uid ?? '') || !/^\d+$/.test(gid ?? '') || Number(uid) === 0) return undefined
  return { name, uid: Number(uid), gid: Number(gid) }
}
