import type { Language } from '../../engine/language.ts'
import type { QueueRow } from '../../engine/wire.ts'
import { useWords } from './context.ts'
import { Icon } from './Icon.tsx'

/** The language the visitor speaks. */
export function LanguageBadge({ language }: { language: Language }) {
  const words = useWords()
  return (
    <span class={`badge language ${language}`} title={words(`visitor.speaks.${language}`)}>
      {language === 'kk' ? 'ҚАЗ' : 'РУС'}
    </span>
  )
}

/** The channel as a picture with its name for those who listen. */
export function ChannelIcon({ channel }: { channel: QueueRow['channel'] }) {
  const words = useWords()
  const name = words(`channel.${channel}`)
  return (
    <span class="channel" title={name}>
      <Icon name={channel} size={15} />
      <span class="unseen">{name}</span>
    </span>
  )
}

/** What sets a request apart: a paid level, a raised priority. Ordinary ones show nothing. */
export function RankBadges({ row }: { row: QueueRow }) {
  const words = useWords()
  return (
    <>
      {row.level === 'vip' && <span class="badge vip">{words('level.vip')}</span>}
      {row.priority !== 'normal' && (
        <span class={`badge ${row.priority}`}>{words(`priority.${row.priority}`)}</span>
      )}
    </>
  )
}
