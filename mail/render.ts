import type { Language } from '../engine/language.ts'
import type { WireFile, WireMessage } from '../engine/wire.ts'
import { htmlPart } from './htmlPart.ts'
import { type LeftOut, sectionsOf } from './sections.ts'
import { subjectLine } from './subjectLine.ts'
import { textPart } from './textPart.ts'
import { words } from './words.ts'

/** What a letter is made of: all that one event said, and what has to be known of the desk. */
export type LetterFacts = {
  /** Of one event, in order, rendered in `language` for the visitor. */
  readonly messages: readonly WireMessage[]
  readonly language: Language
  /** In `language`. */
  readonly desk: {
    readonly name: string
    readonly assistant: string
    readonly portalUrl: string
    readonly complaints: string
    readonly phone?: string
  }
  readonly ticketNumber?: number
  /** The thread's subject, without “Re:”; empty when it has none. */
  readonly subject: string
  /** Whether somebody reads what is answered to the letter; otherwise it leads to the portal. */
  readonly answerable: boolean
  /** The complete address of an article's help page. */
  readonly helpPageOf: (articleId: string) => string | undefined
}

export type RenderedLetter = {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The files that a letter brings: those that we send, not the visitor's own. */
export const filesOf = (messages: readonly WireMessage[]): readonly WireFile[] =>
  messages.flatMap(({ author, audience, content }) =>
    author.kind !== 'visitor' && audience === 'everyone' && content.kind === 'file' ? [content.file] : [],
  )

/**
 * The letter that tells what one event led to: pure. The visitor's own words and what is for operators only are not in
 * it. `leftOut`: why a file does not come along.
 */
export function render(
  facts: LetterFacts,
  leftOut: (file: WireFile) => LeftOut | undefined = () => undefined,
): RenderedLetter {
  const { language, desk, ticketNumber, answerable } = facts
  const say = words[language]
  const { phone } = desk
  const letter = {
    language,
    subject: subjectLine(facts),
    sections: sectionsOf(facts, leftOut),
    foot: [
      answerable ? say('foot.reply') : say('foot.portal', { url: desk.portalUrl }),
      [...(ticketNumber === undefined ? [] : [say('foot.number', { number: ticketNumber })]), desk.name].join(
        ' · ',
      ),
      ...(phone ? [say('foot.phone', { phone })] : []),
      say('foot.complaints', { complaints: desk.complaints }),
    ],
  }
  return { subject: letter.subject, text: textPart(letter), html: htmlPart(letter) }
}
