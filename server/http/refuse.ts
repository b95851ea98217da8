import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '../../engine/conversation/effect.ts'
import { wireRefusal } from '../sockets/refusalText.ts'
import { languageOf } from './requestLanguage.ts'

/** Answers `{ refusal }` in the words of the request's language. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  refusal: Refusal,
): FastifyReply {
  return reply.code(status).send({ refusal: wireRefusal(languageOf(request), refusal) })
}
