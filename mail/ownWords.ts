/**
 * What a letter is to the one it answers: only of a reply is quoting taken away; a forwarded letter is the request
 * itself, and so is a first one, whatever stands in it.
 */
export type LetterKind = 'first' | 'reply' | 'forward'

/** How much of a line is looked at: nothing that separates letters is longer. */
const looked = 400

const quoted = /^ {0,3}>/
const quoteMarks = /^[>\s]+/

const oldLetter =
  /^[\s*]*[-–—_]{2,} ?(original message|original appointment|исходное сообщение|первоначальное сообщение|бастапқы хат|бастапқы хабарлама|бастапқы хабар|түпнұсқа хабар|түпнұсқа хабарлама) ?[-–—_]{2,}[\s*]*$/iu

const forwarded =
  /^[\s>*]*[-–—_=]* ?(forwarded message|begin forwarded message|пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|переадресованное сообщение|начало переадресованного сообщения|начало пересылаемого сообщения|пересланное письмо|қайта жіберілген хабар|қайта жіберілген хабарлама|қайта жіберілген хат|басқаға жіберілген хабар|бағытталған хабар|бағытталған хат) ?[-–—_=]*:?[\s*]*$/iu

const blockFrom = /^\*?(from|от|от кого|кімнен|жіберуші|кімнің атынан)\*?\s?:\*?\s*\S/iu
const blockSent =
  /^\*?(sent|date|отправлено|дата|жіберілді|жіберілген күні|жіберілген|күні)\*?\s?:\*?[^\d]*\d{1,4}.*\d{1,2}[:.]\d{2}/iu
const blockRest = /^\*?(to|cc|subject|кому|копия|тема|кімге|көшірмесі|көшірме|тақырып|тақырыбы)\*?\s?:/iu

const wrote =
  /(wrote|writes|пишет|писал|писала|писали|писал\(а\)|написал|написала|написали|написал\(а\)|жазды|жазған|деп жазды|хабарлама жазды)\s*:$/iu
const dated = /\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b20\d\d\b|\b\d{1,2}:\d{2}\b/
const year = /\b20\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2}\b/
const time = /\b\d{1,2}:\d{2}\b/
const address = /[^\s<>@,;]@[^\s<>@,;]/

const device =
  /iphone|ipad|android|samsung|galaxy|huawei|honor|xiaomi|redmi|poco|realme|oppo|vivo|mail\.ru|яндекс|yandex|outlook|gmail|почты для|windows|bluemail|mymail|yahoo|proton|(my|моего) (phone|mobile|tablet|мобильного|телефона|смартфона|планшета)|мобильного устройства|телефоным|смартфоным|құрылғым/iu
const sentFrom =
  /^\(?(sent from|sent via|get outlook for|отправлено (с|со|из|через)|послано (с|со|из)|скачать outlook|скачайте outlook|загрузить outlook|получите outlook) ?\S.*$/iu
const sentFromKazakh = /\S(дан|ден|тан|тен|нан|нен|арқылы) (жіберілді|жіберілген)\.?\)?$/iu

const answersBelow =
  /(^|[^\p{L}])(см\. ниже|смотрите ниже|ответы? ниже|ниже по тексту|в тексте ниже|see below|inline|төменде|төменнен қараңыз)([^\p{L}]|$)/iu

const isBlank = (line: string) => line.trim() === ''
const head = (line: string) => line.slice(0, looked)

const attributes = (said: string): boolean =>
  said.endsWith(':') &&
  ((wrote.test(said) && (dated.test(said) || address.test(said))) ||
    (year.test(said) && time.test(said) && address.test(said)))

/** How many lines from here, `most` at most, say who wrote the letter that is quoted below them; 0: they do not. */
function attribution(lines: readonly string[], at: number, most = 4): number {
  const line = (index: number) =>
    head(lines[at + index] ?? '')
      .replace(quoteMarks, '')
      .trim()
  let said = line(0)
  if (attributes(said)) return 1
  // A wrapped one begins with its date, so words right above it are not taken for its beginning.
  if (!dated.test(said)) return 0
  for (let more = 1; more < most; more++) {
    const next = line(more)
    if (next === '' || (dated.test(next) && attribution(lines, at + more, most - more) > 0)) return 0
    said = `${said} ${next}`
    if (said.length > looked) return 0
    if (attributes(said)) return more + 1
  }
  return 0
}

/** Whether the head of an older letter begins here, as Outlook writes it: who, when, to whom. */
function headBlock(lines: readonly string[], at: number): boolean {
  if (!blockFrom.test(head(lines[at] ?? '').trim())) return false
  let sent = false
  let rest = false
  for (const line of lines.slice(at + 1, at + 9)) {
    const said = head(line).trim()
    sent ||= blockSent.test(said)
    rest ||= blockRest.test(said)
  }
  return sent && rest
}

const isSentFrom = (line: string) => {
  const said = line.trim()
  const says = said.length > 120 || /[,;]|(^|\s)не\s/iu.test(said)
  return !says && device.test(said) && (sentFrom.test(said) || sentFromKazakh.test(said))
}

/** Without the signature that ends it: from “-- ” on, and what a telephone adds by itself. */
function withoutSignature(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line, index) => line === '-- ' || (line === '--' && lines.length - index <= 11))
  let end = at < 0 || lines.slice(0, at).every(isBlank) ? lines.length : at
  for (;;) {
    while (end > 0 && isBlank(lines[end - 1] ?? '')) end--
    if (end > 0 && isSentFrom(lines[end - 1] ?? '')) end--
    else return lines.slice(0, end)
  }
}

const joined = (lines: readonly string[]) => lines.join('\n').trim()

type Split = {
  /** What stands between what is quoted, in order. */
  readonly own: readonly (readonly string[])[]
  /** From where on everything is a letter that was forwarded. */
  readonly forwardedAt?: number
  readonly anyQuoted: boolean
  /** What is quoted is not marked line by line: somebody's answers may stand in it. */
  readonly unmarked?: true
}

function split(lines: readonly string[]): Split {
  const own: string[][] = [[]]
  let anyQuoted = false
  const quote = () => {
    anyQuoted = true
    if (own.at(-1)?.length) own.push([])
  }
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const looks = head(line)
    if (!anyQuoted && forwarded.test(looks)) return { own, forwardedAt: at, anyQuoted }
    if (quoted.test(looks)) {
      quote()
      continue
    }
    const rest = (): Split => ({ own, anyQuoted: true, unmarked: true })
    if (oldLetter.test(looks) || headBlock(lines, at)) return rest()
    const count = attribution(lines, at)
    if (count > 0) {
      const next = lines.slice(at + count, at + count + 4).find((one) => !isBlank(one)) ?? ''
      const marked = quoted.test(head(next))
      const named = address.test(
        lines
          .slice(at, at + count)
          .map(head)
          .join(' '),
      )
      if (marked) {
        quote()
        at += count - 1
        continue
      }
      if (named) return rest()
    }
    own.at(-1)?.push(line)
  }
  return { own, anyQuoted }
}

/** A line that only rules off what follows. */
const isRule = (line: string) => /^\s*[_*=-]{5,}\s*$/.test(head(line))

function withoutRule(lines: readonly string[]): readonly string[] {
  let end = lines.length
  while (end > 0 && (isBlank(lines[end - 1] ?? '') || isRule(lines[end - 1] ?? ''))) end--
  return lines.slice(0, end)
}

/**
 * The sender's own words in the text of a letter: without the older letter that a reply quotes, without a signature
 * that begins with “-- ” and without what a telephone adds (“Sent from my…”). Answers between quoted lines stay, a
 * forwarded letter stays. When nothing would be left of what a person may have written, everything stays.
 */
export function ownWords(text: string, kind: LetterKind = 'reply'): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  if (kind !== 'reply') return joined(withoutSignature(lines))
  const { own, forwardedAt, anyQuoted, unmarked } = split(lines)
  if (forwardedAt !== undefined)
    return joined([...withoutSignature(own.flat()), '', ...lines.slice(forwardedAt)])
  if (!anyQuoted) return joined(withoutSignature(lines))
  const said = own
    .map((segment) => joined(withoutSignature(withoutRule(segment))))
    .filter((segment) => segment !== '')
    .join('\n\n')
  return said === '' || (unmarked && answersBelow.test(head(said))) ? joined(lines) : said
}
