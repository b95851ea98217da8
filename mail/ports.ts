import type { Readable } from 'node:stream'
import type { Language } from '../engine/language.ts'
import type { WireMessage } from '../engine/wire.ts'

/** A file of a letter, with its bytes. */
export type MailFile = {
  /** As the sender named it: not to be trusted; without folders and control characters; may be empty. */
  readonly name: string
  /** As the sender's program named it: not to be trusted. */
  readonly type?: string
  /** Empty when it is missing. */
  readonly bytes: Uint8Array
  /** The letter was larger than we fetch, and this file was cut off; or it has more files than we take. */
  readonly missing?: 'tooLarge' | 'tooMany'
  /** A logo or the like among the words: nobody misses it where it cannot be kept. */
  readonly adorns?: true
}

/** A letter of a person's, understood. Whatever is text here can be stored: no controls, no halves of surrogates. */
export type HeardLetter = {
  readonly what: 'letter'
  /** Its Message-ID, with the angle brackets; one made from its bytes when it has none. */
  readonly id: string
  /** The address is in lower case. */
  readonly from: { readonly address: string; readonly name?: string }
  /** The address of ours that it was sent to; when none of ours is named in it, the first of ours. */
  readonly to: string
  /** All it is addressed to (To, Cc, Delivered-To, X-Original-To, Envelope-To), in lower case, each once. */
  readonly recipients: readonly string[]
  /** Without “Re:” and the like and without our number; empty when it has none; at most 200 characters. */
  readonly subject: string
  /** The number of a request, when the subject names one: “[№ 1234]”, “Обращение № 1234”. */
  readonly ticketNumber?: number
  /** The sender's own words, without what they quote; empty when there are none; at most 20,000 characters. */
  readonly text: string
  /** The Message-IDs it answers to, the nearest first (In-Reply-To, then References from its end), each once. */
  readonly answersTo: readonly string[]
  readonly files: readonly MailFile[]
}

/** What a letter means to us. */
export type Heard =
  | HeardLetter
  /** A letter of ours could not be delivered, for good. */
  | {
      readonly what: 'bounce'
      /** The Message-ID of our letter, with the angle brackets, when the notice names it. */
      readonly of: string | undefined
      /** To whom it could not be delivered, in lower case; empty when the notice does not say. */
      readonly address: string
    }
  /** Nobody wrote it, or it cannot be read; `why` is for the log and holds nothing of the letter. */
  | { readonly what: 'ignored'; readonly why: string }

/** How far a mailbox has been read. */
export type MailPosition = {
  /** The numbers of letters are comparable only under the same one. */
  readonly uidValidity: string
  /** Every letter up to this one is done with. */
  readonly lastUid: number
  /** The day (UTC, such as “2026-11-26”) it was known on: from there on letters are read when the numbers change. */
  readonly day: string
}

/** What receiving letters needs of the server. A rejection means “try again later”. */
export type MailPorts = {
  /**
   * Commits a letter and resolves only after the commit. A letter may come again: one whose `id` has been committed
   * is dropped and resolves.
   */
  readonly take: (letter: HeardLetter) => Promise<void>
  /** Commits that a letter of ours did not reach `address`; may come again. */
  readonly bounced: (bounce: { readonly of: string | undefined; readonly address: string }) => Promise<void>
  readonly position: {
    /** Null before the mailbox has ever been read. */
    readonly load: () => Promise<MailPosition | null>
    readonly save: (position: MailPosition) => Promise<void>
  }
  /** The addresses that are ours; a letter from one of them is not a visitor's. */
  readonly ownAddresses: () => readonly string[]
}

type LogLine = (facts: Readonly<Record<string, unknown>>, message: string) => void

/** The part of a logger that the mailbox uses; pino's fits. */
export type MailLog = { readonly info: LogLine; readonly warn: LogLine; readonly error: LogLine }

/** Time and chance, given from outside. */
export type MailWorld = {
  readonly now: () => Date
  /** Resolves after so many milliseconds, or at once when `signal` is aborted; never rejects. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** At least 0 and below 1. */
  readonly random: () => number
}

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

/** The name and type as they were checked when the file was stored. */
export type LetterFile = { readonly name: string; readonly type: string; readonly bytes: Readable }

/** A letter with its files; they are to be read to their end or destroyed. */
export type ComposedLetter = RenderedLetter & { readonly attachments: readonly LetterFile[] }
