import { useEffect, useRef } from 'preact/hooks'
import type { rareActs } from '../logic/permitted.ts'
import type { DialogName } from '../state/app.ts'
import { useApp, useWords } from './context.ts'
import { Icon, type IconName } from './Icon.tsx'

const looks = [
  { act: 'offeredSolution', dialog: 'offerSolution', icon: 'done' },
  { act: 'postponed', dialog: 'postpone', icon: 'clock' },
  { act: 'passedOn', dialog: 'passOn', icon: 'users' },
  { act: 'movedToDesk', dialog: 'move', icon: 'arrows' },
  { act: 'declined', dialog: 'decline', icon: 'decline' },
  { act: 'warned', dialog: 'warn', icon: 'warning' },
  { act: 'ended', dialog: 'end', icon: 'exit' },
] as const satisfies readonly { act: (typeof rareActs)[number]; dialog: DialogName; icon: IconName }[]

/** What is done seldom with a conversation, behind one button. */
export function MoreMenu() {
  const app = useApp()
  const words = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const shown = app.moreShown.value
  const close = () => {
    app.moreShown.value = false
  }
  useEffect(() => close, [])
  useEffect(() => {
    if (shown) frame.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
  }, [shown])
  const toButton = () => frame.current?.querySelector('button')?.focus()

  function pressed(event: KeyboardEvent) {
    if (!shown || event.key === 'Tab') return
    event.stopPropagation()
    const all = [...(frame.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
    const at = all.findIndex((item) => item.matches(':focus'))
    const target =
      event.key === 'ArrowDown'
        ? all[(at + 1) % all.length]
        : event.key === 'ArrowUp'
          ? all.at(at <= 0 ? -1 : at - 1)
          : event.key === 'Home'
            ? all[0]
            : event.key === 'End'
              ? all.at(-1)
              : undefined
    if (event.key === 'Escape') {
      close()
      toButton()
    }
    if (target || event.key === 'Escape') event.preventDefault()
    target?.focus()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the menu inside
    <div
      ref={frame}
      class="menu-frame"
      onKeyDown={pressed}
      onFocusOut={(event) => {
        if (!(event.relatedTarget instanceof Node && frame.current?.contains(event.relatedTarget))) close()
      }}
    >
      <button
        type="button"
        class="button action"
        title={`${words('help.more')} (M)`}
        aria-keyshortcuts="M"
        aria-haspopup="menu"
        aria-expanded={shown}
        onMouseDown={(event) => {
          // keeps the focus where it is, so that leaving the menu is told from pressing its button
          if (shown) event.preventDefault()
        }}
        onClick={() => {
          app.moreShown.value = !shown
        }}
      >
        <Icon name="more" size={17} />
        <span class="action-name">{words('act.more')}</span>
      </button>
      {shown && (
        <div class="menu" role="menu" aria-label={words('act.more')}>
          {looks
            .filter(({ act }) => app.allowed.value.has(act))
            .map(({ act, dialog, icon }) => (
              <button
                key={act}
                type="button"
                role="menuitem"
                tabIndex={-1}
                onClick={() => {
                  toButton()
                  close()
                  app.dialog.value = dialog
                }}
              >
                <Icon name={icon} size={17} />
                {words(`act.${act}`)}
              </button>
            ))}
        </div>
      )}
    </div>
  )
}
