import type { ComponentProps } from 'preact'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { TextField } from './TextField.tsx'
import { useReach } from './useReach.ts'

type Props = ComponentProps<typeof TextField> & { readonly row: QueueRow }

/** What goes to the visitor from a window; it says where it goes, and in which language they read. */
export function MessageField({ row, ...field }: Props) {
  const { hint } = useReach(row)
  return <TextField hint={hint} {...field} />
}
