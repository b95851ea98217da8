import { capped, storableLine } from './storable.ts'

const answer = /^(re|aw|ответ|отв|на|ha|жауап|жауабы)(\[\d{1,3}\])? ?(\(\d{1,3}\))? ?:\s*/iu
const forward =
  /^(fwd|fw|пересл|пересылка|переслано|пер|қайта жіберілді|қайта жіберу|қайта жіб)(\[\d{1,3}\])? ?:\s*/iu
const number = /\[\s*(?:№|n[o°º]?\.?)\s*(\d{1,9})\s*\]\s*/iu

/** As letters without a subject of their own have it, and as people write it. */
const spelled =
  /(?:обращени\p{L}*|өтініш\p{L}*|request)\s*(?:№|#|n[o°º]?\.?)\s*(\d{1,9})(?!\d)|№\s*(\d{1,9})\s*(?:өтініш|обращени)/iu

export type Subject = {
  /** Without “Re:” and the like and without our mark of the number; at most 200 characters. */
  readonly subject: string
  /** What the outermost mark says. */
  readonly mark?: 'reply' | 'forward'
  readonly ticketNumber?: number
}

/** Reads a subject: what it says, whether it answers or forwards, and the number of a request as we write it. */
export function readSubject(written: string): Subject {
  let rest = storableLine(written.slice(0, 2_000))
  let mark: Subject['mark']
  let ticketNumber: number | undefined
  for (;;) {
    const found = number.exec(rest)
    if (found && (ticketNumber === undefined || found.index === 0)) {
      ticketNumber ??= Number(found[1])
      rest = `${rest.slice(0, found.index)}${rest.slice(found.index + found[0].length)}`.trim()
      continue
    }
    const kind = answer.test(rest) ? 'reply' : forward.test(rest) ? 'forward' : undefined
    if (!kind) break
    mark ??= kind
    rest = rest.replace(kind === 'reply' ? answer : forward, '')
  }
  if (ticketNumber === undefined) {
    const [, after, before] = spelled.exec(rest) ?? []
    if (after ?? before) ticketNumber = Number(after ?? before)
  }
  return {
    subject: capped(rest, 200),
    ...(mark && { mark }),
    ...(ticketNumber !== undefined && ticketNumber > 0 && { ticketNumber }),
  }
}
