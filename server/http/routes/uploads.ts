import multipart from '@fastify/multipart'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { hashToken } from '../../auth/token.ts'
import { isPicture } from '../../uploads/checkedType.ts'
import { mostBytesOf } from '../../uploads/uploads.ts'
import { wireFile } from '../../uploads/wireFile.ts'
import type { App, AppDeps } from '../app.ts'
import { isOwnRequest } from '../ownRequest.ts'
import { refuse } from '../refuse.ts'

/** Who asks: a visitor with the one conversation their token opens, or an operator with their desks. */
type Asker =
  | { readonly by: 'visitor'; readonly conversationId: string; readonly desk: string }
  | { readonly by: 'operator'; readonly id: string; readonly desks: readonly string[] }

const perMinute = 30
/** A multipart body is a little longer than its file; what is much longer is not even read. */
const spareBytes = 64 * 1024

/** Sending a file into a conversation, and getting it back. */
export async function uploadRoutes(app: App, deps: AppDeps): Promise<void> {
  const { auth, desks, uploads } = deps
  await app.register(multipart, { throwFileSizeLimit: false })

  async function askerOf(request: FastifyRequest): Promise<Asker | undefined> {
    const token = bearerOf(request)
    if (token !== undefined) {
      const visitor = await deps.visitorConversation(token)
      return visitor && { by: 'visitor', ...visitor }
    }
    const operator = await auth.operatorOfCookie(request.headers.cookie)
    return operator && { by: 'operator', id: operator.id, desks: operator.desks }
  }

  /** The desk of a conversation that the asker takes part in. */
  async function deskFor(asker: Asker, conversationId: string): Promise<string | undefined> {
    if (asker.by === 'visitor') return asker.conversationId === conversationId ? asker.desk : undefined
    const desk = await deps.conversationDesk(conversationId)
    return desk !== undefined && asker.desks.includes(desk) ? desk : undefined
  }

  app.post(
    '/api/uploads',
    {
      schema: { querystring: z.object({ conversation: z.uuid() }) },
      config: { rateLimit: { max: perMinute, timeWindow: 60_000, keyGenerator: senderOf } },
    },
    async (request, reply) => {
      const asker = await askerOf(request)
      if (!asker) return refuse(request, reply, 401, { key: 'refusal.signIn' })
      if (asker.by === 'operator' && !isOwnRequest(request, deps.env.publicUrl))
        return refuse(request, reply, 403, { key: 'refusal.forbidden' })
      const conversationId = request.query.conversation
      const deskId = await deskFor(asker, conversationId)
      const desk = deskId === undefined ? undefined : desks.get(deskId)
      if (!desk) return refuse(request, reply, 404, { key: 'refusal.notFound' })

      const { attachments } = desk
      const most = mostBytesOf(attachments)
      const tooLarge = {
        key: 'refusal.file.tooLarge',
        params: { megabytes: attachments.maxMegabytes },
      } as const
      if (Number(request.headers['content-length'] ?? 0) > 2 * most + spareBytes)
        return refuse(request, reply.header('connection', 'close'), 413, tooLarge)

      const incoming = await fileIn(request, most)
      if (incoming?.fieldname !== 'file') {
        drain(request)
        return refuse(request, reply, 400, { key: incoming ? 'refusal.invalid' : 'refusal.file.incomplete' })
      }
      const stored = await uploads
        .store({
          conversationId,
          by: asker.by === 'visitor' ? 'visitor' : asker.id,
          attachments,
          name: incoming.name,
          bytes: incoming.bytes,
        })
        .catch((error: unknown) => {
          if (!incoming.brokeOff()) throw error
          return { ok: false as const, refusal: { key: 'refusal.file.incomplete' as const } }
        })
        .finally(() => drain(request))
      if (stored.ok) return reply.code(201).send(wireFile(stored.file))
      return refuse(request, reply, stored.refusal.key === tooLarge.key ? 413 : 400, stored.refusal)
    },
  )

  app.get('/api/uploads/:id', { schema: { params: z.object({ id: z.uuid() }) } }, async (request, reply) => {
    const asker = await askerOf(request)
    if (!asker) return refuse(request, reply, 401, { key: 'refusal.signIn' })
    const upload = await uploads.find(request.params.id)
    const allowed = upload && (await deskFor(asker, upload.conversationId)) !== undefined
    const opened = allowed ? await uploads.open(upload.id) : undefined
    if (!opened) return refuse(request, reply, 404, { key: 'refusal.file.missing' })
    return sendFile(reply, opened.file).send(opened.bytes)
  })
}

function sendFile(reply: FastifyReply, file: { name: string; type: string; bytes: number }): FastifyReply {
  const picture = isPicture(file.type)
  return reply.headers({
    'content-type': picture ? file.type : 'application/octet-stream',
    'content-length': file.bytes,
    'content-disposition': `${picture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodedName(file.name)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, max-age=3600',
    vary: 'Authorization, Cookie',
    'cross-origin-resource-policy': 'same-origin',
  })
}

/** RFC 8187: what encodeURIComponent leaves and the header does not take. */
const encodedName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

/** The file part of a form; undefined when the form ends before one begins. */
async function fileIn(request: FastifyRequest, mostBytes: number) {
  const limits = { files: 1, fields: 0, parts: 1, fileSize: mostBytes + 1 }
  const part = await request.file({ limits }).catch((error: FastifyError) => {
    if (error.statusCode !== undefined) throw error
    return undefined
  })
  if (!part) return undefined
  let broken = false
  async function* bytes(source: AsyncIterable<Uint8Array>) {
    try {
      yield* source
    } catch (error) {
      broken = true
      throw error
    }
  }
  return { name: part.filename, fieldname: part.fieldname, bytes: bytes(part.file), brokeOff: () => broken }
}

const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer ([\w.~+/=-]{1,200})$/i.exec(headers.authorization ?? '')?.[1]

const senderOf = (request: FastifyRequest): string =>
  hashToken(bearerOf(request) ?? request.headers.cookie ?? request.ip)

/** Reads what is still to come of a refused body, so that the client gets to read the answer. */
function drain(request: FastifyRequest): void {
  request.raw.unpipe()
  request.raw.resume()
}
