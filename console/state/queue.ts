import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { QueueRow, WireOperator } from '../../engine/wireConsole.ts'
import { heldOrder, inOrder, inView, matches, type View, views } from '../logic/queueOrder.ts'

export type ShownRow = {
  readonly row: QueueRow
  /** It has left this view since the order was held. */
  readonly left: boolean
}

/** So many lines are drawn at first, and more at each wish: what is worked on next stands on top. */
const linesAtOnce = 200

export type Queue = ReturnType<typeof createQueue>

/** The queue as one operator looks at it: all rows, the view, the filters, and the order in which they stand. */
export function createQueue(me: ReadonlySignal<WireOperator | undefined>) {
  const rows = signal<ReadonlyMap<string, QueueRow>>(new Map())
  const loaded = signal(false)
  const view = signal<View>('waiting')
  const desk = signal<string | undefined>(undefined)
  const query = signal('')
  const cursor = signal<string | undefined>(undefined)
  const held = signal<readonly string[] | undefined>(undefined)
  const lines = signal(linesAtOnce)
  const departed = signal<ReadonlyMap<string, QueueRow>>(new Map())

  const onDesk = computed(() => {
    const all = [...rows.value.values()]
    return desk.value === undefined ? all : all.filter((row) => row.desk === desk.value)
  })
  const belongs = (row: QueueRow, to: View) => inView(row, to, me.value?.id ?? '')
  const counts = computed(
    () =>
      Object.fromEntries(
        views.map((each) => [each, onDesk.value.filter((row) => belongs(row, each)).length]),
      ) as Readonly<Record<View, number>>,
  )
  const calling = computed(
    (): Readonly<Record<View, boolean>> => ({
      waiting: counts.value.waiting > 0,
      mine: onDesk.value.some((row) => belongs(row, 'mine') && row.unread > 0),
      live: false,
      resolved: false,
    }),
  )
  const wanted = computed(() =>
    inOrder(
      onDesk.value.filter((row) => belongs(row, view.value) && matches(row, query.value)),
      view.value,
    ).map((row) => row.conversationId),
  )
  const order = computed(() => (held.value ? heldOrder(held.value, wanted.value) : wanted.value))
  const shown = computed(() =>
    order.value.slice(0, lines.value).flatMap((id): ShownRow[] => {
      const row = rows.value.get(id) ?? departed.value.get(id)
      return row ? [{ row, left: !rows.value.has(id) || !belongs(row, view.value) }] : []
    }),
  )
  const hidden = computed(() => Math.max(0, order.value.length - lines.value))
  const outdated = computed(() => order.value.join() !== wanted.value.join())

  const next = computed(
    () =>
      inOrder(
        onDesk.value.filter((row) => belongs(row, 'waiting')),
        'waiting',
      )[0],
  )

  const release = () => {
    held.value = undefined
    departed.value = new Map()
  }
  const set = (next: ReadonlyMap<string, QueueRow>) => {
    const gone = [...rows.value].filter(([id]) => !next.has(id))
    if (held.value && gone.length > 0) departed.value = new Map([...departed.value, ...gone])
    rows.value = next
  }

  return {
    rows,
    loaded,
    view,
    desk,
    query,
    cursor,
    counts,
    /** Views in which somebody waits for this operator. */
    calling,
    shown,
    /** How many lines stand below those that are drawn. */
    hidden,
    showMore: () => {
      lines.value += linesAtOnce
    },
    /** The one that waits longest for somebody to take it. */
    next,
    /** The held order differs from the one in which they are to be answered. */
    outdated,
    /** Keeps every row where it is: somebody points at them. */
    hold: () => {
      held.value ??= order.value
    },
    release,
    look: (at: View) => {
      release()
      lines.value = linesAtOnce
      view.value = at
    },
    load: (all: readonly QueueRow[]) => {
      set(new Map(all.map((row) => [row.conversationId, row])))
      loaded.value = true
    },
    change: (changed: readonly QueueRow[]) =>
      set(new Map([...rows.value, ...changed.map((row) => [row.conversationId, row] as const)])),
    drop: (ids: readonly string[]) => {
      const dropped = new Set(ids)
      set(new Map([...rows.value].filter(([id]) => !dropped.has(id))))
    },
    clear: () => {
      release()
      rows.value = new Map()
      loaded.value = false
      cursor.value = undefined
    },
  }
}
