import { expect, test } from 'vitest'
import { loggedUrl } from '../../../server/http/loggedUrl.ts'

test.each([
  ['/api/desks/edoc/faq/search?q=ИИН 880101300123', '/api/desks/edoc/faq/search'],
  ['/api/console/invitations/abcdefghijklmnopqrstuvwxyz', '/api/console/invitations/[hidden]'],
  ['/people/880101300123/files', '/people/[hidden]/files'],
  ['/api/uploads', '/api/uploads'],
])('%s is logged as %s', (url, logged) => {
  expect(loggedUrl(url)).toBe(logged)
})

test('an endless address is cut', () => {
  expect(loggedUrl(`/${'a'.repeat(10_000)}`)).toHaveLength(200)
})
