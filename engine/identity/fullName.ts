import { accepted, type Parsed, refused } from './parsed.ts'
import { onOneLine, withoutLabel } from './typed.ts'

/** What people write before their name. */
export const nameLabel =
  '(?:мои |менің )?(?:фио|ф\\.\\s?и\\.\\s?о\\.?|аты[\\s-]?жөні(?:м|міз|ңіз)?|аты[\\s-]?жоні?м?|т\\.?\\s?а\\.?\\s?ә\\.?|атым|есімім|ата-тегім|меня зовут|мо[её] имя|отправитель|жіберуші|заявитель|өтініш беруші|full name|my name is|name)'

const particles = new Set(
  'оглы оғлы углы ұлы улы қызы кызы гызы гузы ogly oglu uly qyzy kyzy gyzy'.split(' '),
)

/** Words that begin or fill ordinary messages and that nobody is called. */
const notNames = new Set(
  `я мы вы не нет да и или а но что чтобы как где когда почему зачем кто какой какая какое можно нужно надо есть
  был была это этот мне мой моя мое вас вам ваш у к с со в во на по для из от до при без после через уже еще ещё
  очень просто здравствуйте привет добрый доброе день вечер утро спасибо пожалуйста помогите помощь оператор
  хочу могу хотел скажите подскажите ошибка пароль портал документ подпись работает открывается отказываюсь
  мен біз сіз сен ол бұл осы не неге қалай калай қашан қайда кайда кім қандай кандай қанша иә жоқ жок емес керек
  болады болмайды бола ма ме ба бе па пе және немесе бірақ үшін ушин туралы сәлем салем сәлеметсіз сәлеметсізбе
  қайырлы кайырлы рақмет көмек көмектесіңіз көмектесіңізші қате құжат жұмыс істемейді ашылмайды алмай
  алмаймын айтқым келмейді айтпаймын hello hi help please operator the is not yes no thanks how what password`.split(
    /\s+/,
  ),
)

const toCyrillic: Readonly<Record<string, string>> = {
  ...{ a: 'а', c: 'с', e: 'е', h: 'һ', i: 'і', k: 'к', m: 'м', o: 'о', p: 'р', t: 'т', x: 'х', y: 'у' },
  ...{ ə: 'ә', ø: 'ө', A: 'А', B: 'В', C: 'С', E: 'Е', H: 'Н', I: 'І', K: 'К', M: 'М', O: 'О', P: 'Р' },
  ...{ T: 'Т', X: 'Х', Y: 'Ү', Ə: 'Ә', Ø: 'Ө' },
}

/** A Cyrillic word into which Latin letters of the same shape have slipped, all in Cyrillic. */
const inOneScript = (word: string) =>
  /\p{Script=Cyrillic}/u.test(word)
    ? word.replace(/\p{Script=Latin}/gu, (letter) => toCyrillic[letter] ?? letter)
    : word

const isWord = (word: string) =>
  /^(?:\p{Script=Cyrillic}+(?:[-']\p{Script=Cyrillic}+)*|\p{Script=Latin}+(?:[-']\p{Script=Latin}+)*)$/u.test(
    word,
  )

const capitalised = (part: string) => part.slice(0, 1).toLocaleUpperCase('kk') + part.slice(1)

function cased(word: string, index: number): string {
  const lower = word.toLocaleLowerCase('kk')
  if (index > 0 && particles.has(lower)) return lower
  return lower
    .split('-')
    .map((part, place) => (place > 0 && particles.has(part) ? part : capitalised(part)))
    .join('-')
    .replace(
      /(?<![\p{L}])(\p{L}')(\p{L})/gu,
      (_, letter: string, next: string) => letter + next.toLocaleUpperCase('kk'),
    )
}

/** What people put before a name to be polite. */
const courtesy = '(?:господин|госпожа|г-н|г-жа|мистер|мырза|ханым|мырзам|mr|mrs|ms)\\.?'

/** Who says "мен Асановамын" puts the verb's ending to the name. */
const withoutVerb = (typed: string) =>
  /^мен\s/iu.test(typed) ? typed.replace(/(?<=\p{L}{3})(?:мын|мін|мин|пын|пін|бын|бін)[.!]?$/iu, '') : typed

/** A name before a comma, when what follows tells of the person something else. */
const beforePosition = (text: string) => {
  const [first = '', ...more] = text.split(/\s*[,;(]\s*/)
  return more.length > 0 && /\p{L}[^\S\n]+\p{L}/u.test(first) ? first : text
}

/**
 * Reads a person's name of two to four words in Cyrillic or Latin letters, in the order in which it was typed.
 * The normal form has capitals where names have them: "АХМЕТОВ РАСУЛ БОЛАТҰЛЫ" is "Ахметов Расул Болатұлы",
 * a separate "оглы" or "қызы" stays small.
 */
export function parseFullName(input: string): Parsed {
  const typed = onOneLine(input)
    .replace(/[’ʼ‘`´′]/g, "'")
    .replace(/[‐‑–—]/g, '-')
  const named = withoutLabel(withoutVerb(typed), `${nameLabel}|это|бұл|я|мен`)
  const text = beforePosition(withoutLabel(named, courtesy))
    .replace(/\s*-\s*(?=\p{L})/gu, '-')
    .replace(/(?<!(?:^|[^\p{L}])\p{L})\.$/u, '')
    .replace(/[,;!]+/g, ' ')
  if (text.length > 100) return refused('identity.fullName.tooLong')
  if (/\d/.test(text)) return refused('identity.fullName.digits')
  const words = text
    .split(' ')
    .filter((word) => word !== '')
    .map(inOneScript)
  if (words.some((word) => notNames.has(word.toLocaleLowerCase('kk'))))
    return refused('identity.fullName.notAName')
  if (words.some((word) => /^\p{L}(?:\.|$)/u.test(word))) return refused('identity.fullName.initials')
  if (!words.every(isWord)) return refused('identity.fullName.characters')
  if (words.length < 2) return refused('identity.fullName.oneWord')
  if (words.length > 4) return refused('identity.fullName.tooManyWords')
  return accepted(words.map(cased).join(' '))
}
