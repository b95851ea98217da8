import type { ChoiceId } from '../engine/conversation/content.ts'

export type Button = { readonly label: string; readonly choice: ChoiceId }
export type Rows = readonly (readonly Button[])[]

/** Telegram's limit of a button's data, in bytes of UTF-8. */
const maxDataBytes = 64
const maxPerRow = 3
/** About what a phone's width holds beside the paddings. */
const maxRowLength = 30

/** Whether Telegram takes the choice as a button's data. */
const fitsButton = ({ choice }: Button): boolean => new TextEncoder().encode(choice).length <= maxDataBytes

/** Puts buttons into rows that a phone's width holds: short ones side by side, a long one alone. */
export function rowsOf(buttons: readonly Button[]): Rows {
  const rows: Button[][] = []
  for (const button of buttons.filter(fitsButton)) {
    const row = rows.at(-1)
    const length = (row ?? []).reduce((sum, { label }) => sum + label.length, 0)
    if (row && row.length < maxPerRow && length + button.label.length <= maxRowLength) row.push(button)
    else rows.push([button])
  }
  return rows
}

/** One button a row: for titles. */
export const columnOf = (buttons: readonly Button[]): Rows =>
  buttons.filter(fitsButton).map((button) => [button])
