import type { WireFile, WireRefusal } from '../engine/wire.ts'
import { fileRefusal } from './files.ts'
import { desk, state, uploads } from './store.ts'
import { uuid } from './uuid.ts'
import { timeOf } from './when.ts'
import { t } from './words.ts'

/** A file on its way; `share` is the part that has gone, 0 to 1. */
export type Upload = {
  readonly key: string
  readonly file: File
  readonly share: number
  readonly error?: string
  /** The fault lies with the connection: trying again may help. */
  readonly retriable?: boolean
}

let busy: { key: string; request: XMLHttpRequest } | undefined

const change = (key: string, part: Partial<Upload>) => {
  uploads.value = uploads.value.map((upload) => (upload.key === key ? { ...upload, ...part } : upload))
}

/** Sends files one after another, in the order given; each one the desk takes is handed to `stored`. */
export function uploadFiles(
  files: Iterable<File>,
  token: () => string,
  stored: (file: WireFile) => void,
): void {
  const rules = desk.value
  if (!rules) return
  const added = [...files].map((file): Upload => {
    const error = fileRefusal(rules, file, t)
    return { key: uuid(), file, share: 0, ...(error && { error }) }
  })
  uploads.value = [...uploads.value, ...added]
  sendNext(token, stored)
}

/** Takes a file off the list, and stops it when it is under way. */
export function cancelUpload(key: string): void {
  uploads.value = uploads.value.filter((upload) => upload.key !== key)
  if (busy?.key === key) busy.request.abort()
}

/** Tries a file again whose connection broke. */
export function retryUpload(upload: Upload, token: () => string, stored: (file: WireFile) => void): void {
  uploads.value = uploads.value.filter(({ key }) => key !== upload.key)
  uploadFiles([upload.file], token, stored)
}

/** Names a pasted picture, which comes without a telling name of its own. */
export const namedScreenshot = (file: File): File =>
  new File(
    [file],
    `${t('screenshot', { time: timeOf(new Date()).replace(':', '-') })}.${file.type.slice(6)}`,
    {
      type: file.type,
    },
  )

function sendNext(token: () => string, stored: (file: WireFile) => void): void {
  const next = uploads.value.find((upload) => !upload.error)
  if (busy || !next || !state.value) return
  const { key, file } = next
  const request = new XMLHttpRequest()
  busy = { key, request }
  const done = (outcome: Partial<Upload> | WireFile | undefined) => {
    busy = undefined
    if (outcome && 'path' in outcome) {
      uploads.value = uploads.value.filter((upload) => upload.key !== key)
      stored(outcome)
    } else if (outcome) change(key, outcome)
    sendNext(token, stored)
  }
  request.upload.onprogress = (event) => change(key, { share: event.loaded / event.total })
  request.onabort = () => done(undefined)
  request.onerror = () => done({ error: t('uploadFailed'), retriable: true })
  request.onload = () => done(answerOf(request))
  request.open('POST', `/api/uploads?conversation=${state.value.conversationId}`)
  request.setRequestHeader('Authorization', `Bearer ${token()}`)
  const body = new FormData()
  body.append('file', file)
  request.send(body)
}

function answerOf(request: XMLHttpRequest): WireFile | Partial<Upload> {
  try {
    const answer = JSON.parse(request.responseText) as WireFile | { refusal: WireRefusal }
    if (request.status === 201) return answer as WireFile
    if ('refusal' in answer) return { error: answer.refusal.text }
  } catch {}
  return { error: t('uploadFailed'), retriable: true }
}
