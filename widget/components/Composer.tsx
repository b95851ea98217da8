import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { maxTextLength } from '../../engine/limits.ts'
import { isBusy, useChat } from '../chat.ts'
import { acceptOf } from '../files.ts'
import { desk, keep, state } from '../store.ts'
import { t } from '../words.ts'
import { Icon } from './Icon.tsx'

const countFrom = maxTextLength - 300

/** Where the visitor writes; Enter sends where there is a real keyboard, and makes a new line where there is none. */
export function Composer() {
  const chat = useChat()
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const conversation = state.value?.conversationId
  const draftKey = `komekshi.draft.${conversation}`
  const left = maxTextLength - text.trim().length

  useEffect(() => {
    if (conversation) setText((typed) => typed || (keep.get(draftKey) ?? ''))
  }, [conversation])
  useLayoutEffect(() => {
    const box = area.current!
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
  }, [text])

  const change = (next: string) => {
    setText(next)
    if (!conversation) return
    if (next) keep.set(draftKey, next)
    else keep.remove(draftKey)
  }
  const send = () => {
    const words = text.trim()
    if (!words || left < 0) return
    chat.write(words)
    change('')
    area.current?.focus()
  }

  return (
    <footer>
      {state.value?.canAskOperator && (
        <button
          type="button"
          class="operator"
          disabled={isBusy()}
          onClick={() => chat.choose('operator', t('askOperator'))}
        >
          <Icon name="headset" />
          {t('askOperator')}
        </button>
      )}
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <button
          type="button"
          class="tool"
          aria-label={t('attach')}
          title={t('attach')}
          disabled={!desk.value}
          onClick={() => picker.current?.click()}
        >
          <Icon name="clip" />
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          accept={desk.value && acceptOf(desk.value)}
          onChange={(event) => {
            chat.attach([...(event.currentTarget.files ?? [])])
            event.currentTarget.value = ''
          }}
        />
        <textarea
          ref={area}
          class="draft"
          rows={1}
          value={text}
          aria-label={t('write')}
          placeholder={t('write')}
          onInput={(event) => {
            change(event.currentTarget.value)
            chat.typing()
          }}
          onKeyDown={(event) => {
            const touch = window.matchMedia('(pointer: coarse)').matches
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || touch) return
            event.preventDefault()
            send()
          }}
        />
        <button
          type="submit"
          class="tool send"
          aria-label={t('send')}
          title={t('send')}
          disabled={!text.trim() || left < 0}
          // keeps the phone's keyboard up: a press does not take the focus from the text
          onPointerDown={(event) => event.preventDefault()}
        >
          <Icon name="send" />
        </button>
      </form>
      {text.length > countFrom && (
        <p class="counter" role="status" data-over={left < 0}>
          {left < 0 ? t('charactersOver', { count: -left }) : t('charactersLeft', { count: left })}
        </p>
      )}
    </footer>
  )
}
