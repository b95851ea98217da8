import { familiarity, type KnownTrigrams } from './familiarity.ts'

const keyRows = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  '1234567890',
]
const strange = 0.45

/** Whether a message is no language at all: keys pressed at random or along a row, one letter, digits alone. */
export function isGibberish(text: string, folded: readonly string[], known: KnownTrigrams): boolean {
  const words = text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
  if (words.every((word) => alongRow(word) || /^(.)\1*$|^\d+$/u.test(word))) return true
  const spoken = folded.filter((word) => /\D/.test(word))
  const length = spoken.reduce((sum, word) => sum + word.length, 0)
  if (length < 2) return true
  return spoken.reduce((sum, word) => sum + word.length * familiarity(known, word), 0) < strange * length
}

function alongRow(word: string): boolean {
  if (word.length < 3) return false
  const backwards = [...word].reverse().join('')
  return keyRows.some((row) => row.includes(word) || row.includes(backwards))
}
