import type { WireContent } from '../../engine/wire.ts'
import { t } from '../words.ts'
import { Icon } from './Icon.tsx'
import { unbroken } from './Prose.tsx'

type Ticket = NonNullable<Extract<WireContent, { kind: 'said' }>['ticket']>

/** The registered request: its number, when an answer is due, and the place in the queue. */
export function TicketCard({ ticket }: { readonly ticket: Ticket }) {
  return (
    <section class="card ticket" aria-label={t('ticket')}>
      <span class="done">
        <Icon name="check" />
      </span>
      <h2>
        {t('ticket')}
        <b>{t('ticketNumber', { number: ticket.number })}</b>
      </h2>
      <p>
        <Icon name="clock" />
        <span>{unbroken(t('answerDue', { due: ticket.dueText }))}</span>
      </p>
      <p>
        <Icon name="headset" />
        {ticket.aheadText}
      </p>
    </section>
  )
}
