import type { QueueRow } from '../../engine/wireConsole.ts'

/** Whether the visitor has a chat open where they read and write; else they come by post, telephone or paper. */
export const isChat = ({ channel }: Pick<QueueRow, 'channel'>): boolean =>
  channel === 'widget' || channel === 'telegram'

/**
 * What becomes of an operator's words: the visitor reads them in a chat or by e-mail, or sees none of them, and what
 * they were told by telephone or on paper is put down. `mailedTo`: the address, where words go by e-mail.
 */
export const reachOf = (
  row: Pick<QueueRow, 'channel'>,
  mailedTo: string | null,
): 'chat' | 'mailed' | 'unseen' => (mailedTo !== null ? 'mailed' : isChat(row) ? 'chat' : 'unseen')
