import type { WireMarks, WireMessage } from '../../engine/wire.ts'
import { hourMinute, wallClock } from '../logic/localTime.ts'
import { isChat } from '../logic/reach.ts'
import { useApp, useWords } from './context.ts'
import { FileView } from './FileView.tsx'
import { Icon } from './Icon.tsx'
import { LinkedText } from './LinkedText.tsx'
import { Rows } from './Rows.tsx'
import { SaidView } from './SaidView.tsx'

type Props = {
  readonly message: WireMessage
  readonly leads: boolean
  readonly zone: string
  readonly marks: WireMarks
}

/** One line of the history, in the form of its kind. */
export function MessageView({ message, leads, zone, marks }: Props) {
  const words = useWords()
  const app = useApp()
  const { author, content } = message
  const time = hourMinute(wallClock(Date.parse(message.at), zone))
  if (content.kind === 'activity')
    return (
      <p class={`activity ${content.tone}`}>
        <span>{content.text}</span>
        <time dateTime={message.at}>{time}</time>
      </p>
    )
  const row = app.openRow.value
  const inChat = row === undefined || isChat(row)
  const note = message.audience === 'operators'
  const mine = author.kind === 'operator' && author.id === app.me.value?.id
  const name =
    author.kind === 'visitor'
      ? words('author.visitor')
      : author.kind === 'assistant'
        ? words('author.assistant')
        : mine
          ? words('author.me')
          : author.name
  return (
    <article class={`message ${note ? 'note' : author.kind} ${leads ? 'leads' : ''}`}>
      {leads && (
        <header>
          {note && <Icon name="lock" size={13} />}
          <span class="author">{name}</span>
          {note && <span>{words('note.only')}</span>}
        </header>
      )}
      {!leads && <span class="unseen">{name}</span>}
      <div class="bubble">
        <Content message={message} />
        <span class="stamp">
          {content.kind === 'text' && content.edited && <span>{words('message.edited')}</span>}
          <time dateTime={message.at}>{time}</time>
          {author.kind === 'operator' && !note && inChat && <Delivery seq={message.seq} marks={marks} />}
        </span>
      </div>
    </article>
  )
}

function Content({ message }: { message: WireMessage }) {
  const { content } = message
  switch (content.kind) {
    case 'text':
      return (
        <p class="words">
          <LinkedText text={content.text} />
        </p>
      )
    case 'file':
      return (
        <>
          <FileView file={content.file} />
          {content.text && (
            <p class="words">
              <LinkedText text={content.text} />
            </p>
          )}
        </>
      )
    case 'answers':
      return <Rows rows={content.rows} />
    case 'said':
      return <SaidView said={content} />
    case 'activity':
      return null
  }
}

function Delivery({ seq, marks }: { seq: number; marks: WireMarks }) {
  const words = useWords()
  const state = seq <= marks.visitorRead ? 'read' : seq <= marks.visitorDelivered ? 'delivered' : 'sent'
  return (
    <span class={`delivery ${state}`} title={words(`delivery.${state}`)}>
      <Icon name={state === 'sent' ? 'check' : 'checks'} size={15} />
      <span class="unseen">{words(`delivery.${state}`)}</span>
    </span>
  )
}
