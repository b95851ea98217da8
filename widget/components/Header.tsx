import { useEffect, useRef, useState } from 'preact/hooks'
import type { Language } from '../../engine/language.ts'
import { useChat } from '../chat.ts'
import { canMinimise, minimise } from '../frame.ts'
import { desk, state } from '../store.ts'
import { theme, toggleTheme } from '../theme.ts'
import { language, t } from '../words.ts'
import { Icon } from './Icon.tsx'
import { unbroken } from './Prose.tsx'

function subtitle(): string {
  const now = state.value
  if (now?.operator) return t('operatorNote')
  if (now?.stage === 'waiting' && now.ticketNumber) return t('waitingNote', { number: now.ticketNumber })
  if (now?.stage === 'resolved' && now.ticketNumber) return t('resolvedNote', { number: now.ticketNumber })
  return desk.value ? t('assistantNote') : t('connecting')
}

/** Who one talks with, the language, and the menu. */
export function Header() {
  const chat = useChat()
  const name = state.value?.operator ?? desk.value?.assistant ?? t('assistant')
  return (
    <header>
      <span class="avatar" data-live={Boolean(state.value?.operator)}>
        {state.value?.operator ? initials(name) : <Icon name="chat" />}
      </span>
      <div class="who">
        <h1 tabIndex={-1}>{unbroken(name)}</h1>
        <p title={subtitle()}>{subtitle().replace('№ ', '№\u00a0')}</p>
      </div>
      <fieldset class="languages" aria-label={t('languageSwitch')}>
        <LanguageButton of="kk" label={t('kazakh')} onChoose={chat.switchLanguage} />
        <LanguageButton of="ru" label={t('russian')} onChoose={chat.switchLanguage} />
      </fieldset>
      <Menu />
      {canMinimise() && (
        <button
          type="button"
          class="tool"
          aria-label={t('minimise')}
          title={t('minimise')}
          onClick={minimise}
        >
          <Icon name="down" />
        </button>
      )}
    </header>
  )
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join('')

function LanguageButton(props: {
  readonly of: Language
  readonly label: string
  readonly onChoose: (of: Language) => void
}) {
  return (
    <button
      type="button"
      lang={props.of}
      title={props.label}
      aria-pressed={language.value === props.of}
      onClick={() => props.onChoose(props.of)}
    >
      <span>{props.of === 'kk' ? 'ҚАЗ' : 'РУС'}</span>
    </button>
  )
}

function Menu() {
  const chat = useChat()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const items = () => [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]

  useEffect(() => {
    if (!open) return
    items()[0]?.focus()
    const away = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', away)
    document.addEventListener('focusin', away)
    return () => {
      document.removeEventListener('pointerdown', away)
      document.removeEventListener('focusin', away)
    }
  }, [open])

  const close = () => {
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape' && open) close()
    else if (step && open)
      items()
        .at((items().indexOf(document.activeElement as HTMLElement) + step) % items().length)
        ?.focus()
    else return
    event.preventDefault()
  }
  const item = (icon: Parameters<typeof Icon>[0]['name'], label: string, work: () => void) => (
    <button
      type="button"
      role="menuitem"
      onClick={() => {
        close()
        work()
      }}
    >
      <Icon name={icon} />
      {label}
    </button>
  )
  const dark = theme.value === 'dark'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the button and the items inside come by here
    <div class="menu" ref={box} onKeyDown={onKey}>
      <button
        type="button"
        class="tool"
        aria-label={t('menu')}
        title={t('menu')}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="menu" />
      </button>
      {open && (
        <div role="menu" aria-label={t('menu')}>
          {item('plus', t('newQuestion'), () => chat.choose('new', t('newQuestion')))}
          {desk.value && (
            <a
              role="menuitem"
              href={`/help/${desk.value.id}/${language.value}/`}
              target="_blank"
              rel="noopener"
              onClick={close}
            >
              <Icon name="article" />
              {t('help')}
            </a>
          )}
          {item(dark ? 'sun' : 'moon', dark ? t('lightTheme') : t('darkTheme'), toggleTheme)}
          {canMinimise() && item('down', t('minimise'), minimise)}
        </div>
      )}
    </div>
  )
}
