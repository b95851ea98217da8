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
/** A longer word in which as many neighbours are neighbours on the keyboard is no word. */
const wild = { length: 7, part: 0.75 }

/** Whether a message is no language at all: keys pressed at random or along a row, one letter, digits alone. */
export function isGibberish(text: string, folded: readonly string[], known: KnownTrigrams): boolean {
  const words = text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
  if (words.some((word) => word.length >= wild.length) && words.every(isWild)) return true
  if (words.every((word) => alongRow(word) || /^(.{1,4})\1+$|^.$|^\d+$/u.test(word))) return true
  const spoken = folded.filter((word) => /\D/.test(word))
  const length = spoken.reduce((sum, word) => sum + word.length, 0)
  if (length < 2) return true
  return spoken.reduce((sum, word) => sum + word.length * familiarity(known, word), 0) < strange * length
}

/** Whether a word is put together of runs of three and more keys that lie side by side. */
function alongRow(word: string): boolean {
  let from = 0
  while (from < word.length) {
    let to = from + 3
    if (to > word.length || !runs(word.slice(from, to))) return false
    while (to < word.length && runs(word.slice(from, to + 1))) to++
    from = to
  }
  return word.length > 0
}

function runs(keys: string): boolean {
  const backwards = [...keys].reverse().join('')
  return keyRows.some((row) => row.includes(keys) || row.includes(backwards))
}

/** Whether a word was typed by running over the keys: most letters lie beside the one before, or are the same. */
function isWild(word: string): boolean {
  if (word.length < wild.length) return word.length < 3 || alongRow(word)
  let near = 0
  for (let at = 1; at < word.length; at++) if (beside(word[at - 1]!, word[at]!)) near++
  return near >= wild.part * (word.length - 1)
}

function beside(one: string, two: string): boolean {
  const row = keyRows.find((keys) => keys.includes(one) && keys.includes(two))
  return row !== undefined && Math.abs(row.indexOf(one) - row.indexOf(two)) <= 1
}
