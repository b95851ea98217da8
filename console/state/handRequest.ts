import { effect, signal, untracked } from '@preact/signals'
import type { Language } from '../../engine/language.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'
import type { WireRegistered } from '../../engine/wireRequests.ts'
import type { Http, Refused } from '../http.ts'
import { blankForm, type HandForm, handRequestOf, isHandForm } from '../logic/handForm.ts'
import { newId } from '../newId.ts'
import { readJson, type Store } from '../store.ts'
import type { createUploads } from './uploads.ts'

type Ports = {
  readonly store: Store
  readonly http: Http
  readonly uploads: Pick<ReturnType<typeof createUploads>, 'list' | 'remove'>
  readonly language: () => Language
  readonly refusalText: (refused: Refused) => string
  readonly registered: (request: WireRegistered, taken: boolean) => void
}

/**
 * The request that an operator is putting down: one at a time. What was typed survives the closing of its window, a
 * lost connection and a reload, in this tab; sent again it is the same request.
 */
export function createHandRequest({ store, http, uploads, language, refusalText, registered }: Ports) {
  const begin = () => blankForm(newId(), '', language())
  const kept = readJson(store, 'handRequest', (value): value is HandForm => isHandForm(value), undefined)
  const form = signal<HandForm>(kept ?? begin())
  const busy = signal(false)
  const faults = signal<Readonly<Record<string, string>>>({})
  const error = signal<string | undefined>(undefined)

  const set = (next: HandForm) => {
    form.value = next
    store.write('handRequest', JSON.stringify(next))
  }
  function clear() {
    const { places } = form.value
    form.value = begin()
    for (const { id, conversationId } of uploads.list.value)
      if (places.includes(conversationId)) uploads.remove(id)
    store.write('handRequest', undefined)
    faults.value = {}
    error.value = undefined
  }

  // a file that has arrived is the request's, whether or not its window is still open
  effect(() => {
    const { places } = form.value
    const arrived = uploads.list.value.flatMap(({ id, conversationId, file }) =>
      file && places.includes(conversationId) ? [{ id, file }] : [],
    )
    if (arrived.length === 0) return
    untracked(() => {
      set({ ...form.value, files: [...form.value.files, ...arrived.map(({ file }) => file)] })
      for (const { id } of arrived) uploads.remove(id)
    })
  })

  async function send(desk: WireDesk): Promise<void> {
    if (busy.value) return
    const { sent: before } = form.value
    set({ ...form.value, sent: true })
    const sent = form.value
    busy.value = true
    error.value = undefined
    faults.value = {}
    const answer = await http.registerRequest(handRequestOf(desk, sent))
    busy.value = false
    if (answer.ok && answer.value.repeated && !before && form.value.id === sent.id) {
      // another tab, which this one is a copy of, has registered its own by this id
      set({ ...form.value, id: newId(), sent: false })
      return send(desk)
    }
    if (!answer.ok) {
      // anything else than a refusal may have been registered all the same
      if (answer.status >= 400 && answer.status < 500 && form.value.id === sent.id)
        set({ ...form.value, sent: false })
      faults.value = answer.refusal?.fields ?? {}
      error.value = refusalText(answer)
      return
    }
    if (form.value.id === sent.id) clear()
    registered(answer.value, sent.takes)
  }

  return {
    form,
    /** On its way to the server. */
    busy,
    /** What is wrong, by field. */
    faults,
    /** Why it was not registered. */
    error,
    change: (change: Partial<HandForm>) => set({ ...form.value, ...change }),
    type: (field: string, value: string) => {
      const { [field]: _, ...others } = faults.value
      faults.value = others
      set({ ...form.value, values: { ...form.value.values, [field]: value } })
    },
    clear,
    /** Where the files of the request go; undefined when the server does not say, and why stands there. */
    place: async (desk: WireDesk): Promise<string | undefined> => {
      const { id, channel, language: spoken, places } = form.value
      const answer = await http.placeRequest({ id, desk: desk.id, channel, language: spoken })
      if (!answer.ok) {
        error.value = refusalText(answer)
        return undefined
      }
      const { conversationId } = answer.value
      if (form.value.id !== id) return undefined
      if (!places.includes(conversationId)) set({ ...form.value, places: [...places, conversationId] })
      return conversationId
    },
    send,
  }
}
