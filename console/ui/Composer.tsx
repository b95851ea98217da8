import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { remaining, sendable } from '../logic/composed.ts'
import type { Mode } from '../state/drafts.ts'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { UploadList } from './UploadList.tsx'
import { useReach } from './useReach.ts'

const typingEvery = 2_500

/** Where an operator answers the visitor, or writes a note that only colleagues see. */
export function Composer({ row }: { row: QueueRow }) {
  const app = useApp()
  const words = useWords()
  const id = row.conversationId
  const draft = app.drafts.all.value[id] ?? app.drafts.of(id)
  const { mode } = draft
  const { reach, hint } = useReach(row)
  const mayReply = app.allowed.value.has('replied')
  const note = mode === 'note'
  const writes = note || mayReply
  const text = draft[mode]
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const typedAt = useRef(0)
  const [dragged, setDragged] = useState(false)

  const uploads = note ? [] : app.uploads.list.value.filter((upload) => upload.conversationId === id)
  const uploading = uploads.some((upload) => !upload.file && !upload.refusal)
  const ready = uploads.filter((upload) => upload.file)
  const written = sendable(text)
  const tooLong = text.trim().length > 0 && written === undefined
  const canSend = writes && !uploading && !tooLong && (written !== undefined || (!note && ready.length > 0))
  const left = remaining(text)
  const saves = note || reach === 'unseen'

  const wish = app.focusWish.value
  // before the next key press, which is to be typed here
  useLayoutEffect(() => {
    if (typeof wish !== 'object' || wish.composerOf !== id || !area.current) return
    app.focusWish.value = undefined
    area.current.focus()
    area.current.setSelectionRange(area.current.value.length, area.current.value.length)
  }, [app, id, wish, writes])
  useLayoutEffect(() => {
    const box = area.current
    if (!box) return
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight + 2}px`
  }, [text, writes])

  function write(value: string) {
    app.drafts.change(id, { [mode]: value })
    const now = Date.now()
    if (note || value.trim() === '' || now - typedAt.current < typingEvery) return
    typedAt.current = now
    app.typing(id)
  }
  function send() {
    if (!canSend) return
    if (written !== undefined) app.act(id, { type: note ? 'noted' : 'replied', text: written })
    for (const upload of ready) {
      if (upload.file) app.act(id, { type: 'attached', fileId: upload.file.id })
      app.uploads.remove(upload.id)
    }
    app.drafts.change(id, { [mode]: '' })
    typedAt.current = 0
    area.current?.focus()
  }
  function attach(files: Iterable<File>) {
    if (note || !mayReply) app.toasts.show({ tone: 'warning', text: words('file.onlyInReply') })
    else app.uploads.add(id, files)
  }
  const choose = (next: Mode) => {
    app.drafts.change(id, { mode: next })
    app.focusWish.value = { composerOf: id }
  }

  return (
    <form
      class={`composer ${note ? 'note' : ''} ${dragged ? 'dragged' : ''}`}
      aria-label={words('composer.label')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return
        event.preventDefault()
        setDragged(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDragged(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setDragged(false)
        attach(event.dataTransfer?.files ?? [])
      }}
    >
      <div class="composer-top">
        <fieldset class="segments" aria-label={words('composer.kind')}>
          <button type="button" aria-pressed={!note} onClick={() => choose('reply')}>
            {words('composer.reply')}
          </button>
          <button type="button" class="to-note" aria-pressed={note} onClick={() => choose('note')}>
            <Icon name="lock" size={13} />
            {words('composer.note')}
          </button>
        </fieldset>
        <p class="composer-hint">{note ? words('note.hint') : writes ? hint : ''}</p>
      </div>
      {writes ? (
        <>
          <UploadList uploads={uploads} />
          <div class="composer-box">
            {!note && (
              <>
                <IconButton
                  icon="clip"
                  label={words('composer.attach')}
                  onClick={() => picker.current?.click()}
                />
                {app.allowed.value.has('sharedArticle') && (
                  <IconButton
                    icon="book"
                    label={`${words('pick.open')} (A)`}
                    onClick={() => {
                      app.dialog.value = 'article'
                    }}
                  />
                )}
                <input
                  ref={picker}
                  type="file"
                  multiple
                  hidden
                  onChange={(event) => {
                    attach([...(event.currentTarget.files ?? [])])
                    event.currentTarget.value = ''
                  }}
                />
              </>
            )}
            <textarea
              ref={area}
              rows={2}
              value={text}
              aria-label={words(note ? 'composer.note' : 'composer.reply')}
              placeholder={words(
                note
                  ? 'note.placeholder'
                  : reach === 'unseen'
                    ? 'composer.unseenPlaceholder'
                    : 'composer.placeholder',
              )}
              onInput={(event) => write(event.currentTarget.value)}
              onPaste={(event) => {
                const files = [...(event.clipboardData?.files ?? [])]
                if (files.length === 0) return
                event.preventDefault()
                attach(files)
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.isComposing) {
                  event.preventDefault()
                  send()
                } else if (event.key === 'Escape') event.currentTarget.blur()
              }}
            />
            <button
              type="submit"
              class={`button send ${note ? 'as-note' : 'primary'}`}
              disabled={!canSend}
              title={words(saves ? 'note.save' : 'composer.send')}
            >
              <Icon name={note ? 'lock' : saves ? 'check' : 'send'} size={17} />
              <span>{words(saves ? 'note.save' : 'composer.send')}</span>
            </button>
          </div>
          <p class="composer-foot">
            <span class="wide-only">{words('composer.keys')}</span>
            {left !== undefined && (
              <span class={left < 0 ? 'field-error' : ''} role="status">
                {left < 0
                  ? words('composer.tooLong', { count: -left })
                  : words('composer.left', { count: left })}
              </span>
            )}
          </p>
        </>
      ) : (
        <ReplyBar row={row} />
      )}
    </form>
  )
}

/** Why nobody can answer here right now, and what leads on. */
function ReplyBar({ row }: { row: QueueRow }) {
  const app = useApp()
  const words = useWords()
  const why =
    row.outcome === 'ended'
      ? words('composer.whenEnded')
      : row.stage === 'resolved'
        ? words('composer.whenResolved')
        : row.operator === null
          ? words('composer.whenWaiting')
          : words('composer.whenTheirs', { name: row.operator.name })
  return (
    <div class="reply-bar">
      <p>{why}</p>
      {app.allowed.value.has('took') && (
        <button
          type="button"
          class="button primary"
          disabled={app.acts.busy.value.has(`took:${row.conversationId}`)}
          onClick={() => app.act(row.conversationId, { type: 'took' })}
        >
          {words(row.stage === 'resolved' ? 'act.reopened' : 'act.took')}
          {row.stage === 'waiting' && <kbd class="wide-only">T</kbd>}
        </button>
      )}
    </div>
  )
}
