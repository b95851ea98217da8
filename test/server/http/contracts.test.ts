import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  ContractPage,
  ImportPreview,
  WireContract,
  WireContractChange,
} from '../../../engine/wireContracts.ts'
import { someone } from '../../support/conversation.ts'
import { own, signInAdministrator, signInOperator, type TestApp, testApp } from './testApp.ts'

/* The day is 2 March 2026 (testApp). */

let served: TestApp
let supervisor: { cookie: string }
let operator: { cookie: string }
let elsewhere: { cookie: string }

beforeAll(async () => {
  served = await testApp()
  const administrator = await signInAdministrator(served)
  const both = ['edoc', 'cryptopro']
  supervisor = await signInOperator(served, administrator, {
    email: 'saule@help.test',
    desks: both,
    role: 'supervisor',
  })
  operator = await signInOperator(served, administrator, { email: 'timur@help.test', desks: both })
  elsewhere = await signInOperator(served, administrator, {
    email: 'dana@help.test',
    desks: ['court'],
    role: 'supervisor',
  })
})
afterAll(() => served.stop())

const call = (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  payload?: object | string,
  headers: Record<string, string> = supervisor,
) =>
  served.app.inject({
    method,
    url: `/api/console/contracts${path}`,
    headers: { ...own, ...headers, ...(typeof payload === 'string' && { 'content-type': 'text/csv' }) },
    ...(payload !== undefined && { payload }),
  })

const filled = {
  bin: null,
  number: 'ТП-17',
  organisation: 'ТОО «Ромашка»',
  level: 'basic',
  type: 'workplace',
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  openLimit: null,
  channels: null,
  operatorId: null,
} as const

async function added(change: Partial<Record<keyof typeof filled, unknown>> = {}, desk = 'cryptopro') {
  const answer = await call('POST', `?desk=${desk}`, { ...filled, ...change })
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json<WireContract>()
}
const listed = async (query: string) =>
  (await call('GET', `?${query}`)).json<ContractPage>().contracts.map(({ number, bin }) => number ?? bin)
const history = async (id: string) =>
  (await call('GET', `/${id}/changes`)).json<readonly WireContractChange[]>()

describe('supervisors keep the contracts of their desks', () => {
  test('one is added, changed, ended and taken up again; the history says who, what and when', async () => {
    const contract = await added()
    expect(contract).toMatchObject({ ...filled, version: 1, term: 'current', open: 0, limit: 2 })
    served.clock.pass(5)
    const changed = await call('PUT', `/${contract.id}`, {
      ...filled,
      endsOn: '2027-06-30',
      openLimit: 4,
      version: 1,
    })
    expect(changed.json()).toMatchObject({ endsOn: '2027-06-30', version: 2, limit: 4 })
    const ended = await call('POST', `/${contract.id}/end`, { version: 2 })
    expect(ended.json()).toMatchObject({ endedOn: '2026-03-02', version: 3, term: 'over' })
    const again = await call('POST', `/${contract.id}/reinstate`, { version: 3 })
    expect(again.json()).toMatchObject({ endedOn: null, version: 4, term: 'current' })
    expect((await history(contract.id)).map(({ at: _, ...rest }) => rest)).toEqual([
      {
        act: 'reinstated',
        operator: 'Данияр Ахметов',
        fields: [{ field: 'endedOn', before: '2026-03-02', after: null }],
      },
      {
        act: 'ended',
        operator: 'Данияр Ахметов',
        fields: [{ field: 'endedOn', before: null, after: '2026-03-02' }],
      },
      {
        act: 'changed',
        operator: 'Данияр Ахметов',
        fields: [
          { field: 'endsOn', before: '2026-12-31', after: '2027-06-30' },
          { field: 'openLimit', before: null, after: '4' },
        ],
      },
      { act: 'added', operator: 'Данияр Ахметов', fields: [] },
    ])
  })

  test('what somebody else has changed meanwhile is not overwritten', async () => {
    const contract = await added({ number: 'ТП-18' })
    expect(
      (await call('PUT', `/${contract.id}`, { ...filled, number: 'ТП-18а', version: 1 })).statusCode,
    ).toBe(200)
    const late = await call('PUT', `/${contract.id}`, { ...filled, number: 'ТП-18б', version: 1 })
    expect([late.statusCode, late.json()]).toMatchObject([
      409,
      { refusal: { key: 'refusal.contract.changed' } },
    ])
    expect((await history(contract.id)).map(({ act }) => act)).toEqual(['changed', 'added'])
  })

  test('a number is one contract, however it is written; on another desk it is another', async () => {
    await added({ number: 'АВ-1' })
    const twice = await call('POST', '?desk=cryptopro', { ...filled, number: 'ab 1' })
    expect([twice.statusCode, twice.json().refusal.fields]).toEqual([
      409,
      { number: 'Договор с таким номером уже есть.' },
    ])
    await added({ number: 'AB1', type: null }, 'edoc')
    await added({ number: null, bin: someone.bin, type: 'vip', level: 'vip' }, 'edoc')
    const again = await call('POST', '?desk=edoc', {
      ...filled,
      number: null,
      bin: someone.bin,
      type: 'vip',
      level: 'vip',
    })
    expect([again.statusCode, Object.keys(again.json().refusal.fields)]).toEqual([409, ['bin']])
  })

  test.each([
    [{ number: null }, ['number']],
    [{ number: '№ —' }, ['number']],
    [{ bin: '123' }, ['bin']],
    [{ bin: someone.iin }, ['bin']],
    [{ organisation: ' ' }, ['organisation']],
    [{ startsOn: '2027-01-01' }, ['endsOn']],
    [{ startsOn: '2026-02-30' }, ['startsOn']],
    [{ openLimit: 0 }, ['openLimit']],
    [{ type: 'vip' }, ['type']],
    [{ operatorId: '00000000-0000-4000-8000-00000000000a' }, ['operatorId']],
  ])('%o is refused with the field that is wrong', async (change, fields) => {
    const answer = await call('POST', '?desk=cryptopro', { ...filled, number: 'ТП-99', ...change })
    expect([answer.statusCode, Object.keys(answer.json().refusal.fields ?? {})], answer.body).toEqual([
      400,
      fields,
    ])
  })

  test.each([[{ channels: [] }], [{ level: 'gold' }], [{ more: 1 }], [{ desk: 'edoc' }]])(
    '%o is refused',
    async (change) => {
      const answer = await call('POST', '?desk=cryptopro', { ...filled, number: 'ТП-99', ...change })
      expect(answer.statusCode).toBe(400)
    },
  )
})

describe('the list', () => {
  beforeAll(async () => {
    const { sql } = served.database
    await sql`delete from contract_changes`
    await sql`delete from contracts`
    await added({ number: 'A-1', organisation: 'ТОО «Алатау»' })
    await added({ number: 'A-2', organisation: 'ЖШС «Әлем»', endsOn: '2026-04-01' })
    await added({ number: 'A-3', organisation: '100 % «Хлеб_1»', startsOn: '2026-05-01' })
    await added({ number: 'A-4', organisation: 'ТОО «Был»', startsOn: '2025-01-01', endsOn: '2026-03-01' })
    const { id } = await added({ number: 'A-5', organisation: 'ТОО «Прекращён»', bin: someone.bin })
    await call('POST', `/${id}/end`, { version: 1 })
  })

  test.each([
    ['', ['A-3', 'A-2', 'A-1']],
    ['&state=expiring', ['A-2']],
    ['&state=over', ['A-4', 'A-5']],
    ['&state=all&q=ӘЛЕМ', ['A-2']],
    ['&state=all&q=алатау', ['A-1']],
    ['&state=all&q=%D0%B04', ['A-4']],
    ['&state=all&q=990140', ['A-5']],
    ['&state=all&q=100 %25', ['A-3']],
    ['&state=all&q=%25', ['A-3']],
    ['&state=all&q=нет такого', []],
  ])(
    'hides what is over unless it is asked for, and finds by name, number, BIN: %s',
    async (query, numbers) => {
      expect((await listed(`desk=cryptopro${query}`)).sort()).toEqual([...numbers].sort())
    },
  )
})

describe('who may do what', () => {
  const everything = (id: string) =>
    [
      ['GET', '?desk=cryptopro'],
      ['POST', '?desk=cryptopro', { ...filled, number: 'X' }],
      ['PUT', `/${id}`, { ...filled, version: 1 }],
      ['POST', `/${id}/end`, { version: 1 }],
      ['POST', `/${id}/reinstate`, { version: 1 }],
      ['GET', `/${id}/changes`],
      ['GET', '.csv?desk=cryptopro'],
      ['POST', '/import?desk=cryptopro', 'number;organisation;level;starts;ends'],
    ] as const

  test('nobody without signing in, no operator, no supervisor of another desk', async () => {
    const { id } = await added({ number: 'W-1' })
    for (const [method, path, payload] of everything(id)) {
      expect((await call(method, path, payload, { cookie: '' })).statusCode, path).toBe(401)
      expect((await call(method, path, payload, operator)).statusCode, path).toBe(403)
      expect((await call(method, path, payload, elsewhere)).statusCode, path).toBe(404)
    }
    expect(await history(id)).toHaveLength(1)
  })

  test('no other site with the cookie of somebody signed in', async () => {
    const answer = await served.app.inject({
      method: 'POST',
      url: '/api/console/contracts?desk=cryptopro',
      headers: { ...supervisor, origin: 'https://evil.test' },
      payload: { ...filled, number: 'E-1' },
    })
    expect(answer.statusCode).toBe(403)
  })

  test('an operator looks one up for a conversation, by three letters or more', async () => {
    await added({ number: 'S-100' })
    const found = await call('GET', '/search?desk=cryptopro&q=s100', undefined, operator)
    expect(found.json()).toMatchObject([{ number: 'S-100' }])
    for (const q of ['', 'S', 's1', '%20%20%20s'])
      expect((await call('GET', `/search?desk=cryptopro&q=${q}`, undefined, operator)).statusCode, q).toBe(
        400,
      )
    expect((await call('GET', '/search?desk=cryptopro&q=s100', undefined, elsewhere)).statusCode).toBe(404)
  })

  test('a desk without contracts has none to keep', async () => {
    const answer = await call('GET', '?desk=court', undefined, elsewhere)
    expect([answer.statusCode, answer.json()]).toMatchObject([
      404,
      { refusal: { key: 'refusal.contract.none' } },
    ])
  })
})

describe('a file of contracts', () => {
  const header = 'Номер;Организация;Тип;Начало;Окончание'
  const preview = async (file: string) => {
    const answer = await call('POST', '/import?desk=cryptopro', file)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<ImportPreview>()
  }
  const carryOut = (file: string, plan: string) => call('POST', `/import?desk=cryptopro&plan=${plan}`, file)

  test('is looked at first: nothing is written before it is confirmed, and then all of it', async () => {
    await added({ number: 'I-1' })
    const file = `${header}\nI-1;ТОО «Ромашка»;server;2026-01-01;2026-12-31\nI-2;ТОО «Новая»;workplace;2026-01-01;2026-12-31\n;;;;x`
    const shown = await preview(file)
    expect(shown.counts).toEqual({ new: 1, changed: 1, unchanged: 0, wrong: 1 })
    expect(await listed('desk=cryptopro&q=I-2')).toEqual([])
    const done = await carryOut(file, shown.plan)
    expect(done.json()).toEqual({ added: 1, changed: 1 })
    const page = (await call('GET', '?desk=cryptopro&q=I-')).json<ContractPage>()
    expect(page.contracts).toMatchObject([
      { number: 'I-2', version: 1, limit: 2 },
      { number: 'I-1', version: 2, limit: 5, type: 'server' },
    ])
    expect((await history(page.contracts[0]?.id ?? ''))[0]).toMatchObject({ act: 'imported' })
    expect((await preview(file)).counts).toEqual({ new: 0, changed: 0, unchanged: 2, wrong: 1 })
  })

  test('is not carried out when the contracts are no longer as they were shown', async () => {
    const file = `${header}\nI-3;ТОО «Ромашка»;server;2026-01-01;2026-12-31`
    const { plan } = await preview(file)
    await added({ number: 'I-3' })
    const done = await carryOut(file, plan)
    expect([done.statusCode, done.json()]).toMatchObject([
      409,
      { refusal: { key: 'refusal.import.changed' } },
    ])
    expect((await carryOut(`${file}\n`, 'something else')).statusCode).toBe(409)
  })

  test.each([
    ['', 'refusal.import.empty'],
    ['x;y\n1;2', 'refusal.import.noHeader'],
    ['PK\u0003\u0004\u0000', 'refusal.import.unreadable'],
  ])('that cannot be read is refused: %s', async (file, key) => {
    const answer = await call('POST', '/import?desk=cryptopro', file)
    expect([answer.statusCode, answer.json().refusal?.key]).toEqual([400, key])
  })

  test('what is exported can be imported again, in either language, and nothing changes', async () => {
    await added({
      number: '=1+1',
      bin: someone.bin,
      organisation: 'ТОО «A, B»',
      channels: ['widget', 'email'],
      openLimit: 7,
    })
    for (const language of ['kk', 'ru']) {
      const answer = await call('GET', '.csv?desk=cryptopro&state=all', undefined, {
        ...supervisor,
        'accept-language': language,
      })
      expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
      const shown = await preview(answer.body)
      expect(shown.counts).toMatchObject({ new: 0, changed: 0, wrong: 0 })
      expect(shown.counts.unchanged).toBeGreaterThan(8)
    }
  })

  test('of ten thousand rows is carried out whole', async () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, at) => `M-${at};ТОО «Много ${at}»;server;2026-01-01;2026-12-31`,
    )
    const file = `${header}\n${rows.join('\n')}`
    const shown = await preview(file)
    expect(shown.rows).toHaveLength(500)
    expect((await carryOut(file, shown.plan)).json()).toEqual({ added: 10_000, changed: 0 })
    const page = (await call('GET', '?desk=cryptopro&q=Много')).json<ContractPage>()
    expect([page.total, page.contracts.length]).toEqual([10_000, 100])
  })
})
