/**
 * Kazakh builds a word of a stem and a row of endings, each fitted to the sounds before it: кітап, кітаптар,
 * кітаптарыңыздағы. A list of words can never hold them all, and the rules of the known dictionaries go one ending far.
 * This is the row of endings as a grammar: which may follow which, and how each is written after which sound. With a
 * list of stems it tells a word that is written rightly from one that is not: жазыңыз, but neither жазыңіз nor жазңыз.
 */

const vowel = /[аәеоөұүыіэяё]$/
const nasal = /[мнң]$/
const voiceless = /[пткқсшфхцчщһбвгд]$/

/** Is the next ending written with back vowels (а, ы), with front ones (е, і), or may it be either? */
function harmonies(base: string): readonly ('back' | 'front')[] {
  if (base.endsWith('ь')) return ['front']
  return /[нрс][кг]$/.test(base) ? ['front', ...definite(base)] : definite(base)
}

/** By the last vowel. и and у take after what is before them, but for borrowed words: логині, ресурсы, цифры. */
function definite(base: string): readonly ('back' | 'front')[] {
  for (let at = base.length - 1; at >= 0; at--) {
    const letter = base[at] as string
    if ('аоұыяё'.includes(letter)) return ['back']
    if ('әеөүіэ'.includes(letter)) return ['front']
    const closed = at < base.length - 1
    if (letter === 'и' && base[at - 1] === 'ц') return ['back']
    if (letter === 'и') return closed ? ['front'] : ['front', 'back']
    if (letter === 'у' && closed && !/[аәеоөұүыіэяё]$/.test(base.slice(0, at))) return ['back']
  }
  if (/[қғ]/.test(base)) return ['back']
  if (/[кг]/.test(base)) return ['front']
  return ['back', 'front']
}

/**
 * Letters of an ending that depend on what stands before: A а/е, I ы/і, K қ/к, G ғ/г/қ/к, D д/т, L л/д/т (-лар, -лық),
 * N н/д/т (-ның), T н/д/т (-ны), J д/н/т (-дан), M м/б/п (-ма), B м/б/п (-мен).
 */
const fitted: Readonly<Record<string, (base: string, back: boolean) => string>> = {
  A: (_, back) => (back ? 'а' : 'е'),
  I: (_, back) => (back ? 'ы' : 'і'),
  K: (_, back) => (back ? 'қ' : 'к'),
  G: (base, back) => (voiceless.test(base) ? (back ? 'қ' : 'к') : back ? 'ғ' : 'г'),
  D: (base) => (voiceless.test(base) ? 'т' : 'д'),
  L: (base) => (voiceless.test(base) ? 'т' : /[мнңзжл]$/.test(base) ? 'д' : 'л'),
  N: (base) => (voiceless.test(base) ? 'т' : vowel.test(base) || nasal.test(base) ? 'н' : 'д'),
  T: (base) => (voiceless.test(base) ? 'т' : vowel.test(base) ? 'н' : 'д'),
  J: (base) => (voiceless.test(base) ? 'т' : nasal.test(base) ? 'н' : 'д'),
  M: (base) => (voiceless.test(base) ? 'п' : /[мнңзж]$/.test(base) ? 'б' : 'м'),
  B: (base) => (voiceless.test(base) ? 'п' : /[зж]$/.test(base) ? 'б' : 'м'),
}

/** An ending as `after a consonant|after a vowel`, or one for both, and what may come next. */
type Ending = readonly [pattern: string, next: State]
type State =
  | 'noun'
  | 'plural'
  | 'mine'
  | 'ours'
  | 'theirs'
  | 'place'
  | 'verb'
  | 'voiced'
  | 'stem'
  | 'infinitive'
  | 'present'
  | 'converb'
  | 'past'
  | 'asked'
  | 'wished'
  | 'end'

const person: readonly Ending[] = [
  ['BIн', 'end'],
  ['сIң', 'end'],
  ['сIз', 'end'],
  ['сIздAр', 'end'],
  ['BIз', 'end'],
]
const possessive: readonly Ending[] = [
  ['Iм|м', 'mine'],
  ['Iң|ң', 'mine'],
  ['IңIз|ңIз', 'ours'],
  ['IмIз|мIз', 'ours'],
  ['I|сI', 'theirs'],
]
const cases: readonly Ending[] = [
  ['NIң', 'end'],
  ['NIкі', 'theirs'],
  ['TI', 'end'],
  ['GA', 'end'],
  ['DA', 'place'],
  ['JAн', 'place'],
  ['Bен', 'end'],
]
const request: readonly Ending[] = [['шI', 'end']]
const negated: readonly Ending[] = [
  ['MA', 'stem'],
  ['MAс', 'noun'],
  ['MAйIншA', 'end'],
  ['MAстAн', 'end'],
]
const formed: readonly Ending[] = [
  ['LI', 'noun'],
  ['сIз', 'noun'],
  ['LIK', 'noun'],
  ['шI', 'noun'],
  ['DAй', 'noun'],
  ['IрAK|рAK', 'noun'],
  ['шA', 'end'],
]

/** What may follow what. A verb begins at `verb`, everything else at `noun`. */
const endings: Readonly<Record<State, readonly Ending[]>> = {
  noun: [...formed, ['LAр', 'plural'], ...possessive, ...cases, ...person],
  plural: [['DAй', 'noun'], ['шA', 'end'], ...possessive, ...cases, ...person],
  mine: [
    ['NIң', 'end'],
    ['NIкі', 'theirs'],
    ['TI', 'end'],
    ['A', 'end'],
    ['DA', 'place'],
    ['JAн', 'place'],
    ['Bен', 'end'],
    ['шA', 'end'],
  ],
  ours: [...cases, ['шA', 'end'], ...person],
  theirs: [
    ['нIң', 'end'],
    ['нIкі', 'theirs'],
    ['н', 'end'],
    ['нA', 'end'],
    ['ндA', 'place'],
    ['нAн', 'place'],
    ['мен', 'end'],
    ['ншA', 'end'],
    ['ндAй', 'noun'],
    ...person,
  ],
  place: [['GI', 'noun'], ...person],
  verb: [
    ['Iл|л', 'voiced'],
    ['Iн|н', 'voiced'],
    ['Iс|с', 'voiced'],
    ['DIр', 'voiced'],
    ['|т', 'voiced'],
    ['GIз', 'voiced'],
    ...negated,
  ],
  voiced: [['Iл|л', 'stem'], ...negated],
  stem: [
    ['у', 'infinitive'],
    ['GAн', 'noun'],
    ['AтIн|йтIн', 'noun'],
    ['Aр|р', 'noun'],
    ['A|й', 'present'],
    ['Iп|п', 'converb'],
    ['DI', 'past'],
    ['сA', 'past'],
    ['IңIз|ңIз', 'asked'],
    ['IңдAр|ңдAр', 'end'],
    ['сIн', 'wished'],
    ['AйIн|йIн', 'wished'],
    ['AйIK|йIK', 'wished'],
    ['GIш', 'noun'],
    ['GI', 'noun'],
    ['MAK', 'noun'],
    ['GAлI', 'end'],
  ],
  infinitive: [['лI', 'noun'], ...formed, ['LAр', 'plural'], ...possessive, ...cases],
  present: [...person, ['дI', 'end']],
  converb: [...person, ['тI', 'end']],
  past: [
    ['м', 'end'],
    ['ң', 'end'],
    ['ңIз', 'asked'],
    ['K', 'wished'],
  ],
  asked: [['дAр', 'wished'], ...request],
  wished: request,
  end: [],
}

/** Sounds that melt together where an ending begins with a vowel: жап → жабу, қой → қоя, оқы → оқу, тап → тауып. */
function joined(base: string, ending: string): readonly string[] {
  const first = ending[0] as string
  if (!'аеыіу'.includes(first))
    return /[ыі]$/.test(base) && first === 'й' ? [`${base.slice(0, -1)}и${ending.slice(1)}`] : [base + ending]
  if (base.endsWith('ь')) return [base.slice(0, -1) + ending]
  if (base.endsWith('й') && first === 'а') return [`${base.slice(0, -1)}я${ending.slice(1)}`]
  if (base.endsWith('й') && first === 'у') return [`${base.slice(0, -1)}ю${ending.slice(1)}`]
  if (/[ыі]$/.test(base) && first === 'у') return [base.slice(0, -1) + ending]
  const voiced = softened(base)
  if (voiced === base) return [base + ending]
  if (base.endsWith('п') && /^[ыі]п/.test(ending)) return [`${base.slice(0, -1)}у${ending}`]
  return /[ие]п$|[иоу]к$/.test(base) ? [voiced + ending, base + ending] : [voiced + ending]
}

const soft: Readonly<Record<string, string>> = { п: 'б', к: 'г', қ: 'ғ' }
const hard: Readonly<Record<string, string>> = { б: 'п', г: 'к', ғ: 'қ' }

function softened(base: string): string {
  const last = soft[base.at(-1) as string]
  return last && /[аәеоөұүыіуиюяэё]$/.test(base.slice(0, -1)) ? base.slice(0, -1) + last : base
}

function written(pattern: string, base: string): readonly string[] {
  const [afterConsonant = '', afterVowel = afterConsonant] = pattern.split('|')
  const chosen = vowel.test(base) ? afterVowel : afterConsonant
  if (!chosen) return []
  return harmonies(base).map((harmony) => {
    let ending = ''
    for (const letter of chosen) ending += fitted[letter]?.(base + ending, harmony === 'back') ?? letter
    return ending
  })
}

/** Can `word` go on from `base`, which it begins with (but for a last consonant that may yet soften)? */
function goesOn(word: string, base: string, state: State, steps: number): boolean {
  if (word === base) return true
  if (steps === 0) return false
  for (const [pattern, next] of followers(state))
    for (const ending of written(pattern, base))
      for (const longer of joined(base, ending))
        if ((word.startsWith(longer) || hardens(word, longer)) && goesOn(word, longer, next, steps - 1))
          return true
  return false
}

/** A voice may be followed by all that follows a verb's stem. */
const followers = (state: State): readonly Ending[] =>
  state === 'verb'
    ? [...endings.verb, ...endings.stem]
    : state === 'voiced'
      ? [...endings.voiced, ...endings.stem]
      : endings[state]

const hardens = (word: string, base: string) => {
  const voiced = softened(base)
  return voiced !== base && word.startsWith(voiced)
}

const listed = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Stems of two letters. Lists of stems hold many that are none, and nearly anything could be built of those. */
const shortNouns = listed(
  'ай ақ ал ан аң ар ас ат аю би ең ел ем ен ер ес ет ие ит ми не ой ол он оң от оқ өз өң су те үй үн үш ұл ұн ұя әл ән іс із іш ін',
)
const shortVerbs = listed(
  'ал ас ат аш ақ аз ау де ек ел ен ер ес ет еш же жу ки қи қу ой оз оқ ор өл өн өр өс өт өш ти ту үз үй ұқ ұр ұт ұш іл із іш',
)
const isStem = (word: string, short: ReadonlySet<string>) =>
  word.length > 2 ? /[аәеоөұүыіуиюяэё]/.test(word) : short.has(word)

export type Kazakh = {
  readonly knows: (word: string) => boolean
  readonly fits: (ending: string, spoken: string) => boolean
}

/** Knows the words that the stems can form. The stems of verbs are found through their infinitives, in -у and -ю. */
export function kazakh(words: Iterable<string>): Kazakh {
  const nouns = new Set<string>()
  const verbs = new Set<string>()
  for (const word of words) {
    nouns.add(word)
    if (/[нс]к$|[кр]т$/.test(word)) nouns.add(`${word}і`)
    const root = word.slice(0, -1)
    if (word.endsWith('у') && root) {
      verbs.add(root)
      const unvoiced = hard[root.at(-1) as string]
      if (unvoiced) verbs.add(root.slice(0, -1) + unvoiced)
      if (!vowel.test(root))
        for (const harmony of definite(root)) verbs.add(root + (harmony === 'back' ? 'ы' : 'і'))
    } else if (word.endsWith('ю')) verbs.add(`${root}й`).add(root)
  }
  return {
    knows: (word) => nouns.has(word) || parsed(word),
    fits: (ending, spoken) => goesOn(spoken + ending, spoken, 'noun', 4),
  }

  function parsed(word: string): boolean {
    for (let length = word.length; length > 1; length--) {
      const head = word.slice(0, length)
      if (bases(head).some((base) => beginsWith(word, base))) return true
    }
    return false
  }

  function beginsWith(word: string, base: string): boolean {
    return (
      (nouns.has(base) && isStem(base, shortNouns) && goesOn(word, base, 'noun', 6)) ||
      (verbs.has(base) && isStem(base, shortVerbs) && goesOn(word, base, 'verb', 7))
    )
  }

  /** What a word's beginning may be the written form of. */
  function bases(head: string): string[] {
    const last = head.at(-1) as string
    const found = [head]
    const unvoiced = hard[last]
    if (unvoiced) found.push(head.slice(0, -1) + unvoiced)
    if (last === 'я' || last === 'ю') found.push(`${head.slice(0, -1)}й`)
    if ('лнр'.includes(last)) found.push(`${head}ь`)
    if (last === 'и') found.push(`${head.slice(0, -1)}ы`, `${head.slice(0, -1)}і`)
    if (last === 'у') found.push(`${head.slice(0, -1)}п`, `${head.slice(0, -1)}ы`, `${head.slice(0, -1)}і`)
    return found
  }
}
