import { maxTextLength } from '../../engine/limits.ts'

/** What may be sent of what was typed: trimmed, or nothing when it is empty or too long. */
export function sendable(typed: string): string | undefined {
  const text = typed.trim()
  return text.length > 0 && text.length <= maxTextLength ? text : undefined
}

/** How many characters are left, told only when the end is near. */
export function remaining(typed: string): number | undefined {
  const left = maxTextLength - typed.trim().length
  return left <= 400 ? left : undefined
}
