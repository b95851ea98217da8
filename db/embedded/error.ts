/** Why the embedded PostgreSQL could not be used. */
export type EmbeddedPostgresErrorCode = 'locked' | 'permission' | 'unsupported' | 'failed'

/** Its message says what is wrong and what to do about it, in a sentence for whoever started the server. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: EmbeddedPostgresErrorCode

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The system's error code (`EACCES`, `ENOENT`) or PostgreSQL's (`57P03`), when the error carries one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Words an error of the file system or of a spawn for the one who started the server; others pass unchanged. */
export function explainAccess(error: unknown, what: string): unknown {
  const code = codeOf(error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new EmbeddedPostgresError(
      'permission',
      `${what} cannot be used by this user (${code}). Give the user access to it, or point DATA_DIR at a folder of its own.`,
      { cause: error },
    )
  }
  return error
}
