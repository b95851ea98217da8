import { type Channel, type Desk, isMailed } from '../../engine/desk.ts'
import type { Happening } from './conversation.ts'
import { letter } from './mail.ts'
import type { SimulatedTalk } from './simulatedTalk.ts'

const minute = 60_000
const hour = 60 * minute
export const day = 24 * hour

const operators = Array.from({ length: 8 }, (_, index) => ({
  id: `00000000-0000-4000-8000-00000000000${index}`,
  name: `Оператор ${index + 1}`,
}))

/** How the people of a simulation go about: a random number between 0 and 1, and what is derived from it. */
export function people(random: () => number) {
  const between = (from: number, to: number) => Math.floor((from + random() * (to - from)) / minute) * minute
  const chance = (share: number) => random() < share
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  const localDay = (now: number, ahead: number) =>
    new Date(now + 5 * hour + Math.floor(random() * ahead) * day).toISOString().slice(0, 10)

  /** Most are quick, some late, a few come only after days. */
  const untilTaken = () =>
    chance(0.8)
      ? between(0, 12 * minute)
      : chance(0.7)
        ? between(12 * minute, 7 * hour)
        : between(day, 6 * day)

  /** What the operator does next with a request they have; undefined: nothing for now. */
  function withRequest(desk: Desk, talk: SimulatedTalk, left: number, now: number): Happening | undefined {
    const { state, ticket } = talk
    if (state.stage !== 'live' || !ticket) return undefined
    const by = { operator: state.operator } as const
    const answered = ticket.clocks.firstResponse.stoppedAt !== undefined
    if (ticket.waitingFor?.over && chance(0.8))
      return { type: 'operator.closedUnanswered', ...by, text: 'Клиенттен жауап алынған жоқ' }
    if (left <= 0) {
      if (!answered) return { type: 'operator.replied', ...by, text: 'Сәлеметсіз бе!' }
      return { type: 'operator.resolved', ...by, text: 'Дайын' }
    }
    if (ticket.waitingFor && chance(0.7)) return undefined
    const roll = random()
    if (roll < 0.24) return { type: 'operator.replied', ...by, text: 'Смотрим, что случилось' }
    if (roll < 0.46) return { type: 'operator.askedForInformation', ...by, text: 'Какой у вас браузер?' }
    if (roll < 0.64) return { type: 'operator.offeredSolution', ...by, text: 'Бетті жаңартып көріңіз' }
    if (roll < 0.76 && answered) return { type: 'operator.resolved', ...by, text: 'Готово' }
    if (roll < 0.8) return { type: 'operator.released', ...by }
    if (roll < 0.85) {
      const to = one(operators.filter(({ id }) => id !== state.operator.id))
      return { type: 'operator.transferred', ...by, to, reason: 'Өз саласы' }
    }
    if (roll < 0.89) {
      const to = chance(0.6) ? 'development' : 'thirdParty'
      return { type: 'operator.passedOn', ...by, to, ...(chance(0.7) && { dueOn: localDay(now, 20) }) }
    }
    if (roll < 0.93)
      return {
        type: 'operator.postponed',
        ...by,
        text: 'Вернёмся к этому',
        reason: chance(0.5) ? 'tooLittleInformation' : 'waiting',
        ...(chance(0.6) && { until: localDay(now, 8) }),
      }
    if (roll < 0.97)
      return { type: 'operator.prioritised', ...by, priority: one(['normal', 'urgent', 'immediate']) }
    if (roll < 0.985)
      return ticket.warnedAt === undefined
        ? { type: 'operator.warned', ...by, text: 'Пожалуйста, без оскорблений' }
        : { type: 'operator.ended', ...by, text: 'Завершаем разговор' }
    const scope = desk.outOfScope[0]?.id
    return {
      type: 'operator.declined',
      ...by,
      text: 'Бұл біздің құзыретімізде емес',
      ...(scope !== undefined && chance(0.5)
        ? { reason: 'outOfScope' as const, scope }
        : { reason: 'notUnderstandable' as const }),
    }
  }

  /** How a request comes that was not begun in a chat: by a letter, or put down by an operator. */
  const withoutChat = (channel: Channel): Happening =>
    channel === 'email'
      ? { type: 'visitor.mailed', mail: letter('Құжат ашылмайды', { subject: 'Портал' }) }
      : {
          type: 'operator.registered',
          operator: one(operators),
          values: { description: 'Не открывается документ' },
          files: [],
          ...(chance(0.5) && { takes: true as const }),
          ...(chance(0.3) && { priority: one(['normal', 'urgent', 'immediate'] as const) }),
        }

  /** The same as a visitor does in a chat, by a letter. */
  function byLetter({ state, ticket }: SimulatedTalk): Happening | undefined {
    const writes = (text: string): Happening => ({
      type: 'visitor.mailed',
      mail: letter(text, { answersOurs: true }),
    })
    switch (state.stage) {
      case 'waiting':
      case 'live':
        if (ticket?.waitingFor?.what === 'solution' && chance(0.7))
          return writes(chance(0.7) ? 'Помогло, спасибо!' : 'Көмектеспеді')
        return writes(one(['Chrome', 'Осылай болып тұр', 'Сами вы дураки', 'Рахмет']))
      case 'resolved':
        return writes(
          chance(0.5) ? one(['1', '2', '3', '4', '5\nДолго ждал']) : one(['Снова то же', 'Спасибо']),
        )
      default:
        return undefined
    }
  }

  /** What a visitor does of themselves: answers what was asked, judges a solution, rates, comes back. */
  function asVisitor(talk: SimulatedTalk): Happening | undefined {
    const { state, ticket } = talk
    if (isMailed(state.channel)) return byLetter(talk)
    switch (state.stage) {
      case 'waiting':
      case 'live':
        if (ticket?.waitingFor?.what === 'solution' && chance(0.7))
          return { type: 'visitor.chose', choice: chance(0.7) ? 'resolved' : 'notResolved' }
        return chance(0.03)
          ? { type: 'visitor.started' }
          : { type: 'visitor.wrote', text: one(['Chrome', 'Осылай болып тұр', 'Сами вы дураки', 'Рахмет']) }
      case 'resolved': {
        const roll = random()
        if (state.commenting) return { type: 'visitor.wrote', text: 'Долго ждал' }
        if (roll < 0.5) return { type: 'visitor.chose', choice: `rate:${one([1, 2, 3, 4, 5] as const)}` }
        if (roll < 0.85) return { type: 'visitor.chose', choice: 'reopen' }
        return { type: 'visitor.chose', choice: 'new' }
      }
      case 'asking':
        return { type: 'visitor.chose', choice: 'operator' }
      case 'reviewing':
        return { type: 'visitor.chose', choice: 'confirm' }
      case 'ended':
        return undefined
      default:
        return { type: 'visitor.chose', choice: 'connectNow' }
    }
  }

  return {
    between,
    chance,
    one,
    untilTaken,
    withRequest,
    withoutChat,
    asVisitor,
    takes: () => one(operators),
  }
}
