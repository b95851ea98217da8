import { expect, test } from 'vitest'
import { isNearbyAddress } from '../../../server/http/isNearby.ts'

test.each([
  ['127.0.0.1', true],
  ['::1', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['fd00::1', true],
  ['fe80::1%eth0', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:192.0.2.1', false],
  ['192.0.2.1', false],
  ['2001:db8::1', false],
  ['not an address', false],
])('%s is nearby: %s', (address, nearby) => {
  expect(isNearbyAddress(address)).toBe(nearby)
})
