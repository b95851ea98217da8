import { computed, signal } from '@preact/signals'
import type { WireFile, WireMarks, WireMessage } from '../engine/wire.ts'
import type { VisitorDesk, VisitorState } from '../engine/wireVisitor.ts'
import type { Values } from './formFields.ts'
import { keepOf } from './keep.ts'
import type { Entry, Refused } from './outbox.ts'
import { activeSeq, bubblesOf } from './thread.ts'
import type { Upload } from './uploads.ts'

/** `connecting` at first; `unreachable` when that takes too long; `offline` when a connection broke. */
export type Link = 'connecting' | 'online' | 'offline' | 'unreachable'

/** Everything the chat shows. */
export const link = signal<Link>('connecting')
export const desk = signal<VisitorDesk | undefined>(undefined)
export const state = signal<VisitorState | undefined>(undefined)
export const marks = signal<WireMarks>({ visitorDelivered: 0, visitorRead: 0, operatorRead: 0 })
export const messages = signal<readonly WireMessage[]>([])
export const hasEarlier = signal(false)
export const loadingEarlier = signal(false)
export const waiting = signal<readonly Entry[]>([])
export const refused = signal<readonly Refused[]>([])
export const uploads = signal<readonly Upload[]>([])
export const operatorTyping = signal(false)
/** The loader's word on whether the chat is open, and the browser's on whether the page is looked at. */
export const isOpen = signal(true)
export const isVisible = signal(true)
export const enlarged = signal<{ readonly file: WireFile; readonly url: string } | undefined>(undefined)

/** What was typed into the form under way, and what the desk found wrong with it. */
export const formValues = signal<Values>({})
export const formErrors = signal<Values>({})

export const bubbles = computed(() => bubblesOf(messages.value, waiting.value, refused.value, marks.value))
export const active = computed(() => activeSeq(messages.value))
export const lastSeq = computed(() => messages.value.at(-1)?.seq ?? 0)

/** What must outlive a reload. */
export const keep = keepOf(() => localStorage)
