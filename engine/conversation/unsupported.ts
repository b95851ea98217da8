import type { Desk } from '../desk.ts'
import type { Unsupported } from './content.ts'
import type { Effect } from './effect.ts'
import { speak } from './say.ts'

/** Says kindly that something cannot be kept, and what can. */
export const sayUnsupported = ({ attachments }: Desk, what: Unsupported): Effect => {
  switch (what) {
    case 'tooLarge':
      return speak({ key: 'unsupported.tooLarge', params: { megabytes: attachments.maxMegabytes } })
    case 'refusedFile':
      return speak({ key: 'unsupported.refusedFile', params: { types: attachments.types.join(', ') } })
    default:
      return speak(`unsupported.${what}`)
  }
}
