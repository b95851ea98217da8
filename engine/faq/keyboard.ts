const latin = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
const russian = 'ёйцукенгшщзхъфывапролджэячсмитьбю.'
const latinDigits = '234567890-='
const kazakhDigits = 'әіңғ,.үұқөһ'

const cyrillicByLatin = new Map([...latin].map((key, at) => [key, [...russian][at] ?? key]))
const latinByCyrillic = new Map([...russian].map((key, at) => [key, [...latin][at] ?? key]))
const kazakhByDigit = new Map([...latinDigits].map((key, at) => [key, [...kazakhDigits][at] ?? key]))

const upper = new Map([...'{}:"<>~'].map((key, at) => [key, [..."[];',.`"][at] ?? key]))

/** What a word would say had its keys been pressed on the Russian or Kazakh layout: `ghbdtn` is «привет». */
export function asCyrillic(word: string): string {
  const kazakh = /\p{L}/u.test(word)
  return [...word.toLowerCase()]
    .map((letter) => upper.get(letter) ?? letter)
    .map((key) => cyrillicByLatin.get(key) ?? (kazakh ? kazakhByDigit.get(key) : undefined) ?? key)
    .join('')
}

/** What a word would say had its keys been pressed on the Latin layout: «зфыыцщкв» is `password`. */
export function asLatin(word: string): string {
  return [...word.toLowerCase()].map((key) => latinByCyrillic.get(key) ?? key).join('')
}
