import { computed, signal } from '@preact/signals'
import type { WireRefusal } from '../../engine/wire.ts'
import type { OperatorAction } from '../../engine/wireConsole.ts'
import { createOutbox, type Outbox } from '../logic/outbox.ts'
import { readJson, type Store } from '../store.ts'
import type { Live } from './live.ts'

export type SpokenAct = Extract<OperatorAction, { type: 'replied' | 'noted' | 'attached' }>

/** Words under way: shown at the end of the conversation until the message itself is there. */
export type Pending = {
  readonly action: SpokenAct
  readonly state: 'sending' | 'sent' | 'refused'
  readonly refusal?: string
}

/** Whether an act puts words or a file into the conversation. */
export const isSpoken = (action: OperatorAction): action is SpokenAct =>
  action.type === 'replied' || action.type === 'noted' || action.type === 'attached'

const areActions = (value: unknown): value is OperatorAction[] =>
  Array.isArray(value) &&
  value.every(
    (each: unknown) =>
      typeof each === 'object' && each !== null && 'type' in each && 'id' in each && 'conversationId' in each,
  )

const breath = 1_000

/** What the operator does, from the key press to the acknowledgement; kept through a reload of the page. */
export function createActs(
  store: Store,
  live: () => Live | undefined,
  refused: (action: OperatorAction, refusal: WireRefusal) => void,
  done: (action: OperatorAction) => void,
) {
  const kept = readJson(store, 'outbox', areActions, [])
  const waiting = signal<readonly OperatorAction[]>(kept)
  const pending = signal<readonly Pending[]>(
    kept.filter(isSpoken).map((action) => ({ action, state: 'sending' as const })),
  )
  const become = (action: OperatorAction, state: Pending['state'], refusal?: string) => {
    pending.value = pending.value.map((each) =>
      each.action.id === action.id ? { action: each.action, state, ...(refusal && { refusal }) } : each,
    )
  }
  const outbox: Outbox = createOutbox(
    {
      send: (action) => live()?.act(action) ?? Promise.reject(new Error('not connected')),
      breathe: () => new Promise((resolve) => setTimeout(resolve, breath)),
      changed: (next) => {
        waiting.value = next
        store.write('outbox', next.length > 0 ? JSON.stringify(next) : undefined)
      },
      done: (action) => {
        become(action, 'sent')
        done(action)
      },
      refused: (action, refusal) => {
        become(action, 'refused', refusal.text)
        refused(action, refusal)
      },
    },
    kept,
  )
  const drop = (id: string) => {
    pending.value = pending.value.filter((each) => each.action.id !== id)
  }

  return {
    pending,
    /** Acts under way as `type:conversation`, to show their buttons at work. */
    busy: computed(() => new Set(waiting.value.map((action) => `${action.type}:${action.conversationId}`))),
    put: (action: OperatorAction) => {
      if (isSpoken(action)) pending.value = [...pending.value, { action, state: 'sending' }]
      outbox.put(action)
    },
    /** Acts that the server has not refused and whose outcome is not seen yet. */
    underWay: computed(() => [
      ...waiting.value,
      ...pending.value.flatMap(({ action, state }) => (state === 'sent' ? [action] : [])),
    ]),
    drop,
    /** The messages themselves have arrived. */
    arrived: (eventIds: ReadonlySet<string>) => {
      if (pending.value.some((each) => eventIds.has(each.action.id)))
        pending.value = pending.value.filter((each) => !eventIds.has(each.action.id))
    },
    resume: outbox.resume,
    pause: outbox.pause,
    clear: () => {
      outbox.clear()
      pending.value = []
    },
  }
}
