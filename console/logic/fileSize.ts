import type { Words } from '../words.ts'

/** A size as people say it: bytes are rounded up to kilobytes, megabytes have one digit. */
export function fileSizeWords(bytes: number, words: Words): string {
  const megabytes = bytes / 1_048_576
  if (megabytes < 1) return words('size.kilobytes', { size: Math.max(1, Math.ceil(bytes / 1024)) })
  return words('size.megabytes', { size: Math.round(megabytes * 10) / 10 })
}
