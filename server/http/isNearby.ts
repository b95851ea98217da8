import { BlockList, isIP, isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

const nearby = new BlockList()
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  nearby.addSubnet(network, prefix)
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  nearby.addSubnet(network, prefix, 'ipv6')

/** Whether an IP address is of this machine or of a private network. */
export function isNearbyAddress(address: string): boolean {
  const bare = address.split('%')[0] ?? ''
  return isIP(bare) !== 0 && nearby.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4')
}

/**
 * Whether a request comes straight from this machine or its private network. What a proxy passes on does not: its
 * own address would speak for the whole world.
 */
export function isNearby(request: FastifyRequest): boolean {
  const { headers } = request
  if (headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip']) return false
  return isNearbyAddress(request.socket.remoteAddress ?? '')
}
