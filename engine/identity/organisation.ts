import { accepted, type Parsed, refused } from './parsed.ts'
import { onOneLine, withoutLabel } from './typed.ts'

type LegalForm = {
  readonly short: string
  readonly language: 'kk' | 'ru'
  readonly written: readonly string[]
}

const form = (short: string, language: 'kk' | 'ru', ...written: readonly string[]): LegalForm => ({
  short,
  language,
  written: [...written, short.toLowerCase()],
})

/** Legal forms as they are written, long and short. The Kazakh ones follow the name, the Russian ones precede it. */
const forms: readonly LegalForm[] = [
  form('ТОО', 'ru', 'too', 'товарищество с ограниченной ответственностью'),
  form(
    'ЖШС',
    'kk',
    'zhshs',
    'jshs',
    'жауапкершілігі шектеулі серіктестігі',
    'жауапкершілігі шектеулі серіктестік',
  ),
  form('НАО', 'ru', 'некоммерческое акционерное общество'),
  form('КеАҚ', 'kk', 'коммерциялық емес акционерлік қоғамы', 'коммерциялық емес акционерлік қоғам'),
  form('АО', 'ru', 'ao', 'акционерное общество'),
  form('АҚ', 'kk', 'aq', 'акционерлік қоғамы', 'акционерлік қоғам'),
  form('ИП', 'ru', 'индивидуальный предприниматель'),
  form('ЖК', 'kk', 'жеке кәсіпкер', 'жеке кәсіпкері'),
  form('КХ', 'ru', 'крестьянское хозяйство'),
  form('ШҚ', 'kk', 'шаруа қожалығы'),
  form('РГП', 'ru', 'республиканское государственное предприятие'),
  form('РМК', 'kk', 'республикалық мемлекеттік кәсіпорны', 'республикалық мемлекеттік кәсіпорын'),
  form('РГУ', 'ru', 'республиканское государственное учреждение'),
  form('РММ', 'kk', 'республикалық мемлекеттік мекемесі', 'республикалық мемлекеттік мекеме'),
  form('РГКП', 'ru', 'республиканское государственное казённое предприятие'),
  form('РМҚК', 'kk', 'республикалық мемлекеттік қазыналық кәсіпорны'),
  form('КГУ', 'ru', 'коммунальное государственное учреждение'),
  form('КММ', 'kk', 'коммуналдық мемлекеттік мекемесі', 'коммуналдық мемлекеттік мекеме'),
  form('ГКП', 'ru', 'государственное коммунальное предприятие'),
  form('МКК', 'kk', 'мемлекеттік коммуналдық кәсіпорны', 'мемлекеттік коммуналдық кәсіпорын'),
  form('РГП на ПХВ', 'ru'),
  form('ШЖҚ РМК', 'kk'),
  form('ГКП на ПХВ', 'ru'),
  form('КГП на ПХВ', 'ru'),
  form('КГП', 'ru', 'коммунальное государственное предприятие'),
  form('ШЖҚ КМК', 'kk'),
  form('ШЖҚ МКК', 'kk'),
  form('КМК', 'kk', 'коммуналдық мемлекеттік кәсіпорны'),
  form('ГККП', 'ru', 'государственное коммунальное казённое предприятие'),
  form('МКҚК', 'kk', 'мемлекеттік коммуналдық қазыналық кәсіпорны'),
  form('ГУ', 'ru', 'государственное учреждение'),
  form('ММ', 'kk', 'мемлекеттік мекемесі', 'мемлекеттік мекеме'),
  form('ОО', 'ru', 'общественное объединение'),
  form('ҚБ', 'kk', 'қоғамдық бірлестігі', 'қоғамдық бірлестік'),
  form('ОФ', 'ru', 'общественный фонд'),
  form('ҚҚ', 'kk', 'қоғамдық қоры', 'қоғамдық қор'),
  form('ЧУ', 'ru', 'частное учреждение'),
  form('ПК', 'ru', 'производственный кооператив'),
  form('ОСИ', 'ru', 'объединение собственников имущества'),
  form('ООО', 'ru', 'общество с ограниченной ответственностью'),
]

const spellings = forms
  .flatMap((legal) => legal.written.map((written) => ({ written, legal })))
  .sort((a, b) => b.written.length - a.written.length)

/** Kazakh forms without their letters: told apart from a name only after it. */
const folded: Readonly<Record<string, string>> = {
  ак: 'АҚ',
  кеак: 'КеАҚ',
  шк: 'ШҚ',
  рмкк: 'РМҚК',
  мккк: 'МКҚК',
}

const anyForm = spellings.map(({ written }) => written).join('|')
const atStart = new RegExp(`^(${anyForm})(?![\\p{L}\\d-])[\\s.:]*`, 'iu')
const atEnd = new RegExp(`(?<![\\p{L}\\d-])(${anyForm}|${Object.keys(folded).join('|')})\\.?$`, 'iu')

function formOf(written: string): LegalForm | undefined {
  const lower = written.toLocaleLowerCase('kk')
  return (
    spellings.find((spelling) => spelling.written === lower)?.legal ??
    forms.find(({ short }) => short === folded[lower])
  )
}

const label =
  '(?:моя |наша |менің |біздің )?(?:название организации|наименование организации|организация|компания|фирма|ұйымның атауы|ұйымымыз|ұйымым|ұйымы|ұйым|мекеме атауы|мекемеміз|мекемем|мекеме|компаниямыз|компаниям|компаниясы|фирмамыз|фирмам|organisation|organization|company)'

const open = '\ue000'
const close = '\ue001'

/** Any quotation mark; an apostrophe within a word is none. */
const quote = /["“”„‟«»‹›″]|(?<![\p{L}\d])['’‘`]|['’‘`](?![\p{L}\d])/gu

/** Marks quotes by what they do (one at the beginning of a word opens), and mends what is missing or too much. */
function balanced(text: string): string {
  let depth = 0
  let result = ''
  for (const character of text.replace(/<<|>>|''|,,/g, '"').replace(quote, close)) {
    if (character !== close) result += character
    else if (/(?:^|[\s(\ue000-])$/.test(result)) {
      depth++
      result += open
    } else if (depth > 0) {
      depth--
      result += close
    }
  }
  return (result + close.repeat(depth))
    .replaceAll(open + close, '')
    .replace(/\s+\ue001/g, close)
    .replace(/\ue000\s+/g, open)
    .replace(/\s+/g, ' ')
    .trim()
}

/** What people answer who act for nobody. */
const nobody =
  /^(?:нет|не|нету|никакой|никакая|жоқ|жок|ешқандай|физ\s?лицо|физическое лицо|частное лицо|жеке тұлға|сам|сама|от себя|от своего имени|өз атымнан|өзім|no|none|-+)$/iu

/** Takes off the pair of quotes that holds the whole text. */
function unquoted(text: string): string {
  if (!text.startsWith(open) || !text.endsWith(close)) return text
  let depth = 0
  for (const [at, character] of [...text].entries()) {
    if (character === open) depth++
    if (character === close && --depth === 0)
      return at === text.length - 1 ? unquoted(text.slice(1, -1)) : text
  }
  return text
}

/** Quotes as they are printed: «…» outside, „…“ within. */
function printed(text: string, outside: number): string {
  let depth = outside
  return [...text]
    .map((character) => {
      if (character === open) return depth++ === 0 ? '«' : '„'
      if (character === close) return --depth === 0 ? '»' : '“'
      return character
    })
    .join('')
}

const named = (name: string) =>
  name === name.toLocaleLowerCase('kk')
    ? name.replace(
        /^(\ue000*)(\p{L})/u,
        (_, before: string, letter: string) => before + letter.toLocaleUpperCase('kk'),
      )
    : name

/** Takes the legal form off whichever end of a text it stands at. */
export function splitLegalForm(text: string): {
  readonly legal: LegalForm | undefined
  readonly rest: string
  readonly formFirst: boolean
} {
  const start = atStart.exec(text)
  if (start) return { legal: formOf(start[1] ?? ''), rest: text.slice(start[0].length), formFirst: true }
  const end = atEnd.exec(text)
  if (end) return { legal: formOf(end[1] ?? ''), rest: text.slice(0, end.index).trim(), formFirst: false }
  return { legal: undefined, rest: text, formFirst: false }
}

function readOnce(input: string): Parsed {
  const text = withoutLabel(onOneLine(input), label)
    .replace(/^(?:\p{L}\.){2,4}(?=\s)/u, (dotted) => dotted.replaceAll('.', ''))
    .replace(/[;,!\s]+$/, '')
    .replace(/(?<=[\p{L}\d»”"]{4})\.$/u, '')
  if (text.length > 200) return refused('identity.organisation.tooLong')
  if (nobody.test(text.replace(/[.!]+$/, ''))) return refused('identity.organisation.tooShort')
  const { legal, rest } = splitLegalForm(text)
  const name = unquoted(balanced(rest.replace(/^[\s,:–—-]+|[\s,:–—-]+$/gu, '')))
  if (/[<>{}@\\]/.test(name)) return refused('identity.organisation.characters')
  if (name.replace(/[^\p{L}\d]/gu, '').length < 2 || (!legal && !/\p{L}/u.test(name))) {
    return refused('identity.organisation.tooShort')
  }
  if (!legal) return accepted(printed(named(name), 0))
  const quoted = `«${printed(named(name), 1)}»`
  return accepted(legal.language === 'kk' ? `${quoted} ${legal.short}` : `${legal.short} ${quoted}`)
}

/**
 * Reads an organisation's name of two to two hundred characters. The normal form is `ТОО «Ромашка»` with a
 * Russian legal form, `«Ромашка» ЖШС` with a Kazakh one, and the bare name where none was typed. What has been
 * cleared away can uncover a label or a form, so it is read until it reads as itself.
 */
export function parseOrganisation(input: string): Parsed {
  let text = input
  for (let reading = 0; reading < 5; reading++) {
    const parsed = readOnce(text)
    if (!parsed.ok || parsed.value === text) return parsed
    text = parsed.value
  }
  return refused('identity.organisation.characters')
}
