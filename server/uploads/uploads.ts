import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Database } from '../../db/client.ts'
import {
  type ConversationLimit,
  insertUpload,
  moveUploads,
  sameUpload,
  type Upload,
  uploadById,
} from '../../db/queries/uploads.ts'
import type { Said, StoredFile } from '../../engine/conversation/content.ts'
import type { DeskProfile } from '../../engine/desk.ts'
import { checkedType } from './checkedType.ts'
import { cleanFileName, extensionOf } from './fileName.ts'
import { receive } from './receive.ts'

export type { Upload } from '../../db/queries/uploads.ts'

const megabyte = 1024 * 1024
const conversationLimit: ConversationLimit = { files: 50, bytes: 200 * megabyte }
/** Another process may be receiving into the same folder: only what lies still is left over. */
const leftoverAfterMs = 60 * 60_000

export type FileToStore = {
  readonly conversationId: string
  /** `visitor`, or the operator's id. */
  readonly by: 'visitor' | (string & {})
  /** What the conversation's desk takes. */
  readonly attachments: DeskProfile['attachments']
  /** As the sender called it; it is cleaned. */
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array> | Uint8Array
  /** `same`: the same bytes of the same name are kept once in a conversation; for what may be sent again. */
  readonly again?: 'same'
}

export type StoreOutcome =
  | { readonly ok: true; readonly file: StoredFile }
  /** One of `refusal.file.tooLarge`, `.type`, `.empty`, `.mismatch`, `.tooMany`. */
  | { readonly ok: false; readonly refusal: Said }

export type OpenedUpload = {
  readonly file: StoredFile
  /** To be read to its end or destroyed. */
  readonly bytes: Readable
}

export type Uploads = Awaited<ReturnType<typeof openUploads>>

/** How many bytes a desk takes in one file. */
export const mostBytesOf = ({ maxMegabytes }: DeskProfile['attachments']): number =>
  Math.floor(maxMegabytes * megabyte)

/**
 * Files of conversations: the bytes lie under `<dataDir>/uploads`, by their ids, what they are stands in the
 * database. Makes the folders and removes what unfinished uploads left behind.
 */
export async function openUploads(deps: {
  readonly database: Database
  readonly dataDir: string
  readonly clock: () => Date
}) {
  const { database, clock } = deps
  const folder = join(deps.dataDir, 'uploads')
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  await removeLeftovers(incoming, clock())

  const pathOf = (id: string) => join(folder, id.slice(0, 2), id)

  /**
   * Checks a file while it arrives and keeps it: durable, with its row, when this resolves. A refusal leaves nothing
   * behind; it may come before the source was read to its end. Fails when the source does.
   */
  async function store(input: FileToStore): Promise<StoreOutcome> {
    const { conversationId, attachments } = input
    const name = cleanFileName(input.name)
    const extension = extensionOf(name)
    if (!attachments.types.includes(extension))
      return refuse({ key: 'refusal.file.type', params: { types: attachments.types.join(', ') } })

    const id = randomUUID()
    const arriving = join(incoming, id)
    try {
      const source = input.bytes instanceof Uint8Array ? once(input.bytes) : input.bytes
      const received = await receive(source, arriving, mostBytesOf(attachments))
      if (!received)
        return refuse({ key: 'refusal.file.tooLarge', params: { megabytes: attachments.maxMegabytes } })
      if (received.bytes === 0) return refuse({ key: 'refusal.file.empty' })
      const type = await checkedType(arriving, extension)
      if (type === undefined) return refuse({ key: 'refusal.file.mismatch' })

      const operatorId = input.by === 'visitor' ? null : input.by
      const { sha256 } = received
      const before = input.again && (await sameUpload(database, { conversationId, operatorId, name, sha256 }))
      if (before) return { ok: true, file: asStored(before) }

      const file: StoredFile = { id, name, type, bytes: received.bytes }
      await moveDurably(arriving, pathOf(id))
      const kept = await insertUpload(
        database,
        {
          ...file,
          conversationId,
          operatorId,
          sha256,
          createdAt: clock().toISOString(),
        },
        conversationLimit,
      ).catch(async (error: unknown) => {
        await rm(pathOf(id), { force: true })
        throw error
      })
      if (kept) return { ok: true, file }
      await rm(pathOf(id), { force: true })
      return refuse({
        key: 'refusal.file.tooMany',
        params: { count: conversationLimit.files, megabytes: conversationLimit.bytes / megabyte },
      })
    } finally {
      await rm(arriving, { force: true })
    }
  }

  /** What is known of a file, and whose it is. */
  async function find(fileId: string): Promise<Upload | undefined> {
    return isId(fileId) ? uploadById(database, fileId) : undefined
  }

  /** Opens a file's bytes; undefined when there is no such file or its bytes are gone. */
  async function openFile(fileId: string): Promise<OpenedUpload | undefined> {
    const upload = await find(fileId)
    if (!upload) return undefined
    const handle = await open(pathOf(upload.id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (!handle) return undefined
    return { file: asStored(upload), bytes: handle.createReadStream() }
  }

  /** A file that was stored for this conversation. */
  async function ofConversation(fileId: string, conversationId: string): Promise<StoredFile | undefined> {
    const upload = await find(fileId)
    return upload?.conversationId === conversationId ? asStored(upload) : undefined
  }

  /** Puts files where the conversation is that they were sent for. */
  const moveTo = (conversationId: string, fileIds: readonly string[]): Promise<void> =>
    moveUploads(database, conversationId, fileIds)

  return { store, find, ofConversation, moveTo, open: openFile }
}

const refuse = (refusal: Said): StoreOutcome => ({ ok: false, refusal })

const asStored = ({ id, name, type, bytes }: Upload): StoredFile => ({ id, name, type, bytes })

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}

/** After this neither the file nor its name is lost by a crash. */
async function moveDurably(from: string, to: string): Promise<void> {
  const folder = dirname(to)
  const created = await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(from, to)
  await syncFolder(folder)
  if (created !== undefined) await syncFolder(dirname(folder))
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders, and needs no such care
  if (process.platform === 'win32') return
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function removeLeftovers(incoming: string, now: Date): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const facts = await stat(path).catch(() => undefined)
    if (facts && now.getTime() - facts.mtimeMs > leftoverAfterMs) await rm(path, { force: true })
  }
}
