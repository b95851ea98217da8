import type { Said, Unsupported } from '../../engine/conversation/content.ts'

/** What a visitor who sent a file is told of its refusal, where no screen says it at once. */
export function unsupportedBy({ key }: Said): Extract<Unsupported, 'tooLarge' | 'tooMany' | 'refusedFile'> {
  if (key === 'refusal.file.tooLarge') return 'tooLarge'
  return key === 'refusal.file.tooMany' ? 'tooMany' : 'refusedFile'
}
