import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof createMetrics>

/** What the server counts, in a registry of its own; times are in seconds. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    messages: new Counter({
      name: 'komekshi_messages_total',
      help: 'Messages added to conversations',
      labelNames: ['author', 'channel'],
      registers,
    }),
    tickets: new Counter({
      name: 'komekshi_tickets_total',
      help: 'Registered requests',
      labelNames: ['desk'],
      registers,
    }),
    firstResponses: new Counter({
      name: 'komekshi_first_responses_total',
      help: 'First answers of a person, by whether the promise was kept',
      labelNames: ['desk', 'verdict'],
      registers,
    }),
    firstResponseWarnings: new Counter({
      name: 'komekshi_first_response_warnings_total',
      help: 'Warnings that a first response is due soon',
      labelNames: ['desk'],
      registers,
    }),
    firstResponseBreaches: new Counter({
      name: 'komekshi_first_response_breaches_total',
      help: 'First responses that were not given in time',
      labelNames: ['desk'],
      registers,
    }),
    assigned: new Counter({
      name: 'komekshi_assigned_total',
      help: 'Conversations that were given to an operator by the desk itself',
      labelNames: ['desk'],
      registers,
    }),
    returned: new Counter({
      name: 'komekshi_returned_total',
      help: 'Conversations that went back to the queue, by whether the operator was silent, away or has left',
      labelNames: ['desk', 'reason'],
      registers,
    }),
    unattended: new Counter({
      name: 'komekshi_unattended_total',
      help: 'Conversations that waited within hours while nobody was online',
      labelNames: ['desk'],
      registers,
    }),
    conversations: new Gauge({
      name: 'komekshi_conversations',
      help: 'Conversations by stage',
      labelNames: ['desk', 'stage'],
      registers,
    }),
    outboxPending: new Gauge({
      name: 'komekshi_outbox_pending',
      help: 'Messages still to be delivered to a channel that is pushed to',
      registers,
    }),
    notices: new Counter({
      name: 'komekshi_notices_total',
      help: 'E-mails and Telegram messages to visitors and supervisors, by what became of each attempt',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    sockets: new Gauge({
      name: 'komekshi_sockets',
      help: 'Open sockets by namespace',
      labelNames: ['namespace'],
      registers,
    }),
    deadlineLateness: new Histogram({
      name: 'komekshi_deadline_lateness_seconds',
      help: 'How long after its moment a deadline was raised',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300],
      registers,
    }),
    httpRequests: new Histogram({
      name: 'komekshi_http_request_duration_seconds',
      help: 'HTTP requests by route',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
  }
}
