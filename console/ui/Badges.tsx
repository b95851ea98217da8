import type { Language } from '../../engine/language.ts'
import type { QueueRow } from '../../engine/wireConsole.ts'
import { useApp, useWords } from './context.ts'
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

/** What sets a request apart: it came back, it is mine to look after, a paid level, a raised priority. */
export function RankBadges({ row }: { row: QueueRow }) {
  const app = useApp()
  const words = useWords()
  return (
    <>
      {row.returnedAt !== null && (
        <span class="badge returned" title={words('badge.returnedTitle')}>
          {words('badge.returned')}
        </span>
      )}
      {row.dedicated !== null && row.dedicated.id === app.me.value?.id && (
        <span class="badge vip" title={words('badge.dedicatedTitle')}>
          {words('badge.dedicated')}
        </span>
      )}
      {row.level === 'vip' && <span class="badge vip">{words('level.vip')}</span>}
      {row.priority !== 'normal' && (
        <span class={`badge ${row.priority}`}>{words(`priority.${row.priority}`)}</span>
      )}
    </>
  )
}
