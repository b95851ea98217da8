import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../../engine/language.ts'

/** A word that no dictionary knows. `note` is what the list says about it after `=` (how it is read) or `~` (what it is inflected like). */
export type ProjectWord = { readonly word: string; readonly note: string | undefined; readonly group: string }

/**
 * The reviewed words of a language beside its dictionary, `test/locales/words/<language>.txt`. A line that begins with
 * `#` begins a group and says why its words are there; a word outside a group is a mistake.
 */
export function projectWords(language: Language): readonly ProjectWord[] {
  const path = join(import.meta.dirname, '../../locales/words', `${language}.txt`)
  const found: ProjectWord[] = []
  let group = ''
  for (const [at, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    const text = line.trim()
    if (text.startsWith('#')) group = text.slice(1).trim()
    else if (text) {
      if (!group) throw new Error(`${path}:${at + 1}: a word before the first group`)
      const [word = '', note] = text.split(/\s*[=~]\s*/)
      found.push({ word, note, group })
    }
  }
  return found
}
