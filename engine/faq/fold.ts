/** How much of a message is looked at, in UTF-16 units; nobody asks a question in more. */
export const consideredLength = 2000

// biome-ignore format: an alphabet reads best in rows
const letters: Readonly<Record<string, string>> = {
  а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'e', э: 'e', ж: 'j', з: 'z', и: 'i',
  й: 'i', і: 'i', ы: 'i', ї: 'i', к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ұ: 'u', ү: 'u', ф: 'f', х: 'h', һ: 'h', ц: 'c', ч: 'C', ш: 'S', щ: 'S',
  ъ: '', ь: '', ю: 'iu', я: 'ia',
  y: 'i', ı: 'i', q: 'k', x: 'h', w: 'v', ş: 'S', ç: 'C', '’': '', "'": '', ʼ: '',
}

const digraphs: Readonly<Record<string, string>> = {
  shch: 'S',
  sch: 'S',
  sh: 'S',
  ch: 'C',
  zh: 'j',
  kh: 'h',
  gh: 'g',
  ts: 'c',
}

/**
 * Brings a text to one rough alphabet, in which Kazakh written with or without its letters, Russian, and both
 * in Latin transliteration meet: «қалай», «калай», «qalai» and «kalay» all become `kalai`. Doubled letters
 * become single, everything but letters and digits becomes a space, `e-doc` and `e-mail` become one word.
 */
export function fold(text: string): string {
  let folded = ''
  for (const letter of text.slice(0, consideredLength).normalize('NFC').toLowerCase()) {
    folded += letters[letter] ?? (letter > '\u007f' ? bare(letter) : letter)
  }
  return folded
    .replace(/(?<![\p{L}\d])(\p{L})-(?=\p{L})/gu, '$1')
    .replace(/shch|sch|sh|ch|zh|kh|gh|ts/g, (found) => digraphs[found] ?? found)
    .replace(/(\p{L})\1+/gu, '$1')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()
}

/** The words of a text in the rough alphabet of `fold`. */
export function foldedWords(text: string): readonly string[] {
  const folded = fold(text)
  return folded === '' ? [] : folded.split(' ')
}

function bare(letter: string): string {
  return letter.normalize('NFKD').replace(/\p{M}/gu, '')
}
