import { z } from 'zod'
import { channels, priorities } from './desk.ts'
import { anyText, eventId, language } from './wireFields.ts'

/* Requests that operators put down themselves: they came by telephone or as an official letter on paper. */

/** How a request comes that an operator puts down (edoc regulation, §4 and §8). */
export const handChannels = channels.filter((channel) => channel === 'phone' || channel === 'letter')
export type HandChannel = (typeof handChannels)[number]

/** What may be chosen for it; `low` is only for those who come without the contract their desk asks for. */
export const handPriorities = priorities.filter((priority) => priority !== 'low')
export type HandPriority = (typeof handPriorities)[number]

/** The most files that come with one. */
export const mostHandFiles = 20

const begun = {
  /** Made by the browser: sent again, it is the same request. */
  id: eventId,
  desk: z.string().max(32),
  channel: z.enum(handChannels),
  /** In which the person is answered. */
  language,
}

/** Asks where the files of a request go that is not registered yet. */
export const requestPlaceSchema = z.object(begun)
export type RequestPlace = z.infer<typeof requestPlaceSchema>

export const handRequestSchema = z.object({
  ...begun,
  /** As typed, by field of the desk's identification and request. */
  values: z.record(z.string().max(40), anyText),
  /** Files that this operator has sent for it. */
  files: z.array(z.uuid()).max(mostHandFiles),
  priority: z.enum(handPriorities),
  /** The e-mail that the person gets the answers at; empty: they see none. */
  answersTo: z.string().max(254),
  /** The operator keeps it; else it waits in the queue. */
  takes: z.boolean(),
})
export type HandRequest = z.infer<typeof handRequestSchema>

/** What a request has become; `repeated`: it had been registered before. */
export type WireRegistered = {
  readonly conversationId: string
  readonly number: number
  readonly repeated: boolean
}
