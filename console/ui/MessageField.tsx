import type { ComponentProps } from 'preact'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { useWords } from './context.ts'
import { TextField } from './TextField.tsx'

type Props = ComponentProps<typeof TextField> & { readonly row: QueueRow }

/** What goes to the visitor from a window; it says in which language they read. */
export function MessageField({ row, ...field }: Props) {
  const words = useWords()
  return <TextField hint={words(`composer.in.${row.language}`)} {...field} />
}
