import type { Language } from '../engine/language.ts'
import { plainText, type Span } from '../engine/richText.ts'
import type { Block, Section } from './sections.ts'

/** A letter before it is written out. */
export type Letter = {
  readonly language: Language
  readonly subject: string
  readonly sections: readonly Section[]
  /** Lines at the end. */
  readonly foot: readonly string[]
}

const width = 72

/** Lines of at most 72 characters where there are spaces to break at; what goes on is indented under a list's sign. */
function wrapped(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const indent = ' '.repeat(/^(?:•|–|\d+\.) /.exec(line)?.[0].length ?? 0)
      const lines: string[] = []
      let current = ''
      for (const word of line.trimEnd().split(' ')) {
        const longer = current === '' ? word : `${current} ${word}`
        if (longer.length <= width || current.trim() === '') {
          current = longer
          continue
        }
        lines.push(current)
        current = `${indent}${word}`
      }
      return [...lines, current].join('\n')
    })
    .join('\n')
}

/** An address as people write it: where it leads can be told by it as well. */
const bare = (address: string) => address.replace(/^(?:https?:\/\/|mailto:)|\/$/g, '')

const withAddress = ({ text, href }: Span) => (href && bare(href) !== bare(text) ? `${text} (${href})` : text)

function written(block: Block): string {
  switch (block.type) {
    case 'rich':
      return wrapped(plainText(block.body, withAddress))
    case 'list':
      return block.items
        .map(({ text, url }) => [wrapped(`• ${text}`), ...(url ? [`  ${url}`] : [])].join('\n'))
        .join('\n')
    case 'rows':
      return block.rows.map(({ label, value }) => wrapped(`${label}: ${value}`)).join('\n')
    default:
      return wrapped(block.text)
  }
}

/** The letter as plain text. */
export function textPart({ sections, foot }: Letter): string {
  const paragraphs = sections.flatMap(({ speaker, blocks }) => [
    ...(speaker ? [`${speaker}:`] : []),
    ...blocks.map(written),
  ])
  // the sign that ends what is said: programs leave what follows out of an answer
  return `${[...paragraphs, `-- \n${foot.map(wrapped).join('\n')}`].join('\n\n')}\n`
}
