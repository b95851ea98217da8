import { z } from 'zod'
import { minPasswordLength } from './limits.ts'
import { language } from './wireFields.ts'

export const roles = ['operator', 'supervisor', 'administrator'] as const
export type Role = (typeof roles)[number]

export const loginSchema = z.object({ email: z.string().max(254), password: z.string().max(200) })
const password = z.string().min(minPasswordLength).max(200)
const personName = z.string().trim().min(2).max(120)

export const invitationSchema = z.object({
  email: z.email().max(254),
  role: z.enum(roles),
  desks: z.array(z.string().max(32)).min(1),
  languages: z.array(language).min(1),
})
export type InvitationRequest = z.infer<typeof invitationSchema>

/** Takes up an invitation, or the one-time link that makes the first administrator. */
export const acceptInvitationSchema = z.object({
  token: z.string().min(20).max(100),
  name: personName,
  /** Needed for the first administrator only; an invitation knows its address. */
  email: z.email().max(254).optional(),
  password,
})
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>
