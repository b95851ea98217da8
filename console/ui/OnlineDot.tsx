import type { QueueRow } from '../../engine/wireConsole.ts'
import { isChat } from '../logic/reach.ts'
import { useWords } from './context.ts'

/** Whether the visitor is there now; who wrote or called by other ways has no such state. */
export function OnlineDot({ row }: { row: QueueRow }) {
  const words = useWords()
  if (!isChat(row)) return <i class="dot absent" />
  return (
    <i
      class={row.visitorOnline ? 'dot online' : 'dot'}
      title={words(row.visitorOnline ? 'visitor.online' : 'visitor.offline')}
    />
  )
}
