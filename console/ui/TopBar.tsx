import { useEffect, useRef } from 'preact/hooks'
import { AlertsMenu } from './AlertsMenu.tsx'
import { useApp, useWords } from './context.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Mark } from './Mark.tsx'
import { PresenceSwitch } from './PresenceSwitch.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'

/** Where am I, who am I, and how the console speaks to me. */
export function TopBar() {
  const app = useApp()
  const words = useWords()
  const me = app.me.value
  const { sound } = app.preferences
  return (
    <header class="topbar">
      <Mark />
      {me && me.role !== 'operator' && <Sections role={me.role} />}
      <div class="spread" />
      <PresenceSwitch />
      <LanguageSwitch />
      <div class="tools">
        <AlertsMenu />
        <IconButton
          icon={sound.value ? 'sound' : 'mute'}
          label={words(sound.value ? 'sound.on' : 'sound.off')}
          pressed={sound.value}
          onClick={() => {
            sound.value = !sound.value
            if (sound.value) app.beep()
          }}
        />
        <ThemeSwitch />
        <IconButton
          icon="keyboard"
          label={words('help.title')}
          class="wide-only"
          onClick={() => {
            app.dialog.value = 'help'
          }}
        />
      </div>
      {me && (
        <span class="me" title={`${me.email} · ${words(`role.${me.role}`)}`}>
          <Icon name="user" />
          <span>{me.name}</span>
        </span>
      )}
      <IconButton icon="exit" label={words('action.signOut')} onClick={() => void app.signOut()} />
    </header>
  )
}

const sections = {
  supervisor: ['queue', 'due', 'articles', 'contracts', 'calendar', 'report', 'escalation'],
  administrator: ['queue', 'due', 'articles', 'contracts', 'calendar', 'report', 'escalation', 'team'],
} as const

/** The screens there are besides the queue, for those who have more than that. */
function Sections({ role }: { role: keyof typeof sections }) {
  const app = useApp()
  const words = useWords()
  const { name } = app.router.route.value
  const own = app.me.value?.desks ?? []
  const byContract = app.desks.value.some(({ id, contracts }) => contracts && own.includes(id))
  const about = name === 'article' || name === 'questions' ? 'articles' : name
  const here = sections[role].find((section) => section === about) ?? 'queue'
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    // on a phone the sections are wider than the screen
    const bar = frame.current
    const link = bar?.querySelector<HTMLElement>('[aria-current]')
    if (bar && link) bar.scrollLeft = link.offsetLeft - (bar.clientWidth - link.offsetWidth) / 2
  }, [here, byContract, words])
  return (
    <nav class="topnav" aria-label={words('nav.label')} ref={frame}>
      {sections[role]
        .filter((section) => section !== 'contracts' || byContract)
        .map((section) => (
          <a
            key={section}
            href={section === 'queue' ? '#/' : `#/${section}`}
            {...(section === here && { 'aria-current': 'page' as const })}
          >
            {words(`nav.${section}`)}
          </a>
        ))}
    </nav>
  )
}
