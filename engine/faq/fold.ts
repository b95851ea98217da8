/** How much of a message is looked at, in UTF-16 units; nobody asks a question in more. */
export const consideredLength = 2000

// biome-ignore format: an alphabet reads best in rows
const letters: Readonly<Record<string, string>> = {
  а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'e', э: 'e', ж: 'j', з: 'z', и: 'i',
  й: 'i', і: 'i', ы: 'i', ї: 'i', к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ұ: 'u', ү: 'u', ф: 'f', х: 'h', һ: 'h', ц: 'ts', ч: 'C', ш: 'S', щ: 'S',
  ъ: '', ь: '', ю: 'iu', я: 'ia',
  a: 'a', b: 'b', c: 'ts', d: 'd', e: 'e', f: 'f', g: 'g', h: 'h', i: 'i', j: 'j', k: 'k', l: 'l', m: 'm',
  n: 'n', o: 'o', p: 'p', q: 'k', r: 'r', s: 's', t: 't', u: 'u', v: 'v', w: 'v', x: 'h', y: 'i', z: 'z',
  ä: 'a', á: 'a', ç: 'C', ğ: 'g', ǵ: 'g', ı: 'i', ï: 'i', í: 'i', ñ: 'n', ń: 'n', ö: 'o', ó: 'o', ş: 'S',
  ü: 'u', ú: 'u', ū: 'u', ý: 'i', '’': '', "'": '', ʼ: '', '\u0301': '',
  0: '0', 1: '1', 2: '2', 3: '3', 4: '4', 5: '5', 6: '6', 7: '7', 8: '8', 9: '9',
}

const table: readonly (string | undefined)[] = Array.from(
  { length: 0x2100 },
  (_, code) => letters[String.fromCharCode(code)],
)

const digraphs: Readonly<Record<string, string>> = {
  shch: 'щ',
  sch: 'щ',
  sh: 'ш',
  ch: 'ч',
  zh: 'ж',
  kh: 'х',
  gh: 'ғ',
  ck: 'к',
}

/**
 * Brings a text to one rough alphabet, in which Kazakh written with or without its letters, Russian, and both
 * in Latin transliteration meet: «қалай», «калай», «qalai» and «kalay» all become `kalai`. Doubled letters
 * become single, everything but letters and digits becomes a space, `e-doc` and `e-mail` become one word.
 */
export function fold(text: string): string {
  const lower = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/shch|sch|sh|ch|zh|kh|gh|ck/g, (found) => digraphs[found] ?? found)
  let folded = ' '
  let last = ' '
  let lone = false
  for (let at = 0; at < lower.length; at++) {
    const own = table[lower.charCodeAt(at)]
    if (own === undefined) {
      if (last === ' ' || (lone && lower[at] === '-')) continue
      folded += ' '
      last = ' '
    } else if (own !== '' && (own !== last || own <= '9')) {
      lone = last === ' '
      folded += own
      last = own
    }
  }
  return folded.trim()
}

/** The words of a text in the rough alphabet of `fold`. */
export function foldedWords(text: string): readonly string[] {
  const folded = fold(text)
  return folded === '' ? [] : folded.split(' ')
}
