import { foldedWords } from './fold.ts'
import { asCyrillic, asLatin } from './keyboard.ts'

/** How much of a folded word has been seen before, 0..1. */
export type Familiarity = (word: string) => number

const strange = 0.5
const familiar = 0.7
/** So much more of a word is familiar on the other layout that it must have been meant there. */
const clearly = 0.4

/**
 * The message as it was meant, when it was typed on the wrong keyboard layout, wholly or in some words:
 * `rfr gjlgbcfnm` is «как подписать». Nothing when it reads better as it stands.
 */
export function recover(text: string, familiarity: Familiarity): string | undefined {
  const tokens = text.split(/(\s+)/)
  const judged = tokens.filter((token) => letters(token) >= 3)
  const wrong = judged.filter((token) => better(token) !== undefined)
  const foreign = judged.filter((token) => /[a-z]/i.test(token))
  if (wrong.length === 0) return undefined
  const whole = wrong.every((token) => /[a-z]/i.test(token)) && wrong.length * 2 > foreign.length
  const meant = tokens.map((token) => {
    const found = better(token)
    if (found !== undefined) return found
    const short = /[a-z]/i.test(token) && seen(token) < familiar
    return whole && short ? asCyrillic(token) : token
  })
  return meant.join('')

  function better(token: string): string | undefined {
    const latin = /[a-z]/i.test(token)
    if (letters(token) < (latin ? 3 : 5)) return undefined
    const asTyped = seen(token)
    if (asTyped >= familiar) return undefined
    const other = latin ? asCyrillic(token) : asLatin(token)
    const meant = seen(other)
    return meant >= familiar && (asTyped < strange || meant >= asTyped + clearly) ? other : undefined
  }

  function seen(token: string): number {
    const words = foldedWords(token)
    const length = words.reduce((sum, word) => sum + word.length, 0)
    return words.reduce((sum, word) => sum + familiarity(word) * word.length, 0) / (length || 1)
  }
}

function letters(token: string): number {
  return token.match(/[\p{L};'[\],.`<>:"{}]/gu)?.length ?? 0
}
