import { expect, test } from 'vitest'
import { endedSessionCookie, sessionCookie, sessionTokenIn } from '../../../server/auth/sessionCookie.ts'
import { newToken } from '../../../server/auth/token.ts'

test('scripts, other sites and plain HTTP do not get the cookie', () => {
  const cookie = sessionCookie('token', true)
  expect(cookie.split('; ').sort()).toEqual(
    ['komekshi_session=token', 'Max-Age=604800', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'].sort(),
  )
  expect(sessionCookie('token', false)).not.toContain('Secure')
  expect(endedSessionCookie(true)).toMatch(/^komekshi_session=; Max-Age=0/)
})

test('the token is found among other cookies, and only if it may be one', () => {
  const token = newToken()
  expect(sessionTokenIn(`theme=dark; komekshi_session=${token}`)).toBe(token)
  expect(sessionTokenIn('komekshi_session=short')).toBeUndefined()
  expect(sessionTokenIn(`other_komekshi_session=${token}`)).toBeUndefined()
  expect(sessionTokenIn(undefined)).toBeUndefined()
})
