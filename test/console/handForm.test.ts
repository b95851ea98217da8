import { describe, expect, it } from 'vitest'
import {
  answersTo,
  blankForm,
  type HandForm,
  handRequestOf,
  isBegun,
  isHandForm,
  mailField,
  shownValue,
  subjectField,
} from '../../console/logic/handForm.ts'
import { isChat, reachOf } from '../../console/logic/reach.ts'
import { createHandRequest } from '../../console/state/handRequest.ts'
import { createUploads } from '../../console/state/uploads.ts'
import type { Store } from '../../console/store.ts'
import type { Desk } from '../../engine/desk.ts'
import type { WireDesk } from '../../engine/wireConsole.ts'
import { handRequestSchema } from '../../engine/wireRequests.ts'
import { wireDesk } from '../../server/sockets/wireDesk.ts'
import { desks } from '../support/edoc.ts'

const desk = (id: string): WireDesk => wireDesk(desks.get(id) as Desk, 'ru')
const id = '00000000-0000-4000-8000-0000000000e1'
const form = (facts: Partial<HandForm> = {}): HandForm => ({ ...blankForm(id, 'edoc', 'ru'), ...facts })
const field = (of: WireDesk, wanted: string) => {
  const found = [...of.form.identification, ...of.form.request].find((one) => one.id === wanted)
  if (!found) throw new Error(`no field ${wanted}`)
  return found
}

describe('a request that an operator puts down (edoc regulation, §4 and §8)', () => {
  it('is sent with what the desk asks for and somebody has filled in, and nothing else', () => {
    const sent = handRequestOf(
      desk('edoc'),
      form({
        values: { iin: ' 880101300123', organisation: '  ', description: 'Не открывается', subject: 'x' },
      }),
    )
    expect(sent).toEqual({
      id,
      desk: 'edoc',
      channel: 'phone',
      language: 'ru',
      values: { iin: ' 880101300123', description: 'Не открывается' },
      files: [],
      priority: 'normal',
      answersTo: '',
      takes: true,
    })
    expect(handRequestSchema.safeParse(sent).success).toBe(true)
  })

  it.each([...desks.keys()])('has one field that must be filled in: what it is about [%s]', (name) => {
    expect(subjectField(desk(name))).toMatchObject({ kind: 'longText', required: true })
  })

  it('keeps what was typed for one desk while another is chosen, but no choice that is not this desk’s', () => {
    const typed = form({ values: { type: 'defect', fullName: 'Ким Тимур' } })
    expect(shownValue(field(desk('edoc'), 'type'), typed)).toBe('defect')
    expect(shownValue(field(desk('sts'), 'type'), typed)).toBe('')
    expect(handRequestOf(desk('sts'), typed).values).toEqual({ fullName: 'Ким Тимур' })
  })

  it('has something to lose once anything was typed or sent for it', () => {
    expect(isBegun(form())).toBe(false)
    expect(isBegun(form({ values: { iin: ' ' } }))).toBe(false)
    expect(isBegun(form({ values: { iin: '8' } }))).toBe(true)
    expect(isBegun(form({ answersTo: 'a@b.kz' }))).toBe(true)
  })

  it('is taken from what was kept only when it still is such a form', () => {
    expect(isHandForm(JSON.parse(JSON.stringify(form({ values: { iin: '8' } }))))).toBe(true)
    expect(isHandForm({ ...form(), channel: 'widget' })).toBe(false)
    expect(isHandForm({ ...form(), values: { iin: 8 } })).toBe(false)
    expect(isHandForm({ ...form(), files: [null] })).toBe(false)
    expect(isHandForm(null)).toBe(false)
  })
})

describe('the e-mail that the answers go to', () => {
  it('is the contact’s until another is typed, or it is emptied', () => {
    const typed = form({ values: { contact: 'asel@mail.kz' } })
    expect(answersTo(desk('edoc'), typed)).toBe('asel@mail.kz')
    expect(answersTo(desk('edoc'), { ...typed, answersTo: '' })).toBe('')
    expect(answersTo(desk('edoc'), { ...typed, answersTo: 'office@mail.kz' })).toBe('office@mail.kz')
    expect(answersTo(desk('edoc'), form({ values: { contact: '+7 701 123 45 67' } }))).toBe('')
  })

  it('is not asked for where the desk asks for one itself', () => {
    expect(mailField(desk('edoc'))).toBeUndefined()
    expect(mailField(desk('sts'))).toMatchObject({ id: 'email' })
    expect(handRequestOf(desk('sts'), form({ answersTo: 'a@b.kz' })).answersTo).toBe('')
  })
})

describe('what becomes of an operator’s words', () => {
  it('is read in a chat, goes out by e-mail, or is only put down', () => {
    expect(reachOf({ channel: 'widget' }, null)).toBe('chat')
    expect(reachOf({ channel: 'telegram' }, null)).toBe('chat')
    expect(reachOf({ channel: 'email' }, 'a•••@mail.kz')).toBe('mailed')
    expect(reachOf({ channel: 'phone' }, 'a•••@mail.kz')).toBe('mailed')
    expect(reachOf({ channel: 'letter' }, null)).toBe('unseen')
    expect(isChat({ channel: 'phone' })).toBe(false)
  })
})

describe('the window that a request is put down in', () => {
  const memory = (): Store => {
    const kept = new Map<string, string>()
    return {
      read: (key) => kept.get(key),
      write: (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    }
  }
  type Http = Parameters<typeof createHandRequest>[0]['http']
  type Sent = Parameters<Http['registerRequest']>[0]
  function opened(store: Store, answers: Awaited<ReturnType<Http['registerRequest']>>[]) {
    const sent: Sent[] = []
    const uploads = createUploads(
      {} as Http,
      () => undefined as never,
      () => 0,
    )
    const registered: number[] = []
    const http = {
      registerRequest: async (request: Sent) => {
        sent.push(request)
        return answers.shift() ?? { ok: false as const, status: 0 }
      },
    } as unknown as Http
    const request = createHandRequest({
      store,
      http,
      uploads,
      language: () => 'kk',
      refusalText: ({ refusal }) => refusal?.text ?? 'нет связи',
      registered: ({ number }) => registered.push(number),
    })
    return { request, sent, registered, uploads }
  }
  const done = { ok: true as const, value: { conversationId: 'c1', number: 7, repeated: false } }
  const repeated = { ok: true as const, value: { ...done.value, number: 6, repeated: true } }

  it('keeps what was typed through a reload, a refusal and a lost connection, and sends it as the same request', async () => {
    const store = memory()
    const first = opened(store, [])
    first.request.type('description', 'Не открывается')
    const { request, sent, registered } = opened(store, [
      { ok: false, status: 0 },
      {
        ok: false,
        status: 400,
        refusal: { key: 'refusal.check', text: 'проверьте', fields: { iin: 'не ИИН' } },
      },
      done,
    ])
    expect(request.form.value.values).toEqual({ description: 'Не открывается' })
    await request.send(desk('edoc'))
    expect(request.error.value).toBe('нет связи')
    await request.send(desk('edoc'))
    expect(request.faults.value).toEqual({ iin: 'не ИИН' })
    request.type('iin', '880101300123')
    expect(request.faults.value).toEqual({})
    await request.send(desk('edoc'))
    expect(new Set(sent.map((one) => one.id)).size).toBe(1)
    expect(registered).toEqual([7])
    expect(isBegun(request.form.value)).toBe(false)
    expect(request.form.value.id).not.toBe(sent[0]?.id)
    expect(opened(store, []).request.form.value.values).toEqual({})
  })

  it('is told of what its first try has become, but never takes another’s for its own (a copied tab)', async () => {
    const lost = opened(memory(), [{ ok: false, status: 0 }, repeated])
    lost.request.type('description', 'Не открывается')
    await lost.request.send(desk('edoc'))
    await lost.request.send(desk('edoc'))
    expect(lost.registered).toEqual([6])
    const copied = opened(memory(), [repeated, done])
    copied.request.type('description', 'Другое')
    await copied.request.send(desk('edoc'))
    expect(copied.registered).toEqual([7])
    expect(copied.sent[0]?.id).not.toBe(copied.sent[1]?.id)
    expect(copied.sent[1]?.values).toEqual({ description: 'Другое' })
  })

  it('takes a file that arrives after it was closed, and keeps it through a reload', () => {
    const store = memory()
    const { request, uploads } = opened(store, [])
    request.change({ places: ['place'] })
    const file = { id: 'f1', name: 'скан.pdf', type: 'application/pdf', bytes: 9, path: '/', image: false }
    const upload = { id: 'u1', name: file.name, progress: 1, file }
    uploads.list.value = [
      { ...upload, conversationId: 'place' },
      { ...upload, id: 'u2', conversationId: 'another' },
    ]
    expect(request.form.value.files).toEqual([file])
    expect(uploads.list.value.map(({ id }) => id)).toEqual(['u2'])
    expect(opened(store, []).request.form.value.files).toEqual([file])
    uploads.list.value = [
      { id: 'u3', name: 'x.exe', progress: 0, refusal: 'нельзя', conversationId: 'place' },
    ]
    request.clear()
    expect(uploads.list.value).toEqual([])
  })

  it('sends a request once however often its button is pressed', async () => {
    const { request, sent } = opened(memory(), [done])
    request.type('description', 'Не открывается')
    await Promise.all([request.send(desk('edoc')), request.send(desk('edoc'))])
    expect(sent).toHaveLength(1)
  })
})
