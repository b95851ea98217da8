import type { AssistantKey } from '../../locales/index.ts'
import { type Desk, deskFields } from '../desk.ts'
import type { ChoiceId, Label } from './content.ts'
import { findField } from './draft.ts'

const plain: ReadonlySet<string> = new Set([
  'operator',
  'new',
  'back',
  'helped',
  'notHelped',
  'consent',
  'refuse',
  'confirm',
  'connectNow',
  'continue',
  'reopen',
  'resolved',
  'notResolved',
  'newFrom',
  'keep',
  'noFiles',
])

/** What the press of a button says in the thread; undefined when there is no such button. `asking`: the open field. */
export function choiceLabel(desk: Desk, choice: ChoiceId, asking?: string): Label | undefined {
  const colon = choice.indexOf(':')
  const name = colon < 0 ? choice : choice.slice(0, colon)
  const rest = colon < 0 ? '' : choice.slice(colon + 1)
  switch (name) {
    case 'article':
      return desk.articles.has(rest) ? { article: rest } : undefined
    case 'option': {
      const field = deskFields(desk).find(
        (one) => (asking === undefined || one.id === asking) && one.options?.some(({ id }) => id === rest),
      )
      return field && { field: field.id, option: rest }
    }
    case 'edit':
      return findField(desk, rest) && { editing: rest }
    case 'skip':
      return asking ? { skipping: asking } : { key: 'choice.skip' }
    case 'withoutContract':
      return (
        desk.contracts && {
          key:
            desk.contracts.called === 'certificate' ? 'choice.withoutCertificate' : 'choice.withoutContract',
        }
      )
    case 'rate':
      return /^[1-5]$/.test(rest) ? { key: 'choice.rate', params: { stars: Number(rest) } } : undefined
    case 'language':
      return rest === 'kk' || rest === 'ru' ? { key: `choice.language.${rest}` } : undefined
    default:
      return plain.has(choice) ? { key: `choice.${choice}` as AssistantKey } : undefined
  }
}
