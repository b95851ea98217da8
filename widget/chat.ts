import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ChoiceId } from '../engine/conversation/content.ts'
import type { WireFile } from '../engine/wire.ts'
import type { Connection } from './connection.ts'
import { waiting } from './store.ts'
import { namedScreenshot, retryUpload, type Upload, uploadFiles } from './uploads.ts'

/** What the visitor can do, as the components use it. */
export type Chat = Connection & {
  readonly write: (text: string) => void
  readonly choose: (choice: ChoiceId, label: string) => void
  readonly attach: (files: Iterable<File>) => void
  readonly attachPasted: (files: Iterable<File>) => void
  readonly retryUpload: (upload: Upload) => void
}

/** The visitor's acts on top of a connection. */
export function chatOver(connection: Connection): Chat {
  const stored = (file: WireFile) =>
    void connection.act({ type: 'attached', fileId: file.id }, { kind: 'file', file })
  const attach = (files: Iterable<File>) => uploadFiles(files, connection.token, stored)
  return {
    ...connection,
    write: (text) => void connection.act({ type: 'wrote', text }, { kind: 'text', text }),
    choose: (choice, label) => void connection.act({ type: 'chose', choice }, { kind: 'text', text: label }),
    attach,
    attachPasted: (files) =>
      attach([...files].map((file) => (file.type.startsWith('image/') ? namedScreenshot(file) : file))),
    retryUpload: (upload) => retryUpload(upload, connection.token, stored),
  }
}

/** Whether a press on a button or a sent form is still on its way: until then no other is taken. */
export const isBusy = () =>
  waiting.value.some(({ action }) => action.type === 'chose' || action.type === 'filled')

const ChatContext = createContext<Chat | undefined>(undefined)
export const ChatProvider = ChatContext.Provider

/** The chat this component belongs to. */
export function useChat(): Chat {
  const chat = useContext(ChatContext)
  if (!chat) throw new Error('outside a ChatProvider')
  return chat
}
