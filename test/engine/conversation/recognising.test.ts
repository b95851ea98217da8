import { describe, expect, it } from 'vitest'
import type { Contract, FoundContract } from '../../../engine/contract.ts'
import type { ContractWish } from '../../../engine/conversation/effect.ts'
import { renderMessage } from '../../../engine/conversation/render.ts'
import type { Channel, Desk } from '../../../engine/desk.ts'
import type { Language } from '../../../engine/language.ts'
import { aigerim, play, someone, type Talk, timur } from '../../support/conversation.ts'
import { desks, edoc } from '../../support/edoc.ts'
import { live } from '../../support/talks.ts'

const cryptopro = desks.get('cryptopro') as Desk
const morning = '2026-11-23T05:00:00.000Z'

const contract = (change: Partial<Contract> = {}): Contract => ({
  id: '00000000-0000-4000-8000-0000000000c1',
  desk: 'cryptopro',
  number: 'ТП-2026/000817',
  organisation: 'АО «Чужое Имя»',
  level: 'basic',
  type: 'workplace',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  ...change,
})
const found = (change: Partial<Contract> = {}, open = 0, own: readonly number[] = []): FoundContract => ({
  contract: contract(change),
  open,
  own,
})

const said = (talk: Talk) => talk.lastSaid.text
const all = (talk: Talk, desk: Desk, side: 'visitor' | 'operator') =>
  talk.messages
    .filter(({ audience }) => side === 'operator' || audience === 'everyone')
    .map((message, at) =>
      JSON.stringify(
        renderMessage(
          desk,
          { language: talk.state.language, side, channel: talk.state.channel },
          { seq: at + 1, eventId: 'e', at: morning, ...message },
        ).content,
      ),
    )
    .join('\n')

/** A visitor of the cryptopro desk who has named a certificate. */
function names(
  contracts: (wish: ContractWish) => readonly FoundContract[] | 'tooOften',
  { channel = 'telegram' as Channel, language = 'ru' as Language, term = '', number = 'тп 2026 000817' } = {},
) {
  const talk = play(channel, language, morning, cryptopro, contracts)
  talk.happen({ type: 'visitor.started' })
  talk.presses('operator')
  talk.presses('consent')
  if (channel === 'widget') {
    talk.fills({ account: 'rasul@example.kz', certificate: number, certificateTerm: term })
    return talk
  }
  talk.writes('rasul@example.kz')
  if (number === '') talk.presses('skip')
  else {
    talk.writes(number)
    if (term) talk.writes(term)
    else talk.presses('skip')
  }
  return talk
}
function describes(talk: Talk) {
  talk.presses('option:csp')
  talk.writes('Не запускается КриптоПро CSP')
  talk.writes('После обновления окно не открывается')
  for (const _ of ['os', 'versions']) talk.presses('skip')
  talk.presses('noFiles')
}

describe('a certificate is recognised when the visitor has said who they are (cryptopro guide, §4 and §5)', () => {
  it('by its number however it is typed; the request is then served by it', () => {
    const wishes: ContractWish[] = []
    const talk = names((wish) => {
      wishes.push(wish)
      return [found({ level: 'vip', type: 'extended', operatorId: timur.id })]
    })
    expect(wishes).toEqual([{ keys: { number: 'TП2026000817' }, person: { account: 'rasul@example.kz' } }])
    expect(talk.state.stage).toBe('describing')
    expect(said(talk)).toContain('VIP-поддержка по сертификату № тп 2026 000817.')
    describes(talk)
    expect(said(talk)).toContain('VIP-поддержка по сертификату')
    talk.presses('confirm')
    expect(talk.ticket).toMatchObject({
      level: 'vip',
      priority: 'normal',
      contract: { id: contract().id, type: 'extended', operatorId: timur.id },
    })
    expect(wishes).toHaveLength(2)
    expect(all(talk, cryptopro, 'operator')).toContain(
      'Договор: АО «Чужое Имя», VIP, до 31 декабря 2026 года',
    )
  })

  it('its term is told to who names it, and to nobody by the number alone', () => {
    expect(said(names(() => [found()]))).toContain('Сертификат № тп 2026 000817 действует, ')
    expect(said(names(() => [found()], { term: '31.12.2025' }))).not.toContain('2026 года')
    expect(said(names(() => [found()], { term: 'до 31.12.2026 г.' }))).toContain('до 31 декабря 2026 года')
    expect(said(names(() => [found()], { term: '31.12.2026', language: 'kk' }))).toContain(
      '2026 жылғы 31 желтоқсан күніне дейін жарамды',
    )
  })

  it('how many of its requests are open, and may be, is told while one more is made (cryptopro guide, §5)', () => {
    const one = 'Открыто обращений: 1, одновременно можно не больше 2.'
    const talk = names(() => [found({}, 1)])
    expect(said(talk)).toContain(one)
    describes(talk)
    expect(said(talk)).toContain(one)
    expect(said(names(() => [found({ openLimit: 7 }, 0)]))).toContain('можно не больше 7')
    expect(said(names(() => [found({}, 1)], { language: 'kk' }))).toContain(
      'Ашық өтініштер саны: 1, бір мезгілде 2 өтініштен артық болмайды.',
    )
    expect(said(names(() => [found({ type: 'unlimited' }, 3)]))).not.toContain('Открыто')
  })

  it.each(['valid', 'expired', 'wrongChannel', 'limitReached', 'notYetValid'] as const)(
    'whose it is, is never told: %s',
    (verdict) => {
      const change: Partial<Contract> = {
        valid: {},
        expired: { endsOn: '2026-11-22' },
        wrongChannel: { channels: ['email'] as const },
        limitReached: {},
        notYetValid: { startsOn: '2026-12-01' },
      }[verdict]
      const talk = names(() => [found(change, verdict === 'limitReached' ? 2 : 0, [1007])], {
        term: '1.1.2030',
      })
      const seen = all(talk, cryptopro, 'visitor')
      expect(seen).not.toContain('Чужое')
      expect(seen).not.toMatch(/20[23]\d год/)
    },
  )
})

describe('a certificate that is of no use is asked about before the request goes on', () => {
  const useless = {
    expired: [found({ endsOn: '2026-11-22' })],
    notYetValid: [found({ startsOn: '2026-11-24' })],
    wrongChannel: [found({ channels: ['email'] })],
    limitReached: [found({}, 2)],
    notFound: [],
  } as const
  const words = {
    expired: 'Срок сертификата № тп 2026 000817 уже истёк.',
    notYetValid: 'Сертификат № тп 2026 000817 ещё не начал действовать.',
    wrongChannel: 'не действует для обращений через этот канал',
    limitReached: 'уже открыто 2 обращения, больше одновременно нельзя',
    notFound: 'не нашёлся. Проверьте',
  } as const

  it.each(Object.entries(useless))('%s: kindly, with what happens now', (verdict, contracts) => {
    const talk = names(() => contracts)
    expect(said(talk)).toContain(words[verdict as keyof typeof words])
    expect(said(talk)).toContain('самый низкий приоритет')
    expect(talk.buttons).toEqual(['edit:certificate', 'withoutContract', 'back'])
    talk.presses('withoutContract')
    expect(talk.state.stage).toBe('describing')
    describes(talk)
    expect(said(talk)).toContain('самый низкий приоритет')
    talk.presses('confirm')
    expect(talk.ticket).toMatchObject({ level: 'basic', priority: 'low' })
    expect(talk.ticket).not.toHaveProperty('contract')
  })

  it.each([
    ['telegram', 'ru'],
    ['telegram', 'kk'],
  ] as const)('the number is corrected by writing it (%s, %s)', (channel, language) => {
    const talk = names(({ keys }) => (keys.number === 'A1' ? [found()] : []), {
      channel,
      language,
      number: 'А2',
    })
    expect(talk.buttons).toContain('withoutContract')
    talk.writes('А1')
    expect(talk.state.stage).toBe('describing')
    expect(said(talk)).toContain(language === 'ru' ? 'действует' : 'жарамды')
  })

  it('the number is corrected in the form it is asked for by again (widget)', () => {
    const talk = names(({ keys }) => (keys.number === 'A1' ? [found()] : []), {
      channel: 'widget',
      number: 'А2',
    })
    talk.presses('edit:certificate')
    expect(talk.lastSaid.form?.fields).toMatchObject([{ id: 'certificate', value: 'А2' }])
    talk.fills({ certificate: 'А1' })
    expect(talk.state.stage).toBe('describing')
    expect(said(talk)).toContain('Сертификат № А1 действует')
  })

  it('words that mean "without" go on, and a person can be asked for', () => {
    for (const text of ['без сертификата', 'нет', 'Сертификатсыз жалғастыра беріңіз', 'жоқ']) {
      const talk = names(() => [])
      talk.writes(text)
      expect(talk.state.stage, text).toBe('describing')
    }
    const talk = names(() => [])
    talk.writes('позовите оператора')
    expect(talk.buttons).toEqual(['continue', 'connectNow'])
    talk.presses('continue')
    expect(talk.buttons).toContain('withoutContract')
    talk.presses('operator')
    talk.presses('connectNow')
    expect(talk.ticket).toMatchObject({ priority: 'low' })
  })

  it('which open requests are the same person’s is told, the others are only counted', () => {
    expect(said(names(() => [found({}, 2, [1007])]))).toContain('Ваши открытые обращения: № 1007.')
  })

  it('is asked again after a change of language (telegram)', () => {
    const talk = names(() => [])
    talk.presses('language:kk')
    expect(said(talk)).toContain('сертификаты табылмады')
    expect(talk.buttons).toContain('withoutContract')
  })

  it('who has tried too many numbers is not told whether the next one exists', () => {
    const talk = names(() => 'tooOften')
    expect(talk.state.stage).toBe('describing')
    expect(said(talk)).toContain('проверит специалист')
    describes(talk)
    talk.presses('confirm')
    expect(all(talk, cryptopro, 'operator')).not.toContain('Чужое')
  })
})

describe('without a certificate where the desk requires one (cryptopro guide, §5)', () => {
  it('the visitor knows before it is sent, and the priority is the lowest', () => {
    const talk = names(() => [], { number: '' })
    expect(said(talk)).toContain('Без сертификата у обращения самый низкий приоритет')
    describes(talk)
    expect(said(talk)).toContain('Без сертификата у обращения самый низкий приоритет')
    talk.presses('confirm')
    expect(talk.ticket).toMatchObject({ level: 'basic', priority: 'low' })
    expect(all(talk, cryptopro, 'operator')).toContain('Договор или сертификат не указан')
  })

  it('who asks for a person at once is told right after', () => {
    const talk = play('telegram', 'ru', morning, cryptopro)
    talk.happen({ type: 'visitor.started' })
    talk.presses('operator')
    talk.presses('connectNow')
    expect(talk.ticket).toMatchObject({ priority: 'low' })
    expect(said(talk)).toContain('Без сертификата у обращения самый низкий приоритет')
  })
})

describe('what has changed between the look and the sending is told before it is sent', () => {
  it('the last free place was taken meanwhile', () => {
    let open = 1
    const talk = names(() => [found({}, open)])
    describes(talk)
    open = 2
    talk.presses('confirm')
    expect(talk.state.stage).toBe('reviewing')
    expect(said(talk)).toContain('уже открыто 2 обращения')
    talk.presses('withoutContract')
    talk.presses('confirm')
    expect(talk.ticket).toMatchObject({ priority: 'low' })
  })

  it('another number is named in the review', () => {
    const talk = names(({ keys }) => (keys.number === 'A1' ? [found()] : []))
    talk.presses('withoutContract')
    describes(talk)
    talk.presses('edit:certificate')
    talk.writes('А1')
    expect(talk.state.stage).toBe('reviewing')
    expect(said(talk)).toContain('Сертификат № А1 действует')
    talk.presses('confirm')
    expect(talk.ticket).toMatchObject({ priority: 'normal', contract: { id: contract().id } })
  })
})

describe('a VIP contract is recognised by the organisation’s BIN (edoc regulation, §3)', () => {
  function ofOrganisation(
    contracts: readonly FoundContract[],
    { organisation = 'ТОО «Ромашка»', language = 'ru' as Language } = {},
  ) {
    const talk = play('widget', language, morning, edoc, () => contracts)
    talk.happen({ type: 'visitor.started' })
    talk.presses('operator')
    talk.presses('consent')
    talk.fills({ ...someone, organisation })
    talk.fills({ type: 'defect', description: 'Кнопка не нажимается', steps: '' })
    return talk
  }
  const vip = (change: Partial<Contract> = {}) =>
    found({ bin: someone.bin, organisation: 'ЖШС «Ромашка»', level: 'vip', type: 'vip', ...change })

  it.each([
    ['ru', 'VIP-поддержка по договору: ТОО «Ромашка», он действует до 31 декабря 2026 года.'],
    [
      'kk',
      'Шарт бойынша VIP қолдау көрсетіледі: ТОО «Ромашка», шарт 2026 жылғы 31 желтоқсан күніне дейін жарамды.',
    ],
  ] as const)('and the visitor knows (%s)', (language, words) => {
    const talk = ofOrganisation([vip()], { language })
    expect(said(talk)).toContain(words)
    talk.presses('confirm')
    expect(talk.ticket).toMatchObject({ level: 'vip', priority: 'normal' })
  })

  it('a BIN that anybody can look up tells neither the term nor the name', () => {
    const talk = ofOrganisation([vip({ organisation: 'ЖШС «Тайна»' })], { organisation: 'ТОО «Разведка»' })
    expect(said(talk)).toContain('VIP-поддержка по договору: ТОО «Разведка».')
    expect(all(talk, edoc, 'visitor')).not.toMatch(/Тайна|2026 года/)
  })

  it('one that is over is told kindly, and the request goes on as usual', () => {
    const talk = ofOrganisation([vip({ endsOn: '2026-11-20' })])
    expect(talk.state.stage).toBe('reviewing')
    expect(said(talk)).toContain('закончился 20 ноября 2026 года')
    expect(said(talk)).toContain('на общих условиях')
    talk.presses('confirm')
    expect(talk.ticket).toMatchObject({ level: 'basic', priority: 'normal' })
  })

  it('who has none hears nothing of contracts', () => {
    const talk = ofOrganisation([])
    expect(said(talk)).not.toMatch(/договор/i)
    talk.presses('confirm')
    expect(talk.ticket).toMatchObject({ level: 'basic', priority: 'normal' })
    expect(all(talk, edoc, 'operator')).not.toMatch(/договор/i)
  })
})

describe('an operator names the contract that the visitor did not', () => {
  const attach = (given: FoundContract | null, operator = aigerim) =>
    ({ type: 'operator.recognised', operator, found: given }) as const

  it('the level changes, the promises are planned anew, the visitor and the history know', () => {
    const talk = live()
    const before = talk.ticket.clocks.resolution?.dueAt ?? ''
    talk.happen(attach(found({ level: 'vip' })))
    expect(talk.ticket).toMatchObject({ level: 'vip', contract: { id: contract().id } })
    expect((talk.ticket.clocks.resolution?.dueAt ?? '') < before).toBe(true)
    expect(said(talk)).toContain('Специалист нашёл ваш договор: обращение № 1001 теперь идёт по нему.')
    expect(all(talk, edoc, 'operator')).toContain('Айгерім Сәрсенова указывает договор: АО «Чужое Имя», VIP')
    expect(all(talk, edoc, 'visitor')).not.toContain('Чужое')
    talk.happen(attach(null))
    expect(talk.ticket).toMatchObject({ level: 'basic' })
    expect(talk.ticket).not.toHaveProperty('contract')
    expect(talk.ticket.clocks.resolution?.dueAt).toBe(before)
  })

  it('the lowest priority goes with it, one that an operator has set stays', () => {
    const talk = live({ desk: cryptopro })
    expect(talk.ticket.priority).toBe('low')
    talk.happen(attach(found()))
    expect(talk.ticket.priority).toBe('normal')
    talk.happen({ type: 'operator.prioritised', operator: aigerim, priority: 'urgent' })
    talk.happen(attach(null))
    expect(talk.ticket.priority).toBe('urgent')
  })

  it.each([
    ['expired', found({ endsOn: '2026-11-22' })],
    ['notYetValid', found({ startsOn: '2026-11-24' })],
    ['wrongChannel', found({ channels: ['telegram'] })],
    ['limitReached', found({ openLimit: 1 }, 1)],
  ] as const)('%s is refused with the reason', (verdict, given) => {
    const talk = live()
    expect(talk.refusalOf(talk.happen(attach(given)))?.key).toBe(`refusal.contract.${verdict}`)
    expect(talk.ticket).not.toHaveProperty('contract')
  })

  it('a request does not stand in its own way: the contract’s limit counts the others', () => {
    const talk = live()
    talk.happen(attach(found({ openLimit: 1 })))
    talk.happen(attach(found({ openLimit: 1, level: 'vip' }, 1)))
    expect(talk.ticket.level).toBe('vip')
  })

  it('only who answers it may, or a supervisor', () => {
    const talk = live()
    expect(talk.refusalOf(talk.happen(attach(found(), timur)))?.key).toBe('refusal.notYours')
    talk.happen({ ...attach(found({ level: 'vip' }), timur), supervises: true })
    expect(talk.ticket.level).toBe('vip')
  })

  it('a desk without contracts has none to name', () => {
    const talk = live({ desk: desks.get('court')! })
    expect(talk.refusalOf(talk.happen(attach(found())))?.key).toBe('refusal.contract.none')
  })
})
