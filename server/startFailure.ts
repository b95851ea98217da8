import { EmbeddedPostgresError } from '../db/embedded.ts'
import { DeskDataError } from '../desks/loadDesks.ts'
import { type Env, EnvError } from './env.ts'

/** Why the server cannot start, in words for the person who started it. */
export class StartError extends Error {}

/** What to tell the person who started the server, when it is something they can mend. */
export function startFailure(error: unknown, env: Env | undefined): string | undefined {
  if (error instanceof EnvError) return error.mistakes.join('\n')
  if (error instanceof DeskDataError || error instanceof StartError || error instanceof EmbeddedPostgresError)
    return error.message
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `Port ${env?.port} on ${env?.host} is taken: another server is listening there. Set PORT to another one.`
  if (code === 'EACCES') return `This user may not listen on port ${env?.port}. Set PORT to one above 1024.`
  if (code === 'ECONNREFUSED' && env?.databaseUrl) return 'The database at DATABASE_URL does not answer.'
  return undefined
}
