import type { WireMessage } from '../../engine/wire.ts'
import type { QueueRow, WireOperator } from '../../engine/wireConsole.ts'

/** A waiting row of the queue; tests say only what matters to them. */
export const aRow = (facts: Partial<QueueRow> = {}): QueueRow => ({
  conversationId: 'c1',
  desk: 'edoc',
  channel: 'widget',
  stage: 'waiting',
  outcome: null,
  language: 'ru',
  ticketNumber: 1,
  level: 'basic',
  priority: 'normal',
  name: 'Иванова Мария',
  subject: 'Не приходит код',
  lastText: 'Код не пришёл',
  lastAt: '2026-11-23T04:00:00.000Z',
  registeredAt: '2026-11-23T04:00:00.000Z',
  operator: null,
  visitorOnline: true,
  contractRank: null,
  dedicated: null,
  cameBy: null,
  unattended: false,
  returnedAt: null,
  unread: 0,
  waitingForVisitor: false,
  postponed: null,
  passedOn: null,
  warned: false,
  silenceOver: false,
  firstResponse: null,
  nextResponse: null,
  resolution: null,
  ...facts,
})

export const anOperator = (facts: Partial<WireOperator> = {}): WireOperator => ({
  id: 'me',
  name: 'Айгүл',
  email: 'aigul@example.kz',
  role: 'operator',
  desks: ['edoc'],
  languages: ['kk', 'ru'],
  active: true,
  capacity: null,
  presence: 'online',
  ...facts,
})

export const aMessage = (seq: number, facts: Partial<WireMessage> = {}): WireMessage => ({
  seq,
  eventId: `e${seq}`,
  at: '2026-11-23T04:00:00.000Z',
  author: { kind: 'visitor' },
  audience: 'everyone',
  content: { kind: 'text', text: `слова ${seq}` },
  ...facts,
})
