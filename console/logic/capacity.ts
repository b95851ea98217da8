import { mostCapacity } from '../../engine/limits.ts'

/** The capacity that was typed: null where none was, undefined where it is not one. */
export function capacityOf(typed: string): number | null | undefined {
  const text = typed.trim()
  if (text === '') return null
  const capacity = Number(text)
  return Number.isInteger(capacity) && capacity >= 1 && capacity <= mostCapacity ? capacity : undefined
}
