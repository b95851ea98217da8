import { describe, expect, it } from 'vitest'
import type { ContractRow } from '../../../db/queries/contracts.ts'
import type { Desk, DeskContracts } from '../../../engine/desk.ts'
import { columnsFor } from '../../../server/contracts/fields.ts'
import { planImport, previewOf } from '../../../server/contracts/importPlan.ts'
import { someone } from '../../support/conversation.ts'
import { desks } from '../../support/edoc.ts'

const cryptopro = (desks.get('cryptopro') as Desk).contracts as DeskContracts
const labelOf = (wanted: string) => {
  const type = cryptopro.types.find(({ id }) => id === wanted)
  if (!type) throw new Error(`no type ${wanted}`)
  return type.label
}
const operators = new Map([
  ['saule@help.test', '00000000-0000-4000-8000-00000000000a'],
  ['сәуле ермекова', '00000000-0000-4000-8000-00000000000a'],
])
const kept: ContractRow = {
  id: '00000000-0000-4000-8000-0000000000c1',
  desk: 'cryptopro',
  ...columnsFor({
    bin: null,
    number: 'ТП-17',
    organisation: 'ТОО «Ромашка»',
    level: 'basic',
    type: 'workplace',
    startsOn: '2026-01-01',
    endsOn: '2026-12-31',
    openLimit: 3,
    channels: ['widget'],
    operatorId: null,
  }),
  endedOn: null,
  version: 4,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
}
function plan(
  text: string,
  existing: readonly ContractRow[] = [kept],
  bytes = new TextEncoder().encode(text),
) {
  const planned = planImport(bytes, cryptopro, existing, operators)
  if (!planned.ok) throw new Error(planned.fault)
  return planned.plan
}
/** A BIN that begins with a zero; nobody's. */
const zeroBin = '050140000309'
const header = 'Номер;БИН;Организация;Уровень;Тип;Начало;Окончание;Лимит;Каналы;Оператор'

describe('each row of a file is told before anything is written', () => {
  it('new, changed, as it was, or wrong, with its line', () => {
    const { plan: _, ...preview } = previewOf(
      plan(
        [
          header,
          `ТП-18;;ТОО «Алатау»;VIP;${labelOf('server').ru};01.02.2026;31.01.2027;;;saule@help.test`,
          'tп 17;;ТОО «Ромашка»;базовый;workplace;2026-01-01;2027-06-30;3;чат;',
          'ТП-17а;;;vip;чего-нет;2026-02-30;2026-01-01;0;почтой;никто',
        ].join('\n'),
      ),
    )
    expect(preview).toEqual({
      encoding: 'utf-8',
      counts: { new: 1, changed: 1, unchanged: 0, wrong: 1 },
      rows: [
        {
          line: 4,
          number: 'ТП-17а',
          bin: null,
          organisation: '',
          outcome: 'wrong',
          faults: ['organisation', 'type', 'startsOn', 'openLimit', 'channels', 'operator'],
        },
        {
          line: 3,
          number: 'tп 17',
          bin: null,
          organisation: 'ТОО «Ромашка»',
          outcome: 'changed',
          fields: [
            { field: 'number', before: 'ТП-17', after: 'tп 17' },
            { field: 'endsOn', before: '2026-12-31', after: '2027-06-30' },
          ],
        },
        { line: 2, number: 'ТП-18', bin: null, organisation: 'ТОО «Алатау»', outcome: 'new' },
      ],
    })
  })

  it('a file that changes nothing says so', () => {
    const same = `${header}\nТП-17;;ТОО «Ромашка»;базалық;${labelOf('workplace').kk};1.1.2026;31.12.2026;3;widget;`
    expect(plan(same)).toMatchObject({ added: [], changed: [], unchanged: 1, rows: [] })
  })

  it('what the file has no column for stays as it was; an empty cell empties', () => {
    const few = plan('number,organisation,level,starts,ends\nТП-17,ТОО «Ромашка»,vip,2026-01-01,2026-12-31')
    expect(few.changed[0]?.after).toMatchObject({ type: 'workplace', openLimit: 3, channels: ['widget'] })
    const emptied = plan(`${header}\nТП-17;;ТОО «Ромашка»;базовый;;2026-01-01;2026-12-31;;;`)
    expect(emptied.changed[0]?.after).toMatchObject({ type: null, openLimit: null, channels: null })
  })

  it('the level is that of the type where the file names no level', () => {
    const typed = plan('Номер;Организация;Тип;Начало;Окончание\nА1;ТОО «А1»;extended;2026-01-01;2026-12-31')
    expect(typed.added).toMatchObject([{ level: 'vip', type: 'extended' }])
  })

  it('a contract without a number is told by the BIN and its first day', () => {
    const row: ContractRow = { ...kept, number: null, numberKey: null, bin: someone.bin }
    const line = (from: string) => `;${someone.bin};ТОО «Ромашка»;базовый;workplace;${from};2027-12-31;3;чат;`
    const read = plan(`${header}\n${line('2026-01-01')}\n${line('2027-01-01')}\n${line('2027-01-01')}`, [row])
    expect([read.changed.length, read.added.length]).toEqual([1, 1])
    expect(read.rows).toMatchObject([{}, {}, { line: 4, outcome: 'wrong', faults: ['twice'] }])
  })

  it('one that was ended comes back only by another term, and that is shown', () => {
    const ended: ContractRow = { ...kept, endedOn: '2026-06-01' }
    const line = (until: string) =>
      `${header}\nТП-17;;ТОО «Ромашка»;базовый;workplace;2026-01-01;${until};3;чат;`
    expect(plan(line('2026-12-31'), [ended])).toMatchObject({ unchanged: 1, changed: [] })
    expect(plan(line('2027-12-31'), [ended])).toMatchObject({
      changed: [{ reinstated: true }],
      rows: [{ fields: [{ field: 'endsOn' }, { field: 'endedOn', before: '2026-06-01', after: null }] }],
    })
  })

  it('the same file on the same contracts is the same plan, and on others another', () => {
    const file = `${header}\nТП-17;;ТОО «Ромашка»;vip;workplace;2026-01-01;2026-12-31;3;чат;`
    expect(plan(file).digest).toBe(plan(file).digest)
    expect(plan(file, [{ ...kept, version: 5 }]).digest).not.toBe(plan(file).digest)
    expect(plan(file, []).digest).not.toBe(plan(file).digest)
  })
})

describe('what spreadsheets do to numbers and letters', () => {
  const faults = (line: string) => {
    const [row] = plan(`${header}\n${line}`).rows
    return row?.outcome === 'wrong' ? row.faults : row?.outcome
  }
  const rest = 'ТОО «Ромашка»;vip;;2026-01-01;2026-12-31;;;'

  it('a BIN without its leading zeros is mended when the check digit agrees', () => {
    const [mended] = plan(`${header}\n;${Number(zeroBin)};${rest}`).added
    expect(mended?.bin).toBe(zeroBin)
  })

  it('a BIN that was rounded is lost, and says so', () => {
    expect(faults(`;9,9014E+11;${rest}`)).toEqual(['binRounded'])
    expect(faults(`9.9014E+11;;${rest}`)).toEqual(['binRounded'])
  })

  it('an IIN is no BIN, and a row without both cannot be found', () => {
    expect(faults(`;${someone.iin};${rest}`)).toEqual(['bin'])
    expect(faults(`;;${rest}`)).toEqual(['noNumber'])
  })

  it('Kazakh letters that an old encoding has lost are noticed', () => {
    const bytes = Uint8Array.from(
      Buffer.concat([
        Buffer.from('number;organisation;level;starts;ends\nA1;'),
        Buffer.from([0xc6, 0xd8, 0xd1, 0x20, 0x3f, 0xe0, 0xe7, 0xe0, 0x3f, 0xf1, 0xf2, 0xe0, 0xed]),
        Buffer.from(';vip;2026-01-01;2026-12-31\n'),
      ]),
    )
    expect(plan('', [], bytes).rows).toMatchObject([{ outcome: 'wrong', faults: ['lostLetters'] }])
  })

  it('an apostrophe before a formula, which our own files have, is taken off', () => {
    expect(plan(`${header}\n'=А1;;${rest}`).added).toMatchObject([{ number: '=А1' }])
  })
})

describe('a file without the columns that are needed is not read', () => {
  it.each(['', 'Номер;Организация', 'Организация;Уровень;Начало;Окончание', 'A;B;C;D;E'])('%s', (names) => {
    const planned = planImport(new TextEncoder().encode(`${names}\n1;2;3;4;5`), cryptopro, [], operators)
    expect(planned.ok).toBe(false)
  })

  it.each([
    ['kk', 'БСН;Ұйым;Деңгейі;Басталуы;Аяқталуы'],
    ['ru', 'БИН;Организация;Уровень;Начало;Окончание'],
    ['en', 'bin;organisation;level;starts;ends'],
  ])('its names are understood in %s', (_, names) => {
    expect(plan(`${names}\n${someone.bin};ТОО «Ромашка»;vip;2026-01-01;2026-12-31`).added).toHaveLength(1)
  })
})
