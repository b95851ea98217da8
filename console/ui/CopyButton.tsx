import { useEffect, useRef, useState } from 'preact/hooks'
import { useApp, useWords } from './context.ts'
import { IconButton } from './IconButton.tsx'

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const app = useApp()
  const words = useWords()
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      timer.current = setTimeout(() => setCopied(false), 2_000)
    } catch {
      app.toasts.show({ tone: 'warning', text: words('copy.failed') })
    }
  }
  return (
    <>
      <IconButton
        icon={copied ? 'check' : 'copy'}
        label={copied ? words('copy.done') : label}
        class={copied ? 'small copied' : 'small'}
        onClick={() => void copy()}
      />
      <span class="unseen" role="status">
        {copied ? words('copy.done') : ''}
      </span>
    </>
  )
}
