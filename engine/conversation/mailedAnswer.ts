/** What a letter that answers ours means, beyond its words. */
export type MailedAnswer =
  | { readonly kind: 'rating'; readonly stars: 1 | 2 | 3 | 4 | 5; readonly comment?: string }
  /** Nobody has to read it. */
  | { readonly kind: 'thanks' }
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
  /^(?:(?:с\s+уважением|с\s+наилучшими|всего\s+доброго|құрметпен|ізгі\s+ниетпен|сау\s+болыңыз|--)|(?:(?:заранее\s+)?(?:спасибо|благодарю)|рахмет|рақмет)(?:\s+\p{L}+){0,3}[\s.!,)]*$)/iu

const longest = 80

/** What is said between the greeting and the closing, line by line. */
function said(text: string): readonly string[] {
  const lines = ungreeted(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
  const end = lines.findIndex((line, at) => at > 0 && closing.test(line))
  return end < 0 ? lines : lines.slice(0, end)
}

/** Thanks in words that nothing else is said by. */
const thanks =
  /^(?:(?:и|вам|ещ[её]\s+раз|тогда|большое|огромное|мың|үлкен|көп|сізге|тағы\s+да|(?:көмегіңіз|жауабыңыз|еңбегіңіз)(?:ге|ға))\s+)*(?:спасибо|благодарю|благодарим|рахмет|рақмет)(?:\s+(?:вам|всем|большое|огромное|за\s+(?:ваш[уи]?\s+|оперативн\p{L}+\s+|быстр\p{L}+\s+)?\p{L}+(?:\s+и\s+\p{L}+)?|сізге|көп|айтамын|айтамыз))*$/iu
const courtesy =
  /^(?:ok|ок|хорошо|понял[аи]?|понятно|принято|отлично|супер|жақсы|түсіндім|түсінікті|керемет|тамаша|всего\s+(?:вам\s+)?доброго|хорошего\s+(?:вам\s+)?дня|до\s+свидания|сау\s+болыңыз\p{L}*)$/iu
/** Whether a text thanks, and says nothing that anybody has to read. */
const onlyThanks = (text: string): boolean =>
  text
    .split(/[.!,;)\n]+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .every((sentence) => courtesy.test(sentence) || helped.test(sentence) || thanks.test(sentence))

/**
 * Reads a letter of answer, after its greeting: a first line that is a digit from 1 to 5 rates, with what follows as
 * the comment; a first line that says only whether it helped is the answer to an offered solution, unless more than a
 * closing follows; and what only thanks, or says nothing, is nobody's to read.
 */
export function mailedAnswer(text: string): MailedAnswer {
  const lines = said(text)
  const [first = '', ...others] = lines
  if (first.length > longest) return { kind: 'words' }
  const stars = digit.exec(first)?.[1]
  if (stars) {
    const comment = others.join('\n')
    return {
      kind: 'rating',
      stars: Number(stars) as 1 | 2 | 3 | 4 | 5,
      ...(comment && { comment }),
    }
  }
  if (others.length === 0 && (helped.test(first) || yes.test(first))) return { kind: 'helped' }
  if (onlyThanks(lines.join('\n'))) return { kind: 'thanks' }
  if (others.length > 0) return { kind: 'words' }
  return notHelped.test(first) || no.test(first) ? { kind: 'notHelped' } : { kind: 'words' }
}
