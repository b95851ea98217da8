import { languages } from '../engine/language.ts'
import type { LetterFacts } from './ports.ts'
import { words } from './words.ts'

/** Programs show some 70 characters; more than this is cut. */
const longest = 120

/** One line without anything that is no character, or turns the direction of what is read. */
const oneLine = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

function shortened(text: string): string {
  const signs = [...text]
  return signs.length <= longest
    ? text
    : `${signs
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
}

/** The subject of a letter: the thread's with the request's number, by which an answer finds back. */
export function subjectLine({
  subject,
  ticketNumber,
  language,
  desk,
}: Pick<LetterFacts, 'subject' | 'ticketNumber' | 'language' | 'desk'>): string {
  const thread = shortened(oneLine(subject))
  const say = words[language]
  if (ticketNumber !== undefined) {
    // who wrote without one answers to ours
    const own = languages.map((one) => words[one]('subject.number', { number: ticketNumber }))
    if (thread === '' || own.includes(thread)) return say('subject.number', { number: ticketNumber })
  }
  if (thread) return `Re: ${thread}${ticketNumber === undefined ? '' : ` [№ ${ticketNumber}]`}`
  return shortened(oneLine(say('subject.none', { desk: desk.name })))
}
