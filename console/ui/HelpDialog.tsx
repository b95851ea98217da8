import { keysOf } from '../logic/shortcuts.ts'
import { useWords } from './context.ts'
import { Dialog } from './Dialog.tsx'

const groups = [
  { title: 'help.queue', commands: ['next', 'previous', 'open', 'views', 'search', 'new', 'presence'] },
  {
    title: 'help.conversation',
    commands: ['take', 'reply', 'note', 'article', 'ask', 'solve', 'transfer', 'release', 'resolve', 'more'],
  },
] as const

/** The keys of the console. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const words = useWords()
  const line = (name: string, keys: readonly string[]) => (
    <div key={name}>
      <dt>{name}</dt>
      <dd>
        {keys.map((each) => (
          <kbd key={each}>{each}</kbd>
        ))}
      </dd>
    </div>
  )
  return (
    <Dialog title={words('help.title')} onClose={onClose} wide>
      <div class="help">
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{words(group.title)}</h3>
            <dl>{group.commands.map((command) => line(words(`help.${command}`), keysOf[command]))}</dl>
          </section>
        ))}
        <section>
          <h3>{words('help.writing')}</h3>
          <dl>
            {line(words('help.send'), ['Enter'])}
            {line(words('help.newLine'), ['Shift', 'Enter'])}
            {line(words('help.leave'), ['Esc'])}
            {line(words('help.help'), keysOf.help)}
          </dl>
        </section>
      </div>
      <p class="muted small-text">{words('help.layout')}</p>
    </Dialog>
  )
}
