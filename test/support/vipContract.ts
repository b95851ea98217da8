import type { FoundContract } from '../../engine/contract.ts'
import { someone } from './conversation.ts'

/** A VIP contract of edoc’s, as it is found by its organisation's BIN. */
export const vipContract: FoundContract = {
  contract: {
    id: '00000000-0000-4000-8000-0000000000c1',
    desk: 'edoc',
    bin: someone.bin,
    organisation: 'ТОО «Ромашка»',
    level: 'vip',
    type: 'vip',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
  },
  open: 0,
  own: [],
}
