import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Kazakh, kazakh } from './kazakhGrammar.ts'
import { projectWords } from './projectWords.ts'

const folders = [
  '/usr/share/hunspell',
  '/usr/share/myspell/dicts',
  '/Library/Spelling',
  join(homedir(), 'Library/Spelling'),
]

/**
 * Where the Kazakh dictionary of Hunspell is, or undefined where it is not installed. No package of npm brings one; on
 * Debian and Ubuntu it is `hunspell-kk`.
 */
export const kazakhDictionary = folders
  .map((folder) => join(folder, 'kk_KZ.dic'))
  .find((path) => existsSync(path))

/** Words that the grammar cannot form: pronouns with endings of their own, particles, short words. */
const irregular =
  'мен сен ол біз сіз олар маған саған оған бұған соған осыған мынаған менің сенің оның мұның соның осының мені сені оны мұны соны менде ' +
  'онда мұнда сонда осында менен одан мұнан бұдан содан осыдан менімен онымен мұнымен сонымен осымен ондай мұндай сондай осындай ' +
  'бұл сол осы мына ана бәрі бәрін бәріне бәрінде бәрінен бәрінің бәріңіз не да де та те ма ме ба бе па пе ше ғой қой еді екен емес деп ' +
  'деген дейін дегенді дегенге дейді ғана тек иә'

const spokenNumbers: Readonly<Record<string, string>> = {
  ...{
    0: 'нөл',
    1: 'бір',
    2: 'екі',
    3: 'үш',
    4: 'төрт',
    5: 'бес',
    6: 'алты',
    7: 'жеті',
    8: 'сегіз',
    9: 'тоғыз',
  },
  ...{
    10: 'он',
    20: 'жиырма',
    30: 'отыз',
    40: 'қырық',
    50: 'елу',
    60: 'алпыс',
    70: 'жетпіс',
    80: 'сексен',
    90: 'тоқсан',
  },
}
const spokenNumber = (digits: string) =>
  (digits.endsWith('000') ? 'мың' : /\d00$/.test(digits) ? 'жүз' : undefined) ??
  spokenNumbers[digits.slice(-2)] ??
  spokenNumbers[digits.slice(-1)]

/** Is this a Kazakh word, written rightly? By the stems of the dictionary and our own words, and the grammar of endings. */
export function kazakhSpelling(path: string): (word: string) => boolean {
  const own = projectWords('kk')
  const grammar = kazakh([
    ...stemsOf(path),
    ...irregular.split(' '),
    ...own.filter(({ note }) => !note).map(({ word }) => word.toLowerCase()),
  ])
  const spoken = new Map(own.flatMap(({ word, note }) => (note ? [[word, note]] : [])))
  const capitals = own.map(({ word }) => word).filter((word) => /^\p{Lu}\p{L}+\p{Ll}/u.test(word))
  return (word) => isKazakh(word, grammar, spoken, capitals)
}

function isKazakh(
  word: string,
  grammar: Kazakh,
  spoken: ReadonlyMap<string, string>,
  capitals: readonly string[],
): boolean {
  if (/^[\dA-Za-z-]+$/.test(word) || spoken.has(word)) return true
  if (capitals.some((name) => word.startsWith(name.toLowerCase()))) return false
  if (grammar.knows(word.toLowerCase())) return true
  const at = word.lastIndexOf('-')
  if (at < 0) return false
  const [head, tail] = [word.slice(0, at), word.slice(at + 1)]
  if (['ақ', 'ау', 'ай'].includes(tail)) return isKazakh(head, grammar, spoken, capitals)
  const said = spoken.get(head) ?? (/\d$/.test(head) ? spokenNumber(head) : undefined)
  if (said !== undefined) return grammar.fits(tail, said) || (tail.length > 3 && grammar.knows(tail))
  return isKazakh(head, grammar, spoken, capitals) && grammar.knows(tail)
}

function stemsOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.split('/')[0]?.trim().toLowerCase() ?? '')
    .filter(Boolean)
}
