import dictionary from 'dictionary-ru'
import { createHunspellFromStrings } from 'hunspell-wasm'
import { projectWords } from './projectWords.ts'

/** Is this a Russian word, written rightly? By Hunspell with the dictionary of the npm package and our own words. */
export async function russianSpelling(): Promise<(word: string) => boolean> {
  const decoder = new TextDecoder()
  const lines = decoder.decode(dictionary.dic).split('\n')
  const flags = new Map(
    lines.map((line) => {
      const [word = '', own] = line.trim().split('/')
      return [word, own] as const
    }),
  )
  for (const { word, note } of projectWords('ru')) {
    if (note !== undefined && !flags.has(note))
      throw new Error(`${word} ~ ${note}: no such word in the dictionary`)
    lines.push([word, note && flags.get(note)].filter(Boolean).join('/'))
  }
  const hunspell = await createHunspellFromStrings(decoder.decode(dictionary.aff), lines.join('\n'))
  const isWritten = (word: string) => /^[\dA-Za-z-]+$/.test(word) || hunspell.testSpelling(word)
  return (word) => isWritten(word) || (word.includes('-') && word.split('-').every(isWritten))
}
