import { GrammyError, HttpError } from 'grammy'

/** Why a call of the Bot API failed, as far as it matters what to do next. */
export type Trouble = {
  readonly kind:
    | 'tooMany'
    | 'unavailable'
    | 'unauthorized'
    | 'conflict'
    | 'blocked'
    | 'noChat'
    | 'unparsable'
    | 'moved'
    | 'refused'
  /** Safe to be logged: never holds the token. */
  readonly description: string
  /** What Telegram asks to wait, in seconds. */
  readonly afterSeconds?: number
  /** The chat that this one has become (`moved`). */
  readonly movedTo?: number
}

const blocked = /blocked|deactivated|kicked|not a member/i
const noChat = /chat not found|user not found|PEER_ID_INVALID|can't initiate conversation|chat_id is empty/i

function kindOf({ error_code: code, description, parameters }: GrammyError): Trouble['kind'] {
  if (parameters.migrate_to_chat_id !== undefined) return 'moved'
  if (code === 429) return 'tooMany'
  if (code >= 500) return 'unavailable'
  if (code === 401 || code === 404) return 'unauthorized'
  if (code === 409) return 'conflict'
  if (noChat.test(description)) return 'noChat'
  if (code === 403) return blocked.test(description) ? 'blocked' : 'noChat'
  if (/can't parse entities/i.test(description)) return 'unparsable'
  return 'refused'
}

const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? ` ${code}` : ''
}

/**
 * Tells what a failed call means. An error that is not the Bot API's own counts as unavailability. The description of
 * a network error leaves the error's text out, because it holds the address and with it the token.
 * Telegram answers 404 to a token of the wrong shape, so it counts as unauthorized.
 */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof GrammyError) {
    const { retry_after: afterSeconds, migrate_to_chat_id: movedTo } = error.parameters
    return {
      kind: kindOf(error),
      description: `${error.method}: ${error.error_code} ${error.description}`,
      ...(afterSeconds !== undefined && { afterSeconds }),
      ...(movedTo !== undefined && { movedTo }),
    }
  }
  if (error instanceof HttpError) {
    return { kind: 'unavailable', description: `${error.message}${codeOf(error.error)}` }
  }
  return { kind: 'unavailable', description: error instanceof Error ? error.name : 'unknown' }
}
