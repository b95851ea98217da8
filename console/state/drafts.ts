import { signal } from '@preact/signals'
import { readJson, type Store } from '../store.ts'

export type Mode = 'reply' | 'note'
export type Draft = { readonly mode: Mode; readonly reply: string; readonly note: string }

const blank: Draft = { mode: 'reply', reply: '', note: '' }
const kept = 100

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  'mode' in value &&
  (value.mode === 'reply' || value.mode === 'note') &&
  'reply' in value &&
  typeof value.reply === 'string' &&
  'note' in value &&
  typeof value.note === 'string'

const areDrafts = (value: unknown): value is Record<string, Draft> =>
  typeof value === 'object' && value !== null && Object.values(value).every(isDraft)

/** What was typed and not sent, by conversation; survives a reload. The oldest beyond a hundred are forgotten. */
export function createDrafts(store: Store) {
  const all = signal<Readonly<Record<string, Draft>>>(readJson(store, 'drafts', areDrafts, {}))
  const set = (next: Readonly<Record<string, Draft>>) => {
    all.value = next
    store.write('drafts', Object.keys(next).length > 0 ? JSON.stringify(next) : undefined)
  }
  return {
    all,
    of: (conversationId: string): Draft => all.value[conversationId] ?? blank,
    change: (conversationId: string, change: Partial<Draft>) => {
      const { [conversationId]: known, ...others } = all.value
      const next = { ...(known ?? blank), ...change }
      const empty = next.reply === '' && next.note === '' && next.mode === 'reply'
      const rest = Object.fromEntries(Object.entries(others).slice(1 - kept))
      set(empty ? rest : { ...rest, [conversationId]: next })
    },
    clear: () => set({}),
  }
}
