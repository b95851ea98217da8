import type { WireFile } from '../engine/wire.ts'
import type { ComposedLetter, LetterFacts, LetterFile } from './ports.ts'
import { filesOf, render } from './render.ts'
import type { LeftOut } from './sections.ts'

/** In a letter bytes take a third more: with these it has the 20 MB that mail servers commonly accept. */
const mostBytes = 15 * 1024 * 1024

/** The files that fit into one letter, in order; a smaller one may still fit where a larger one did not. */
function fitting(files: readonly WireFile[]): ReadonlySet<WireFile> {
  let left = mostBytes
  return new Set(
    files.filter(({ bytes }) => {
      if (bytes > left) return false
      left -= bytes
      return true
    }),
  )
}

/**
 * The letter with the files that it brings. What does not come along, because it is gone or does not fit, is told of in
 * the letter. `openFile` resolves to undefined for a file that is gone; fails when it does.
 */
export async function compose(
  facts: LetterFacts,
  openFile: (id: string) => Promise<LetterFile | undefined>,
): Promise<ComposedLetter> {
  const files = filesOf(facts.messages)
  const fits = fitting(files)
  const leftOut = new Map<string, LeftOut>()
  const attachments: LetterFile[] = []
  try {
    for (const file of files) {
      const opened = fits.has(file) ? await openFile(file.id) : undefined
      if (opened) attachments.push(opened)
      else leftOut.set(file.id, fits.has(file) ? 'gone' : 'tooLarge')
    }
    return { ...render(facts, ({ id }) => leftOut.get(id)), attachments }
  } catch (error) {
    for (const { bytes } of attachments) bytes.destroy()
    throw error
  }
}
