import { signal } from '@preact/signals'
import type { WireFile } from '../../engine/wire.ts'
import type { Http } from '../http.ts'
import { fileSizeWords } from '../logic/fileSize.ts'
import { newId } from '../newId.ts'
import type { Words } from '../words.ts'

export type Upload = {
  readonly id: string
  readonly conversationId: string
  readonly name: string
  /** From 0 to 1. */
  readonly progress: number
  readonly file?: WireFile
  readonly refusal?: string
}

/** Files on their way to the server, and those that wait there to be sent into a conversation. */
export function createUploads(http: Http, words: () => Words, maxBytes: () => number) {
  const list = signal<readonly Upload[]>([])
  const aborts = new Map<string, AbortController>()
  const change = (id: string, next: Partial<Upload>) => {
    list.value = list.value.map((upload) => (upload.id === id ? { ...upload, ...next } : upload))
  }
  const remove = (id: string) => {
    aborts.get(id)?.abort()
    aborts.delete(id)
    list.value = list.value.filter((upload) => upload.id !== id)
  }

  async function start(conversationId: string, file: File) {
    const id = newId()
    const tooLarge = file.size > maxBytes()
    const refusal =
      file.size === 0
        ? words()('file.empty')
        : tooLarge
          ? words()('file.tooLarge', { size: fileSizeWords(maxBytes(), words()) })
          : undefined
    list.value = [
      ...list.value,
      { id, conversationId, name: file.name, progress: 0, ...(refusal && { refusal }) },
    ]
    if (refusal) return
    const abort = new AbortController()
    aborts.set(id, abort)
    const answer = await http.upload(
      conversationId,
      file,
      (progress) => change(id, { progress }),
      abort.signal,
    )
    aborts.delete(id)
    if (answer.ok) change(id, { progress: 1, file: answer.value })
    else change(id, { refusal: answer.refusal?.text ?? words()('file.notSent') })
  }

  return {
    list,
    add: (conversationId: string, files: Iterable<File>) => {
      for (const file of files) void start(conversationId, file)
    },
    remove,
    clear: () => {
      for (const upload of list.value) remove(upload.id)
    },
  }
}
