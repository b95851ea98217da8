import type { QueueRow } from '../../engine/wireConsole.ts'
import { reachOf } from '../logic/reach.ts'
import type { ConsoleKey } from '../words.ts'
import { useApp, useWords } from './context.ts'

type About = Extract<ConsoleKey, `${string}.about`>

/** What becomes of what is said in the opened conversation, and how its operator is told so. */
export function useReach(row: QueueRow) {
  const app = useApp()
  const words = useWords()
  const thread = app.threads.thread.value
  const open = thread.status === 'open' && thread.id === row.conversationId
  const mailedTo = open ? thread.detail.mailedTo : null
  const reach = reachOf(row, mailedTo)
  const hint =
    mailedTo !== null
      ? words(`composer.mailed.${row.language}`, { address: mailedTo })
      : reach === 'unseen'
        ? words('composer.unseen')
        : words(`composer.in.${row.language}`)
  return {
    reach,
    hint,
    /** What an act does for the visitor; where they see nothing of it, the operator is to tell them. */
    about: (key: About): string => words(reach === 'unseen' ? 'act.unseen' : key),
  }
}
