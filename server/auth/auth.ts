import type { Database } from '../../db/client.ts'
import type { Operator } from '../../db/queries/operators.ts'
import { administrationOf } from './administration.ts'
import { countAttempts } from './attempts.ts'
import { invitationsOf } from './invitations.ts'
import { sessionsOf } from './sessions.ts'

export type { Operator } from '../../db/queries/operators.ts'

/** Who was signed out: one session, or, without its hash, every session of the operator. */
export type SignedOut = { readonly operatorId: string; readonly sessionHash?: string }

export type AuthDeps = {
  readonly database: Database
  readonly clock: () => Date
  readonly publicUrl: string
  /** The ids of every desk. */
  readonly desks: readonly string[]
}

/** What the parts of auth tell the rest of the server. */
export type AuthNews = {
  readonly signedOut: (who: SignedOut) => void
  readonly operatorsChanged: (operators: readonly Operator[]) => void
}

export type Auth = ReturnType<typeof createAuth>

/** Who works in the console: signing in and out, invitations, the first administrator, roles. */
export function createAuth(deps: AuthDeps) {
  const signedOut = listeners<SignedOut>()
  const operatorsChanged = listeners<readonly Operator[]>()
  const news: AuthNews = { signedOut: signedOut.tell, operatorsChanged: operatorsChanged.tell }
  return {
    ...sessionsOf(deps, news, countAttempts()),
    ...invitationsOf(deps, news),
    ...administrationOf(deps, news),
    /** Calls back when a session ends before its time; returns how to stop that. */
    onSignedOut: signedOut.add,
    /** Calls back with the operators that are new or whose facts changed; returns how to stop that. */
    onOperatorsChanged: operatorsChanged.add,
  }
}

function listeners<News>() {
  const all = new Set<(news: News) => void>()
  return {
    tell: (news: News) => {
      for (const listener of all) listener(news)
    },
    add: (listener: (news: News) => void): (() => void) => {
      all.add(listener)
      return () => all.delete(listener)
    },
  }
}
