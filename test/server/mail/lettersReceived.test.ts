import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QueueRow } from '../../../engine/wireConsole.ts'
import {
  type ConsoleClient,
  consoleClient,
  hireOperator,
  historyOf,
  signIn,
} from '../../support/consoleClient.ts'
import { type FakeImap, startFakeImap } from '../../support/fakeImap.ts'
import { keepContract, vip } from '../../support/keepContract.ts'
import { startPostgres, type TestPostgres } from '../../support/postgres.ts'
import { type LetterToSend, rawLetter } from '../../support/rawLetter.ts'
import { registeredAtCryptopro } from '../../support/registeredAtCryptopro.ts'
import {
  databases,
  removeDataFolders,
  startServer,
  startServerProcess,
  type TestServer,
} from '../../support/server.ts'
import { startSmtp, type TestSmtp } from '../../support/smtp.ts'
import { until } from '../../support/until.ts'

/*
 * Letters that come by IMAP and are answered by SMTP, in the real server, on Monday 23 November 2026.
 */

let postgres: TestPostgres
let smtp: TestSmtp
afterAll(removeDataFolders)
beforeAll(async () => {
  postgres = await startPostgres()
  smtp = await startSmtp()
})
afterAll(async () => {
  await postgres.stop()
  await smtp.stop()
})

const bin = '990140000384'
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const newPerson = () => `person-${randomUUID().slice(0, 8)}@mail.test`
const newId = () => `<${randomUUID()}@mail.test>`
const settings = (imap: FakeImap) => ({
  SMTP_URL: smtp.url,
  IMAP_URL: imap.url,
  PUBLIC_URL: 'https://help.desk.test',
})

describe('letters to the desks', () => {
  let imap: FakeImap
  let server: TestServer
  let operator: ConsoleClient
  beforeAll(async () => {
    imap = await startFakeImap()
    server = await startServer({ database: postgres.url, env: settings(imap) })
    operator = await consoleClient(
      server.url,
      await hireOperator(server.url, { name: 'Айгерім Сәрсенова', desks: ['edoc', 'court'] }),
    )
  })
  afterAll(async () => {
    operator.leaves()
    await server.stop()
    await imap.stop()
  })

  const arrives = async (letter: Omit<LetterToSend, 'to'> & { to?: string }) =>
    imap.deliver(await rawLetter({ to: 'support@mitwork.kz', ...letter }))
  const rowOf = (number: number): Promise<QueueRow> =>
    until(
      () => [...operator.rows.values()].find(({ ticketNumber }) => ticketNumber === number),
      `request ${number}`,
    )
  const numberIn = (subject: string) => Number(/№ (\d+)(?!.*№)/.exec(subject)?.[1])
  const act = async (conversationId: string, action: Parameters<ConsoleClient['act']>[1]) => {
    const answer = await operator.act(conversationId, action)
    if (!answer.ok) throw new Error(answer.refusal.text)
  }

  /** A request that has come by a letter, with our answer to it. */
  async function registered(letter: Partial<LetterToSend> = {}, name = 'Расул Ахметов') {
    const from = newPerson()
    await arrives({ from: `${name} <${from}>`, text: 'Құжатқа қол қойылмай жатыр.', ...letter })
    const answer = await smtp.receives(from)
    const row = await rowOf(numberIn(answer.subject))
    return { from, answer, row, id: row.conversationId }
  }

  it('are registered at once and answered in their thread, with the promise (edoc regulation, SLA section)', async () => {
    const id = newId()
    const { answer, row } = await registered({
      id,
      subject: 'Не подписывается документ',
      text: 'При подписании выходит ошибка 500. Что делать?',
    })
    expect(row).toMatchObject({ channel: 'email', level: 'basic', name: 'Расул Ахметов', language: 'ru' })
    expect(answer.subject).toBe(`Re: Не подписывается документ [№ ${row.ticketNumber}]`)
    expect(answer.headers.get('in-reply-to')).toBe(id)
    expect(answer.headers.get('auto-submitted')).toBe('auto-replied')
    expect(answer.text).toContain('24 ноября до 10:00')
    expect(answer.text).toContain('ИИН')
  })

  it('of who tells no name are known by their address, masked', async () => {
    const { row } = await registered({}, 'Расул')
    expect(row.name).toBe('p•••@mail.test')
  })

  it('and what operators and visitors answer goes on in it', async () => {
    const { from, answer, id } = await registered()
    await act(id, { type: 'took' })
    await act(id, { type: 'replied', text: 'NCALayer-ді жаңартып көріңіз.' })
    const reply = await smtp.receives(from, ({ text }) => text.includes('NCALayer'))
    expect(reply.headers.has('auto-submitted')).toBe(false)
    expect(reply.subject).toBe(answer.subject)
    await arrives({
      from,
      subject: `RE: ${reply.subject}`,
      inReplyTo: reply.messageId,
      text: `Жаңарттым, бірақ болмады.\n\n> NCALayer-ді жаңартып көріңіз.`,
    })
    await operator.seesRow(id, ({ lastText }) => lastText.includes('болмады'))
    const words = (await operator.thread(id)).flatMap(({ author, content }) =>
      author.kind === 'visitor' && content.kind === 'text' ? [content.text] : [],
    )
    expect(words).toEqual(['Құжатқа қол қойылмай жатыр.', 'Жаңарттым, бірақ болмады.'])
  })

  it('to the court are its desk’s, and due in three working hours (court rules, "Terms")', async () => {
    const { row } = await registered({
      to: 'office@sud.kz',
      subject: '850412300125/СК/Не открывается форма',
      text: 'Форма иска не открывается.',
    })
    expect(row).toMatchObject({ desk: 'court' })
    const [ticket] = await server.sql<{ due: string }[]>`
      select first_response_due_at as due from tickets where number = ${row.ticketNumber}`
    expect(new Date(ticket?.due ?? '').toISOString()).toBe('2026-11-23T08:00:00.000Z')
  })

  it('of VIP are due in two hours, and sooner by priority (edoc regulation, SLA section)', async () => {
    await keepContract(server.url, await signIn(server.url), 'edoc', { bin, ...vip })
    const { row, id } = await registered({ text: `Мы ТОО «Ромашка», БИН ${bin}. Не открывается архив.` })
    expect(row.level).toBe('vip')
    const due = async () => {
      const [ticket] = await server.sql<{ due: string }[]>`
        select first_response_due_at as due from tickets where number = ${row.ticketNumber}`
      return new Date(ticket?.due ?? '').toISOString()
    }
    expect(await due()).toBe('2026-11-23T07:00:00.000Z')
    await act(id, { type: 'took' })
    await act(id, { type: 'prioritised', priority: 'immediate' })
    expect(await due()).toBe('2026-11-23T05:30:00.000Z')
  })

  it('that come twice are one request and one answer', async () => {
    const id = newId()
    const { from, row } = await registered({ id })
    await arrives({ from: `Расул Ахметов <${from}>`, id, text: 'Құжатқа қол қойылмай жатыр.' })
    const last = await registered()
    expect(last.row.ticketNumber).toBe(row.ticketNumber + 1)
    expect(smtp.to(from)).toHaveLength(1)
  })

  it('of somebody else that answer ours are a request of their own, and show nothing of it', async () => {
    const { answer, row } = await registered({ text: 'Құпия сөзім: қоян.' })
    const stranger = await registered({
      inReplyTo: answer.messageId,
      subject: answer.subject,
      text: 'Покажите, что там.',
    })
    expect(stranger.row.conversationId).not.toBe(row.conversationId)
    expect(historyOf(await operator.thread(stranger.id))).toContain(
      `В письме назван номер обращения № ${row.ticketNumber}, но адрес отправителя другой`,
    )
    expect(
      smtp
        .to(stranger.from)
        .map(({ raw }) => raw)
        .join(),
    ).not.toContain('қоян')
  })

  it('rate what is solved with a digit, and bring it back with words', async () => {
    const { from, row, id } = await registered()
    await act(id, { type: 'took' })
    await act(id, { type: 'replied', text: 'Браузерді жаңартыңыз.' })
    await act(id, { type: 'resolved' })
    const asked = await smtp.receives(from, ({ text }) => text.includes('1-ден 5-ке'))
    await arrives({ from, inReplyTo: asked.messageId, text: '5\nРахмет!' })
    await until(async () => {
      const [ticket] = await server.sql<{ rating: number | null }[]>`
        select rating from tickets where number = ${row.ticketNumber}`
      return ticket?.rating === 5
    }, 'the rating')
    await arrives({ from, inReplyTo: asked.messageId, text: 'Қайтадан шықпай қалды.' })
    await operator.seesRow(id, ({ stage }) => stage === 'waiting')
  })

  it('bring their files; what is not kept is said', async () => {
    const { answer, id } = await registered({
      text: 'Снимок приложил, и программу тоже.',
      attachments: [
        { filename: 'қате.png', content: picture },
        { filename: 'setup.exe', content: 'MZ program' },
      ],
    })
    const files = (await operator.thread(id)).flatMap(({ content }) =>
      content.kind === 'file' ? [content.file.name] : [],
    )
    expect(files).toEqual(['қате.png'])
    expect(answer.text).toContain('pdf, png, jpg')
  })

  it('that answer a notice about a request of the chat are words in its thread', async () => {
    const address = newPerson()
    const visitor = await registeredAtCryptopro(server.url, address)
    const notice = await smtp.receives(address)
    expect(notice.text).toContain('прямо на это письмо')
    await arrives({ from: address, inReplyTo: notice.messageId, text: 'Дополняю: версия 5.0.13000.' })
    await until(
      () =>
        visitor.thread.some(
          ({ author, content }) =>
            author.kind === 'visitor' && content.kind === 'text' && content.text.includes('5.0.13000'),
        ),
      'it stands in the chat',
    )
    visitor.leaves()
  })

  it('are no conversations that the assistant could have spared: the report counts none of them as begun', async () => {
    const begun = async () => {
      const of = 'from=2026-11-23&to=2026-11-23&desk=&channel=email&operator=&level='
      const headers = { cookie: await signIn(server.url), 'accept-language': 'ru' }
      const response = await fetch(`${server.url}/api/console/report?${of}`, { headers })
      return ((await response.json()) as { deflection: { begun: number } }).deflection.begun
    }
    await registered()
    expect(await begun()).toBe(0)
  })

  it('that come back say so to operators', async () => {
    const { answer, from, id } = await registered()
    imap.deliver(
      Buffer.from(
        [
          'From: MAILER-DAEMON@mail.test',
          'To: support@mitwork.kz',
          'Subject: Undelivered Mail Returned to Sender',
          `Message-ID: ${newId()}`,
          'MIME-Version: 1.0',
          'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
          '',
          '--b',
          'Content-Type: text/plain',
          '',
          'No such user.',
          '--b',
          'Content-Type: message/delivery-status',
          '',
          'Reporting-MTA: dns; mail.test',
          '',
          `Final-Recipient: rfc822; ${from}`,
          'Action: failed',
          'Status: 5.1.1',
          '',
          '--b',
          'Content-Type: text/rfc822-headers',
          '',
          `Message-ID: ${answer.messageId}`,
          '--b--',
          '',
        ].join('\r\n'),
      ),
    )
    await until(async () => {
      const history = historyOf(await operator.thread(id))
      return history.some((text) => text.startsWith('Письмо посетителю не доставлено'))
    }, 'the history says so')
  })

  it('that nobody wrote are not answered, and register nothing', async () => {
    const from = newPerson()
    await arrives({ from, text: 'Мен демалыстамын.', headers: { 'Auto-Submitted': 'auto-replied' } })
    await arrives({ from, text: 'Жаңалықтар.', headers: { 'List-Id': '<news.mail.test>' } })
    const before = (await registered()).row.ticketNumber
    expect(smtp.to(from)).toEqual([])
    expect((await registered()).row.ticketNumber).toBe(before + 1)
  })

  it('of somebody who floods us are words in their last request from the eleventh in an hour', async () => {
    const from = newPerson()
    for (let count = 1; count <= 12; count++) await arrives({ from, text: `Хабарлама ${count}` })
    await until(async () => {
      const [row] = await server.sql<{ count: number }[]>`
        select count(*)::int as count from messages where author->>'kind' = 'visitor'
          and content->>'text' like 'Хабарлама %'`
      return row?.count === 12
    }, 'all are taken')
    const [tickets] = await server.sql<{ count: number }[]>`
      select count(*)::int as count from conversations where address = ${from}`
    expect(tickets?.count).toBe(10)
  })

  it('to the court are late after three working hours, and supervisors hear of it (court rules, "Terms")', async () => {
    const supervisor = await consoleClient(
      server.url,
      await hireOperator(server.url, { name: 'Әлия Нұрғалиева', desks: ['court'], role: 'supervisor' }),
    )
    const { row, id } = await registered({ to: 'office@sud.kz', text: 'Не открывается форма иска.' })
    server.clock.pass({ minutes: 181 })
    await server.wake()
    await until(async () => {
      const history = historyOf(await operator.thread(id))
      return history.includes('Срок первого ответа нарушен')
    }, 'the history says so')
    await until(
      () => supervisor.alerts.some(({ number, kind }) => number === row.ticketNumber && kind === 'breach'),
      'the supervisor is alerted',
    )
    supervisor.leaves()
  })
})

/* Who sent a letter can be forged, and programs answer letters. */
describe('letters that are not what they seem', () => {
  let imap: FakeImap
  let server: TestServer
  let operator: ConsoleClient
  beforeAll(async () => {
    imap = await startFakeImap()
    server = await startServer({ database: await postgres.createDatabase(), env: settings(imap) })
    operator = await consoleClient(
      server.url,
      await hireOperator(server.url, { name: 'Айгерім Сәрсенова', desks: ['edoc'] }),
    )
  })
  afterAll(async () => {
    operator.leaves()
    await server.stop()
    await imap.stop()
  })

  const arrives = async (letter: Omit<LetterToSend, 'to'> & { to?: string }) =>
    imap.deliver(await rawLetter({ to: 'support@mitwork.kz', ...letter }))
  const act = async (conversationId: string, action: Parameters<ConsoleClient['act']>[1]) => {
    const answer = await operator.act(conversationId, action)
    if (!answer.ok) throw new Error(answer.refusal.text)
  }
  const requestOf = (from: string) =>
    until(async () => {
      const [row] = await server.sql<{ id: string; number: number }[]>`
        select id, ticket_number as number from conversations where address = ${from} and ticket_number is not null`
      return row
    }, `the request of ${from}`)
  const ratingOf = async (number: number) => {
    const [ticket] = await server.sql<{ rating: number | null }[]>`
      select rating from tickets where number = ${number}`
    return ticket?.rating
  }
  const wordsOf = async (id: string) => {
    const rows = await server.sql<{ text: string }[]>`
      select content->>'text' as text from messages where conversation_id = ${id}
        and author->>'kind' = 'visitor' and content->>'kind' = 'text'`
    return rows.map(({ text }) => text)
  }

  it('rate nothing by the number alone, and rate by a thread whose letters were given other ids on the way', async () => {
    const from = newPerson()
    await arrives({ from, text: 'Не подписывается документ.' })
    const { id, number } = await requestOf(from)
    await operator.seesRow(id, () => true)
    await act(id, { type: 'took' })
    await act(id, { type: 'replied', text: 'Обновите страницу.' })
    await act(id, { type: 'resolved' })
    const asked = await smtp.receives(from, ({ text }) => /от 1\s+до 5/.test(text))
    await arrives({ from, subject: asked.subject, text: '1' })
    await until(async () => (await wordsOf(id)).includes('1'), 'it is read')
    expect(await ratingOf(number)).toBeNull()
    const [thread = ''] = asked.headers.get('references')?.split(/\s+/) ?? []
    await arrives({
      from,
      subject: asked.subject,
      inReplyTo: thread,
      text: '5',
    })
    await until(async () => (await ratingOf(number)) === 5, 'the rating')
  })

  it('of a program that answers each of ours are answered for a while only', async () => {
    const from = newPerson()
    await arrives({ from, text: 'Не открывается архив.' })
    const { id } = await requestOf(from)
    const { messageId } = await smtp.receives(from)
    for (let count = 1; count <= 25; count++)
      await arrives({
        from,
        inReplyTo: messageId,
        text: `Сейчас я в отпуске (${count})`,
        attachments: [{ filename: 'logo.exe', content: 'MZ program' }],
      })
    await until(async () => (await wordsOf(id)).includes('Сейчас я в отпуске (25)'), 'all are taken')
    await arrives({ from: 'Last <last@mail.test>', text: 'Соңғы хат.' })
    await smtp.receives('last@mail.test')
    // one for the request, and for each of nineteen
    expect(smtp.to(from)).toHaveLength(20)
  })

  it('that are empty, by the dozen, are asked for their words ten times', async () => {
    const from = newPerson()
    for (let count = 1; count <= 14; count++) await arrives({ from, text: '' })
    await arrives({ from: 'Last <last2@mail.test>', text: 'Соңғы хат.' })
    await smtp.receives('last2@mail.test')
    expect(smtp.to(from)).toHaveLength(10)
  })

  it('that bear the Message-ID of somebody else’s are letters of their own', async () => {
    const id = newId()
    const [one, other] = [newPerson(), newPerson()]
    await arrives({ from: one, id, text: 'Не открывается архив.' })
    await arrives({ from: other, id, text: 'Не подписывается документ.' })
    expect((await requestOf(one)).id).not.toBe((await requestOf(other)).id)
  })
})

describe.each(databases)('letters on %s', (kind) => {
  it('are each taken once through a kill -9 in the middle, and what came meanwhile is read after it', async () => {
    const imap = await startFakeImap()
    const server = await startServerProcess({
      database: kind === 'embedded' ? 'embedded' : await postgres.createDatabase(),
      env: settings(imap),
    })
    const people = Array.from({ length: 30 }, newPerson)
    const raw = await Promise.all(
      people.map((from) => rawLetter({ from, to: 'support@mitwork.kz', text: 'Не открывается архив.' })),
    )
    for (const letter of raw.slice(0, 20)) imap.deliver(letter)
    await until(() => smtp.to(people[3] ?? '').length > 0, 'some are answered')
    await server.kill()
    for (const letter of raw.slice(20)) imap.deliver(letter)
    // what the killed one had claimed to send is free after a minute
    await server.startAgain({ laterSeconds: 61 })
    for (const person of people) await smtp.receives(person)
    const counts = await server.look(
      (sql) => sql<{ tickets: number; letters: number }[]>`
        select (select count(*)::int from tickets) as tickets,
          (select count(*)::int from messages where author->>'kind' = 'visitor') as letters`,
    )
    expect(counts).toEqual([{ tickets: 30, letters: 30 }])
    for (const person of people)
      expect(new Set(smtp.to(person).map(({ messageId }) => messageId)).size, person).toBe(1)
    await server.stop()
    await imap.stop()
  })
})

describe('of several processes', () => {
  it('one reads the mailbox, and another goes on when it ends', async () => {
    const imap = await startFakeImap()
    const database = await postgres.createDatabase()
    const first = await startServer({ database, env: settings(imap) })
    await until(() => imap.idling(), 'the first reads')
    const second = await startServer({ database, env: settings(imap) })
    const [one, other] = [newPerson(), newPerson()]
    imap.deliver(await rawLetter({ from: one, to: 'support@mitwork.kz', text: 'Бірінші хат.' }))
    await smtp.receives(one)
    expect(imap.connections()).toBe(1)
    await first.stop()
    imap.deliver(await rawLetter({ from: other, to: 'support@mitwork.kz', text: 'Екінші хат.' }))
    await smtp.receives(other)
    expect(smtp.to(one)).toHaveLength(1)
    await second.stop()
    await imap.stop()
  })
})
