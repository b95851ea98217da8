import cookie from '@fastify/cookie'

const sessionCookieName = 'komekshi_session'

const daysKept = 7

/** The `Set-Cookie` of a new session; how long it really lasts is decided by the server. */
export function sessionCookie(token: string, secure: boolean): string {
  return cookie.serialize(sessionCookieName, token, {
    ...attributes(secure),
    maxAge: daysKept * 24 * 60 * 60,
  })
}

/** The `Set-Cookie` that makes the browser forget the session. */
export function endedSessionCookie(secure: boolean): string {
  return cookie.serialize(sessionCookieName, '', { ...attributes(secure), maxAge: 0 })
}

/** The session's token in a `Cookie` header, if it may be one. */
export function sessionTokenIn(cookieHeader: string | undefined): string | undefined {
  const token = cookieHeader === undefined ? undefined : cookie.parse(cookieHeader)[sessionCookieName]
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined
}

const attributes = (secure: boolean) => ({ path: '/', httpOnly: true, sameSite: 'strict' as const, secure })
