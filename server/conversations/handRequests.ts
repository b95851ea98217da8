import type { SqlPool } from '../../db/client.ts'
import { beginAnew, conversationsOf, openConversation } from '../../db/queries/conversations.ts'
import type { StoredFile } from '../../engine/conversation/content.ts'
import type { Refusal } from '../../engine/conversation/effect.ts'
import type { ConversationEvent } from '../../engine/conversation/event.ts'
import { newConversation, transition } from '../../engine/conversation/transition.ts'
import type { Desk } from '../../engine/desk.ts'
import { parseField } from '../../engine/identity/index.ts'
import {
  type HandRequest,
  handChannels,
  type RequestPlace,
  type WireRegistered,
} from '../../engine/wireRequests.ts'
import type { AssistantKey } from '../../locales/index.ts'
import type { Operator } from '../auth/auth.ts'
import { type Outcome, refused } from '../auth/outcome.ts'
import { extensionOf } from '../uploads/fileName.ts'
import { mostBytesOf, type Uploads } from '../uploads/uploads.ts'
import type { Accept } from './accept.ts'

export type HandRequests = ReturnType<typeof createHandRequests>

type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }
const wrong = (refusal: Refusal) => ({ ok: false, refusal }) as const

/** The e-mail the answers go to: the desk's own field for it, where it asks for one. */
function answersTo(desk: Desk, { values, answersTo: given }: HandRequest): Checked<string | null> {
  const own = desk.identification.fields.find(({ kind }) => kind === 'email')
  const typed = (own ? values[own.id] : given)?.trim()
  if (!typed) return { ok: true, value: null }
  const parsed = parseField('email', typed)
  if (parsed.ok) return parsed
  const field = own?.id ?? 'answersTo'
  return wrong({ key: 'refusal.check', fields: { [field]: parsed.refusal as AssistantKey } })
}

/**
 * Requests that came by telephone or as an official letter, as operators put them down (edoc regulation, §4 and §8).
 * The browser's id for one leads to one request, whatever is sent again; nothing shows of one until it is registered.
 */
export function createHandRequests(ports: {
  readonly sql: SqlPool
  readonly desks: ReadonlyMap<string, Desk>
  readonly accept: Accept['accept']
  readonly uploads: Uploads
  readonly clock: () => Date
  /** Whether answers can be sent by e-mail at all. */
  readonly sendsMail: boolean
}) {
  const { sql, desks, accept, uploads, clock } = ports

  /** The operator's own, so that nobody comes upon another's by its id. */
  const addressOf = (operator: Operator, id: string) => `${operator.id}:${id}`
  const deskOf = (operator: Operator, id: string) => (operator.desks.includes(id) ? desks.get(id) : undefined)
  const known = (operator: Operator, id: string) =>
    conversationsOf(sql, {
      channels: handChannels,
      desks: [...desks.keys()],
      address: addressOf(operator, id),
    })

  /** A conversation for the request to come: its files are sent into it, as into any other. */
  async function place(
    operator: Operator,
    { id, desk, channel, language }: RequestPlace,
  ): Promise<Outcome<{ readonly conversationId: string }>> {
    if (!deskOf(operator, desk)) return refused(404, 'refusal.unknownDesk')
    const opened = await openConversation(
      sql,
      { channel, desk, address: addressOf(operator, id) },
      { now: clock().toISOString(), language, languageChosen: true, pushTo: null },
    )
    return { ok: true, conversationId: opened.id }
  }

  /** The files of a request: the operator's own, sent for this very request, such as its desk takes. */
  async function filesOf(
    operator: Operator,
    { attachments }: Desk,
    { files }: HandRequest,
    places: readonly string[],
  ): Promise<Checked<readonly StoredFile[]>> {
    const found: StoredFile[] = []
    for (const fileId of new Set(files)) {
      const upload = await uploads.find(fileId)
      if (upload?.operatorId !== operator.id || !places.includes(upload.conversationId))
        return wrong({ key: 'refusal.file.missing' })
      const { id, name, type, bytes } = upload
      // they may have been sent before another desk was chosen
      if (!attachments.types.includes(extensionOf(name)))
        return wrong({ key: 'refusal.file.type', params: { types: attachments.types.join(', ') } })
      if (bytes > mostBytesOf(attachments))
        return wrong({ key: 'refusal.file.tooLarge', params: { megabytes: attachments.maxMegabytes } })
      found.push({ id, name, type, bytes })
    }
    return { ok: true, value: found }
  }

  /** Registers a request, or says by field what is wrong with it; then nothing is kept. */
  async function register(operator: Operator, request: HandRequest): Promise<Outcome<WireRegistered>> {
    const desk = deskOf(operator, request.desk)
    if (!desk) return refused(404, 'refusal.unknownDesk')
    const refuse = ({ key, ...more }: Refusal) => refused(400, key, more)
    const places = await known(operator, request.id)
    const before = places.find(({ ticketNumber }) => ticketNumber !== null)
    if (before)
      return { ok: true, conversationId: before.id, number: Number(before.ticketNumber), repeated: true }

    const email = answersTo(desk, request)
    const files = await filesOf(
      operator,
      desk,
      request,
      places.map(({ id }) => id),
    )
    if (!files.ok) return refuse(files.refusal)
    const now = clock().toISOString()
    const event: ConversationEvent = {
      type: 'operator.registered',
      id: request.id,
      at: now,
      operator: { id: operator.id, name: operator.name },
      values: request.values,
      files: files.value,
      // a normal one is what the desk makes of it
      ...(request.priority !== 'normal' && { priority: request.priority }),
      ...(request.takes && { takes: true }),
    }
    const language = { language: request.language, languageChosen: true } as const
    const [, effects] = transition(desk, { ...newConversation(request.channel), ...language }, event)
    const refusal = effects.find((effect) => effect.type === 'refuse')?.refusal
    if (refusal || !email.ok) return refuse(together(refusal, email.ok ? undefined : email.refusal))

    const begin = { now, ...language, pushTo: ports.sendsMail ? email.value : null }
    const at = { channel: request.channel, desk: desk.id, address: addressOf(operator, request.id) }
    const { id, begun } = await openConversation(sql, at, begin)
    if (!begun) await beginAnew(sql, id, request.channel, begin)
    await uploads.moveTo(
      id,
      files.value.map((file) => file.id),
    )
    const accepted = await accept(id, event)
    if (!accepted.ok) return refuse(accepted.refusal)
    const registered = (await known(operator, request.id)).find((one) => one.id === id)
    if (!registered?.ticketNumber) throw new Error('a request was registered and has no number')
    const { repeated } = accepted
    return { ok: true, conversationId: id, number: registered.ticketNumber, repeated }
  }

  return { place, register }
}

/** Everything that is wrong at once. */
function together(first: Refusal | undefined, second: Refusal | undefined): Refusal {
  if (!first || !second) return (first ?? second) as Refusal
  return first.fields ? { ...first, fields: { ...second.fields, ...first.fields } } : first
}
