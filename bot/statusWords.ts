import type { Translator } from '../locales/translate.ts'
import type { ChatStatus } from './ports.ts'
import type { TelegramKey } from './words.ts'

/** The answer to /status: where the visitor's request is. */
export function statusWords(status: ChatStatus | null, say: Translator<TelegramKey>): string {
  const number = status?.ticketNumber
  switch (status?.stage) {
    case 'identifying':
    case 'describing':
    case 'reviewing':
      return say('status.filling')
    case 'waiting':
      if (number === undefined) break
      return status.due
        ? say('status.waitingDue', { number, due: status.due })
        : say('status.waiting', { number })
    case 'live':
      if (number === undefined) break
      return status.operator
        ? say('status.liveWith', { number, operator: status.operator })
        : say('status.live', { number })
    case 'resolved':
      if (number === undefined) break
      return say('status.resolved', { number })
  }
  return say('status.none')
}
