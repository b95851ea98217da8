/** What a letter that answers ours means, beyond its words. */
export type MailedAnswer =
  | { readonly kind: 'rating'; readonly stars: 1 | 2 | 3 | 4 | 5; readonly comment?: string }
  /** The solution that was offered helped. */
  | { readonly kind: 'helped' }
  | { readonly kind: 'notHelped' }
  | { readonly kind: 'words' }

const digit = /^([1-5])(?:\s*(?:\/\s*5|из\s+5|балл(?:а|ов)?|ұпай|★+|\*+|звезд(?:а|ы)?|жұлдыз))?[\s.!,]*$/iu
const helped =
  /^(?:(?:да|иә|ия|ok|ок)[\s,.!]*)?(?:(?:спасибо|рахмет|рақмет)[\s,.!]*)?(?:(?:вс[её]|бәрі|мәселе|вопрос|проблема)\s+)?(?:(?:уже|енді)\s+)?(?:помогл[оиа]|решено|реш[её]н[ао]?|решилось|решилась|заработало?|работает|получилось|көмектесті|комектести|шешілді|шешилди|істеді|істеп тұр|жұмыс істейді)(?:[\s,.!]*(?:спасибо|благодарю|рахмет|рақмет)(?:\s+(?:большое|сізге|көп|вам))?)?[\s.!)]*$/iu
const notHelped =
  /^(?:(?:нет|жоқ|жок)[\s,.!]*)?(?:(?:всё|все|бәрі)\s+)?(?:(?:ещё|еще|по-прежнему|әлі)\s+)?(?:не\s+(?:помогло|помогла|помогли|решено|решилось|работает|получилось|получается)|көмектеспеді|комектеспеди|шешілмеді|істемейді|істемей тұр|болмады)[\s.!(]*$/iu
const yes = /^(?:да|иә|ия|ok|ок)[\s.!]*$/iu
const no = /^(?:нет|жоқ|жок)[\s.!]*$/iu
/** With what people begin a letter. */
const greeting =
  /^(?:здравствуйте|здравствуй|добрый\s+(?:день|вечер)|доброго\s+(?:дня|вечера|времени\s+суток)|доброе\s+утро|приветствую|привет|с[әа]леметс[іи]з\s*бе|с[әа]лем|[қк]айырлы\s+(?:к[үу]н|та[ңн]|кеш))(?!\p{L})/iu
/** To whom, when a line only greets. */
const names = /^(?:[\s,]+\p{Lu}[\p{L}.-]*){0,3}[\s.,!)]*$/u

/** The lines after the greeting, which may stand before the first words in the same line. */
function ungreeted(lines: readonly string[]): readonly string[] {
  const [first = '', ...rest] = lines
  const [words] = greeting.exec(first) ?? []
  if (words === undefined) return lines
  const after = first.slice(words.length)
  if (names.test(after)) return rest
  return /^[\s.,!)]/.test(after) ? [after.replace(/^[\s.,!)]+/, ''), ...rest] : lines
}

/** With what people end a letter: nothing that follows it is about the matter. */
const closing =
  /^(?:с\s+уважением|с\s+наилучшими|спасибо|благодарю|всего\s+доброго|құрметпен|ізгі\s+ниетпен|рахмет|рақмет|сау\s+болыңыз|--)/iu

const longest = 80

/**
 * Reads a letter of answer, after its greeting: a first line that is a digit from 1 to 5 rates, with what follows as the comment; a first
 * line that says only whether it helped is the answer to an offered solution, unless more than a closing follows.
 */
export function mailedAnswer(text: string): MailedAnswer {
  const lines = ungreeted(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
  const end = lines.findIndex((line, at) => at > 0 && closing.test(line))
  const [first = '', ...more] = end < 0 ? lines : lines.slice(0, end)
  if (first.length > longest) return { kind: 'words' }
  const stars = digit.exec(first)?.[1]
  if (stars) {
    const comment = more.join('\n')
    return {
      kind: 'rating',
      stars: Number(stars) as 1 | 2 | 3 | 4 | 5,
      ...(comment && { comment }),
    }
  }
  if (more.length > 0) return { kind: 'words' }
  if (helped.test(first) || yes.test(first)) return { kind: 'helped' }
  return notHelped.test(first) || no.test(first) ? { kind: 'notHelped' } : { kind: 'words' }
}
