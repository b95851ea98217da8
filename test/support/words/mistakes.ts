/** A way to mistype a word: every word that comes of doing so at one place. */
type Mistyping = (word: string) => readonly string[]

const atEach = (word: string, changed: (letter: string, at: number) => string | undefined): string[] =>
  [...word].flatMap((letter, at) => {
    const other = changed(letter, at)
    return other === undefined ? [] : [word.slice(0, at) + other + word.slice(at + 1)]
  })

export const dropped: Mistyping = (word) => atEach(word, () => '')
export const doubled: Mistyping = (word) => atEach(word, (letter) => letter + letter)
export const swapped: Mistyping = (word) =>
  [...word.slice(1)].map((letter, at) => word.slice(0, at) + letter + word[at] + word.slice(at + 2))

/** Another letter of the alphabet, always the same one at the same place of the same word. */
export const replaced =
  (alphabet: string): Mistyping =>
  (word) =>
    atEach(word, (_, at) => alphabet[(word.length * 7 + at * 11 + word.charCodeAt(0)) % alphabet.length])

const russian: Readonly<Record<string, string>> = {
  қ: 'к',
  ғ: 'г',
  ң: 'н',
  ү: 'у',
  ұ: 'у',
  ө: 'о',
  і: 'и',
  ә: 'а',
  һ: 'х',
}
/** A Kazakh letter typed as the Russian one that looks like it: қалай, калай. */
export const letterless: Mistyping = (word) => atEach(word, (letter) => russian[letter])

const opposite: Readonly<Record<string, string>> = { ы: 'і', і: 'ы', а: 'е', е: 'а' }
/** An ending against the harmony of vowels: жазыңыз, жазыңіз. */
export const otherVowel: Mistyping = (word) =>
  atEach(word, (letter, at) => (at > 2 ? opposite[letter] : undefined))

/** What share of such mistakes in `words` is noticed. A mistake that makes another of the words is none. */
export function caught(
  words: readonly string[],
  mistyping: Mistyping,
  isWritten: (word: string) => boolean,
): number {
  const right = new Set(words)
  const mistakes = words.flatMap(mistyping).filter((word) => !right.has(word))
  return mistakes.filter((word) => !isWritten(word)).length / mistakes.length
}
