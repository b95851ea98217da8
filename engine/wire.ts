import type { Audience, Author, ChoiceId } from './conversation/content.ts'
import type { Instant } from './conversation/instant.ts'
import type { RichText } from './richText.ts'

/* What goes over the wire to visitors and operators alike. */

export type WireFile = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly bytes: number
  /** Path on this server; asks for the visitor's token (Authorization: Bearer …) or the console's cookie. */
  readonly path: string
  /** Whether it may be shown as a picture. */
  readonly image: boolean
}

export type WireChoice = { readonly id: ChoiceId; readonly label: string; readonly primary: boolean }

export type WireField = {
  readonly id: string
  readonly kind:
    | 'iin'
    | 'bin'
    | 'fullName'
    | 'organisation'
    | 'phone'
    | 'email'
    | 'contact'
    | 'text'
    | 'longText'
    | 'choice'
    | 'files'
  readonly label: string
  readonly question: string
  readonly example?: string
  readonly required: boolean
  readonly onlyWith?: string
  readonly skipLabel?: string
  readonly options?: readonly { readonly id: string; readonly label: string }[]
  readonly maxLength: number
  readonly value?: string
}

export type WireRow = { readonly field: string; readonly label: string; readonly value: string }

/** A message's content as a person reads it: words are rendered by the server in the reader's language. */
export type WireContent =
  | { readonly kind: 'text'; readonly text: string; readonly edited?: boolean }
  | { readonly kind: 'file'; readonly file: WireFile; readonly text?: string }
  | { readonly kind: 'answers'; readonly rows: readonly WireRow[] }
  | {
      readonly kind: 'activity'
      readonly text: string
      readonly tone: 'plain' | 'warning' | 'breach' | 'good'
    }
  | {
      readonly kind: 'said'
      readonly text: string
      /** Asked after everything else that is shown, right above the buttons. */
      readonly ask?: string
      readonly choices?: readonly WireChoice[]
      /** Widget: shown inline until the conversation has gone on. */
      readonly form?: {
        readonly fields: readonly WireField[]
        /** The field that a plain text message answers. */
        readonly asking: string
        readonly submitLabel: string
      }
      readonly articles?: readonly {
        readonly id: string
        readonly title: string
        readonly choice: ChoiceId
      }[]
      readonly article?: { readonly id: string; readonly title: string; readonly body: RichText }
      /** Each row can be changed by the choice `edit:<field>`. */
      readonly summary?: { readonly rows: readonly WireRow[]; readonly files: readonly WireFile[] }
      readonly ticket?: {
        readonly number: number
        readonly dueAt: Instant
        readonly dueText: string
        readonly ahead: number
        readonly aheadText: string
      }
      readonly rating?: boolean
    }

export type WireMessage = {
  readonly seq: number
  /** The id of the event that caused it: a client's own id comes back here. */
  readonly eventId: string
  readonly at: Instant
  readonly author: Author
  readonly audience: Audience
  readonly content: WireContent
}

/** How far each side has got, by sequence number. */
export type WireMarks = {
  readonly visitorDelivered: number
  readonly visitorRead: number
  readonly operatorRead: number
}

/** An expected refusal, already in the reader's words. `fields`: what is wrong, by field of a form. */
export type WireRefusal = {
  readonly key: string
  readonly text: string
  readonly fields?: Readonly<Record<string, string>>
}

/** Acknowledgement: given only after the commit. `seq` is the last sequence number the event led to. */
export type WireAck =
  | { readonly ok: true; readonly seq: number }
  | { readonly ok: false; readonly refusal: WireRefusal }
