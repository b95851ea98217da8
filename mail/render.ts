import type { WireFile, WireMessage } from '../engine/wire.ts'
import { htmlPart } from './htmlPart.ts'
import type { LetterFacts, RenderedLetter } from './ports.ts'
import { type LeftOut, sectionsOf } from './sections.ts'
import { subjectLine } from './subjectLine.ts'
import { textPart } from './textPart.ts'
import { words } from './words.ts'

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
