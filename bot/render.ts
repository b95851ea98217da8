import type { Author } from '../engine/conversation/content.ts'
import type { Language } from '../engine/language.ts'
import type { WireContent, WireField, WireFile } from '../engine/wire.ts'
import { type Button, columnOf, type Rows, rowsOf } from './keyboard.ts'
import { type Run, runsOfRichText, splitRuns } from './runs.ts'
import { words } from './words.ts'

/** What stands under a message: buttons, the button that shares the phone number, or the latter's removal. */
export type Markup =
  | { readonly kind: 'buttons'; readonly rows: Rows }
  | { readonly kind: 'askPhone'; readonly label: string }
  | { readonly kind: 'removeAskPhone' }

/** One message to be shown. */
export type Showing =
  | { readonly kind: 'message'; readonly runs: readonly Run[]; readonly markup?: Markup }
  | {
      readonly kind: 'file'
      readonly file: WireFile
      readonly caption: readonly Run[]
      readonly markup?: Markup
    }

export type Shown = {
  readonly author: Author
  readonly content: WireContent
  readonly language: Language
  /** The chat has the button that shares the phone number, and it is to go away. */
  readonly phoneAsked: boolean
}

type SaidContent = Extract<WireContent, { kind: 'said' }>

/** Telegram's limits of a text and of a caption, in UTF-16 units. */
export const maxText = 4096
export const maxCaption = 1024
/** A title longer than this is cut on a phone's button. */
const maxTitle = 34

const fiveStars = ([1, 2, 3, 4, 5] as const).map((n): Button => ({ choice: `rate:${n}`, label: `${n} ★` }))

const bold = (text: string): Run => ({ text, style: 'bold' })
const plain = (text: string): Run => ({ text })
const blankLine = plain('\n\n')
const newLine = plain('\n')

const joined = (paragraphs: readonly (readonly Run[])[]): readonly Run[] =>
  paragraphs.filter((runs) => runs.length > 0).flatMap((runs, i) => (i > 0 ? [blankLine, ...runs] : runs))

/** The field a form asks for. */
const askedOf = (content: SaidContent): WireField | undefined =>
  content.form?.fields.find(({ id }) => id === content.form?.asking)

/** The words with the ticket's number standing out: a tap copies it. */
function ticketWords(text: string, ticket: NonNullable<SaidContent['ticket']>): readonly Run[] {
  const number = String(ticket.number)
  const at = text.search(new RegExp(`(?<!\\d)${number}(?!\\d)`))
  const said: readonly Run[] =
    at < 0
      ? [...(text ? [plain(text), blankLine] : []), plain('№ '), { text: number, style: 'code' }]
      : [plain(text.slice(0, at)), { text: number, style: 'code' }, plain(text.slice(at + number.length))]
  const rest = [ticket.dueText, ticket.aheadText].filter((line) => line && !text.includes(line))
  return [...said, ...rest.flatMap((line) => [newLine, plain(line)])]
}

const optionLabel = (field: WireField, value: string): string =>
  field.options?.find(({ id }) => id === value)?.label ?? value

function questionWords(field: WireField, said: string, language: Language): readonly Run[] {
  const say = words[language]
  const lines: (readonly Run[])[] = [
    ...(said.includes(field.question) ? [] : [[bold(field.question)]]),
    ...(field.example ? [[plain(say('form.example', { example: field.example }))]] : []),
    ...(field.value && !said.includes(field.value)
      ? [[plain(say('form.now', { value: optionLabel(field, field.value) }))]]
      : []),
  ]
  return lines.flatMap((runs, i) => (i > 0 ? [newLine, ...runs] : runs))
}

/** The request line by line; files that no line names yet are named at the end. */
function summaryWords(summary: NonNullable<SaidContent['summary']>, language: Language): readonly Run[] {
  const unnamed = summary.files.filter(({ name }) => !summary.rows.some(({ value }) => value.includes(name)))
  const rows = [
    ...summary.rows,
    ...(unnamed.length > 0
      ? [{ label: words[language]('summary.files'), value: unnamed.map(({ name }) => name).join(', ') }]
      : []),
  ]
  return [...labelled(rows), blankLine, { text: words[language]('summary.edit'), style: 'italic' }]
}

const labelled = (rows: readonly { readonly label: string; readonly value: string }[]): readonly Run[] =>
  rows.flatMap(({ label, value }, i) => [...(i > 0 ? [newLine] : []), bold(`${label}:`), plain(` ${value}`)])

const isLong = (articles: NonNullable<SaidContent['articles']>) =>
  articles.some(({ title }) => title.length > maxTitle)

/** Titles that a button would cut are listed in the message, under the numbers the buttons carry. */
const articleWords = ({ article, articles = [] }: SaidContent, language: Language): readonly Run[] =>
  isLong(articles)
    ? [
        ...(article ? [plain(words[language]('articles.more')), newLine] : []),
        ...articles.flatMap(({ title }, i) => [...(i > 0 ? [newLine] : []), plain(`${i + 1}. ${title}`)]),
      ]
    : []

function saidRuns(content: SaidContent, language: Language): readonly Run[] {
  const { text, ask, article, summary, ticket } = content
  const asked = askedOf(content)
  return joined([
    ticket ? ticketWords(text, ticket) : text ? [plain(text)] : [],
    article ? [bold(article.title), blankLine, ...runsOfRichText(article.body)] : [],
    articleWords(content, language),
    summary ? summaryWords(summary, language) : [],
    asked ? questionWords(asked, text, language) : [],
    ask ? [plain(ask)] : [],
  ])
}

/** The buttons under the assistant's words; a choice that has a better form here is not offered twice. */
function saidRows(content: SaidContent): Rows {
  const { choices = [], articles = [], summary, rating } = content
  const long = isLong(articles)
  const stars = rating ? fiveStars : []
  const titles = articles.map(
    ({ title, choice }, i): Button => ({ choice, label: long ? `${i + 1}. ${title}` : title }),
  )
  const options = (askedOf(content)?.options ?? []).map(
    ({ id, label }): Button => ({ choice: `option:${id}`, label }),
  )
  const edits = (summary?.rows ?? []).map(({ field, label }): Button => ({ choice: `edit:${field}`, label }))
  const offered = new Set([...stars, ...titles, ...options, ...edits].map(({ choice }) => choice))
  const others = choices.filter(({ id }) => !offered.has(id)).map(({ id, label }) => ({ choice: id, label }))
  return [
    ...(stars.length > 0 ? [stars] : []),
    ...columnOf(titles),
    ...rowsOf(options),
    ...rowsOf(others),
    ...rowsOf(edits),
  ]
}

const messages = (runs: readonly Run[], markup?: Markup): readonly Showing[] => {
  const parts = splitRuns(runs, maxText)
  return parts.map((part, i) => ({
    kind: 'message',
    runs: part,
    ...(markup && i === parts.length - 1 && { markup }),
  }))
}

function showSaid(content: SaidContent, language: Language): readonly Showing[] {
  const say = words[language]
  const rows = saidRows(content)
  const asked = askedOf(content)
  const runs = saidRuns(content, language)
  const buttons: Markup | undefined = rows.length > 0 ? { kind: 'buttons', rows } : undefined
  if (asked?.kind !== 'phone' && asked?.kind !== 'contact') return messages(runs, buttons)
  const askPhone: Markup = { kind: 'askPhone', label: say('phone.button') }
  if (!buttons) return messages(runs, askPhone)
  return [...messages(runs, buttons), ...messages([plain(say('phone.hint'))], askPhone)]
}

function showFile(file: WireFile, caption: readonly Run[]): readonly Showing[] {
  const [first = [], ...rest] = splitRuns(caption, maxText, maxCaption)
  return [{ kind: 'file', file, caption: first }, ...rest.flatMap((runs) => messages(runs))]
}

/** An operator's words under their name; a file may come without words. */
const signed = (author: Author, text: string | undefined): readonly Run[] => {
  const said = text ? [plain(text)] : []
  if (author.kind !== 'operator') return said
  return text ? [bold(author.name), plain(': '), ...said] : [bold(author.name)]
}

function show({ author, content, language }: Shown): readonly Showing[] {
  if (author.kind === 'visitor') return []
  switch (content.kind) {
    case 'text':
      return messages(signed(author, content.text))
    case 'file':
      return showFile(content.file, signed(author, content.text))
    case 'activity':
      return messages([{ text: content.text, style: 'italic' }])
    case 'answers':
      return messages(labelled(content.rows))
    case 'said':
      return author.kind === 'operator'
        ? messages(joined([signed(author, undefined), saidRuns(content, language)]))
        : showSaid(content, language)
  }
}

/** Takes the phone button away with the first message that has no markup of its own, else with a short one before. */
function withoutPhoneButton(showings: readonly Showing[], language: Language): readonly Showing[] {
  if (showings.length === 0 || showings.some(({ markup }) => markup?.kind === 'askPhone')) return showings
  const removal: Markup = { kind: 'removeAskPhone' }
  const free = showings.findIndex(({ markup }) => !markup)
  return free < 0
    ? [{ kind: 'message', runs: [plain(words[language]('phone.done'))], markup: removal }, ...showings]
    : showings.map((showing, i) => (i === free ? { ...showing, markup: removal } : showing))
}

/**
 * What Telegram shows of a message: pure. The visitor's own messages are in their chat already, so they show nothing.
 * A form is asked one field at a time: the one the engine asks for.
 */
export function render(shown: Shown): readonly Showing[] {
  const showings = show(shown)
  return shown.phoneAsked ? withoutPhoneButton(showings, shown.language) : showings
}
