import { maskPersonalData } from '../engine/identity/index.ts'
import type { RichText } from '../engine/richText.ts'
import type { WireContent, WireField, WireFile, WireMessage } from '../engine/wire.ts'
import type { LetterFacts } from './ports.ts'
import { words } from './words.ts'

type Said = Extract<WireContent, { kind: 'said' }>
type Item = { readonly text: string; readonly url?: string }

/** Why a file does not come along: its bytes are not there any more, or it makes the letter too large. */
export type LeftOut = 'gone' | 'tooLarge'

/** A piece of a letter, to be shown by both of its parts. */
export type Block =
  /** What is said, with its line breaks; `standout`: what of it meets the eye first. */
  | { readonly type: 'words'; readonly text: string; readonly standout?: string }
  /** How to answer what is asked. */
  | { readonly type: 'how'; readonly text: string }
  /** What happened, and what is beside the point. */
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'title'; readonly text: string }
  | { readonly type: 'rich'; readonly body: RichText }
  | { readonly type: 'list'; readonly items: readonly Item[] }
  | { readonly type: 'rows'; readonly rows: readonly { readonly label: string; readonly value: string }[] }

/** What one speaker says in a row. */
export type Section = {
  /** Whose words they are, where more than one speaks. */
  readonly speaker?: string
  /** A person's words: what the letter is about. */
  readonly isMain: boolean
  readonly blocks: readonly Block[]
}

type Context = Pick<LetterFacts, 'language' | 'helpPageOf' | 'answerable'> & {
  readonly leftOut: (file: WireFile) => LeftOut | undefined
}

const wordsBlock = (text: string | undefined): readonly Block[] => (text ? [{ type: 'words', text }] : [])

/**
 * The registration's own words, with the number standing out and the promise in a sentence. How many stand before it
 * is old when the letter is read, and how to add something its foot says.
 */
function ticketBlocks(
  text: string,
  ticket: NonNullable<Said['ticket']>,
  { language }: Context,
): readonly Block[] {
  const say = words[language]
  const number = String(ticket.number)
  const named = new RegExp(`(?<!\\d)${number}(?!\\d)`).test(text)
  const lines = [
    ...text.split('\n').filter((line) => line && line !== ticket.aheadText),
    ...(named ? [] : [say('foot.number', { number })]),
    ...(text.includes(ticket.dueText) ? [] : [say('ticket.due', { due: ticket.dueText })]),
  ]
  return [{ type: 'words', text: lines.join('\n'), standout: number }]
}

function fieldText(field: WireField, { language }: Context): string {
  const say = words[language]
  const options = field.options?.map(({ label }) => label).join(', ')
  const hints = [
    ...(field.example ? [say('form.example', { example: field.example })] : []),
    ...(options ? [say('form.options', { options })] : []),
    ...(field.required ? [] : [say('form.optional')]),
  ]
  return hints.length > 0 ? `${field.label} (${hints.join('; ')})` : field.label
}

function formBlocks(form: NonNullable<Said['form']>, context: Context): readonly Block[] {
  const open = form.fields.filter(({ value }) => value === undefined)
  if (open.length === 0) return []
  return [
    { type: 'list', items: open.map((field) => ({ text: fieldText(field, context) })) },
    ...(context.answerable ? [how(context, 'form.how')] : []),
  ]
}

const how = ({ language }: Context, key: Parameters<(typeof words)['ru']>[0]): Block => ({
  type: 'how',
  text: words[language](key),
})

/** What of the buttons can be answered in a letter's own words, which the engine understands. */
function answerBlocks({ choices = [], rating }: Said, context: Context): readonly Block[] {
  const offered = new Set(choices.map(({ id }) => id))
  if (!context.answerable) return []
  if (rating) return [how(context, 'answer.rating')]
  if (offered.has('resolved') && offered.has('notResolved')) return [how(context, 'answer.solution')]
  return offered.has('reopen') ? [how(context, 'answer.reopen')] : []
}

function articleBlocks(
  { article, articles = [] }: Said,
  { language, helpPageOf }: Context,
): readonly Block[] {
  const url = article && helpPageOf(article.id)
  return [
    ...(article
      ? [
          { type: 'title' as const, text: article.title },
          { type: 'rich' as const, body: article.body },
          ...(url ? [{ type: 'note' as const, text: words[language]('article.link', { url }) }] : []),
        ]
      : []),
    ...(article && articles.length > 0 ? wordsBlock(words[language]('articles.more')) : []),
    ...(articles.length > 0
      ? [
          {
            type: 'list' as const,
            items: articles.map(({ id, title }) => {
              const page = helpPageOf(id)
              return { text: title, ...(page && { url: page }) }
            }),
          },
        ]
      : []),
  ]
}

/** The request line by line; a letter travels far, so personal numbers are not in it whole. */
function summaryBlocks(summary: NonNullable<Said['summary']>, { language }: Context): readonly Block[] {
  const unnamed = summary.files.filter(({ name }) => !summary.rows.some(({ value }) => value.includes(name)))
  return [
    {
      type: 'rows',
      rows: [
        ...summary.rows.map(({ label, value }) => ({ label, value: maskPersonalData(value) })),
        ...(unnamed.length > 0
          ? [{ label: words[language]('summary.files'), value: unnamed.map(({ name }) => name).join(', ') }]
          : []),
      ],
    },
  ]
}

const saidBlocks = (said: Said, context: Context): readonly Block[] => [
  ...(said.ticket ? ticketBlocks(said.text, said.ticket, context) : wordsBlock(said.text)),
  ...articleBlocks(said, context),
  ...(said.summary ? summaryBlocks(said.summary, context) : []),
  ...(said.form ? formBlocks(said.form, context) : []),
  ...(said.ticket ? [] : wordsBlock(said.ask)),
  ...answerBlocks(said, context),
]

function fileBlock(file: WireFile, { language, leftOut }: Context): Block {
  const say = words[language]
  const { name } = file
  const why = leftOut(file)
  return why
    ? { type: 'words', text: say(`file.${why}`, { name }) }
    : { type: 'note', text: say('file.attached', { name }) }
}

const asSentence = (text: string) => (/[.!?…:]$/.test(text) ? text : `${text}.`)

function blocksOf(content: WireContent, context: Context): readonly Block[] {
  switch (content.kind) {
    case 'text':
      return wordsBlock(content.text)
    case 'file':
      return [...wordsBlock(content.text), fileBlock(content.file, context)]
    case 'activity':
      return [{ type: 'note', text: asSentence(content.text) }]
    case 'answers':
      return [{ type: 'rows', rows: content.rows }]
    case 'said':
      return saidBlocks(content, context)
  }
}

const speakerOf = ({ author }: WireMessage) => (author.kind === 'operator' ? author.id : '')

/** The messages of a letter by speaker, in order: an operator's words stand under their name. */
export function sectionsOf(
  facts: LetterFacts,
  leftOut: (file: WireFile) => LeftOut | undefined,
): readonly Section[] {
  const context: Context = { ...facts, leftOut }
  const shown = facts.messages.filter(
    ({ author, audience }) => author.kind !== 'visitor' && audience === 'everyone',
  )
  const turns: WireMessage[][] = []
  for (const message of shown) {
    const turn = turns.at(-1)
    const last = turn?.at(-1)
    if (turn && last && speakerOf(last) === speakerOf(message)) turn.push(message)
    else turns.push([message])
  }
  const hasPerson = shown.some(({ author }) => author.kind === 'operator')
  const sections = turns.flatMap((turn): Section[] => {
    const author = turn[0]?.author
    const blocks = turn.flatMap(({ content }) => blocksOf(content, context))
    if (!author || blocks.length === 0) return []
    const isMain = author.kind === 'operator'
    if (isMain) return [{ speaker: author.name, isMain, blocks }]
    const speaks = turn.some(({ content }) => content.kind !== 'activity')
    return [{ ...(hasPerson && speaks && { speaker: facts.desk.assistant }), isMain, blocks }]
  })
  return hasPerson ? sections : greeted(sections, facts)
}

/** A letter of the assistant's alone begins as letters do. */
function greeted(sections: readonly Section[], { language }: LetterFacts): readonly Section[] {
  const greeting = words[language]('greeting')
  const [first, ...rest] = sections
  const begins = first?.blocks[0]
  if (!first || (begins && 'text' in begins && begins.text.startsWith(greeting.slice(0, -1)))) return sections
  return [{ ...first, blocks: [{ type: 'words', text: greeting }, ...first.blocks] }, ...rest]
}
