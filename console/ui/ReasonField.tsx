import { maxReasonLength } from '../../engine/limits.ts'
import { TextField } from './TextField.tsx'

type Props = {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly onSubmit: () => void
}

/** A few words for colleagues alone, behind what the window is about. */
export const ReasonField = (props: Props) => (
  <TextField {...props} rows={2} maxLength={maxReasonLength} first={false} />
)
