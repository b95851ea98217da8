import type {
  AcceptAnswer,
  BotPorts,
  ChatEvent,
  ChatStatus,
  OpenedFile,
  TelegramChat,
} from '../../bot/ports.ts'
import type { StoredFile } from '../../engine/conversation/content.ts'

export type MemoryPorts = BotPorts & {
  /** What was committed, in order, each event id once. */
  readonly committed: { readonly chat: TelegramChat; readonly event: ChatEvent }[]
  readonly eventsOf: (chatId: number) => readonly ChatEvent[]
  readonly stored: { readonly name: string; readonly type?: string; readonly bytes: Buffer }[]
  readonly statuses: Map<number, ChatStatus>
  readonly openable: Map<string, OpenedFile>
  /** What groups are to the bot; unknown unless told otherwise. */
  readonly standings: Map<number, 'connected' | 'expected' | 'unknown'>
  /** What was heard of chats in which supervisors are told. */
  readonly noticeChats: object[]
  /** Called before each commit; a rejection fails it. */
  beforeCommit: (chat: TelegramChat, event: ChatEvent) => Promise<void> | void
  /** Says whether an event is refused, and in which words. */
  refusal: (event: ChatEvent) => string | undefined
  /** Says whether a file is refused. */
  fileRefusal: (name: string) => 'tooLarge' | 'refusedFile' | undefined
}

/** A server that keeps everything in memory and drops event ids it has seen, as the real one does. */
export function memoryPorts(): MemoryPorts {
  const seen = new Set<string>()
  const ports: MemoryPorts = {
    committed: [],
    stored: [],
    statuses: new Map(),
    openable: new Map(),
    eventsOf: (chatId) =>
      ports.committed.filter(({ chat }) => chat.chatId === chatId).map(({ event }) => event),
    beforeCommit: () => undefined,
    refusal: () => undefined,
    fileRefusal: () => undefined,
    accept: async (chat, event): Promise<AcceptAnswer> => {
      await ports.beforeCommit(chat, event)
      const refusal = ports.refusal(event)
      if (refusal) return { ok: false, refusal }
      if (!seen.has(event.id)) ports.committed.push({ chat, event })
      seen.add(event.id)
      return { ok: true }
    },
    conversation: async ({ chatId }) => ports.statuses.get(chatId) ?? null,
    storeFile: async (_, { name, type, bytes }) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of bytes) chunks.push(chunk)
      const what = ports.fileRefusal(name)
      if (what) return { ok: false, what }
      const content = Buffer.concat(chunks)
      ports.stored.push({ name, ...(type && { type }), bytes: content })
      const file: StoredFile = {
        id: `stored${ports.stored.length}`,
        name,
        type: type ?? 'application/octet-stream',
        bytes: content.length,
      }
      return { ok: true, file }
    },
    openFile: async (id) => ports.openable.get(id) ?? null,
    notices: {
      connect: async (chatId, title, code) => {
        ports.noticeChats.push({ did: 'connect', chatId, title, code })
        return `connected ${code}`
      },
      standing: async (chatId) => ports.standings.get(chatId) ?? 'unknown',
      left: async (chatId) => void ports.noticeChats.push({ did: 'left', chatId }),
      moved: async (chatId, to) => void ports.noticeChats.push({ did: 'moved', chatId, to }),
    },
    standings: new Map(),
    noticeChats: [],
  }
  return ports
}
