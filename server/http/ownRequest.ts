import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from './refuse.ts'

const reading = ['GET', 'HEAD', 'OPTIONS']

/**
 * Whether a request that may change something comes from our own pages: other sites cannot send the header
 * `X-Komekshi` with someone's cookie, and a browser names the page's origin.
 */
export function isOwnRequest(request: FastifyRequest, publicUrl: string): boolean {
  if (reading.includes(request.method)) return true
  const { origin } = request.headers
  const ours = [new URL(publicUrl).origin, `${request.protocol}://${request.host}`]
  return request.headers['x-komekshi'] === '1' && (origin === undefined || ours.includes(origin))
}

/** A hook that turns away what other sites make a browser send. */
export function ownRequestsOnly(publicUrl: string) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> =>
    isOwnRequest(request, publicUrl) ? undefined : refuse(request, reply, 403, { key: 'refusal.forbidden' })
}
