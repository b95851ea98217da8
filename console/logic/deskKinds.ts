import type { Channel, Level } from '../../engine/desk.ts'

/** What a visitor may come by, and the levels of service, in the order they are shown in. */
export const channels = [
  'widget',
  'telegram',
  'email',
  'phone',
  'letter',
] as const satisfies readonly Channel[]
export const levels = ['basic', 'vip'] as const satisfies readonly Level[]
