import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Receiver } from '../../mail/receive.ts'
import { type FakeImap, startFakeImap } from '../support/fakeImap.ts'
import { deliveryStatus, outOfOffice, shortLetter, withFiles } from '../support/letters.ts'
import { until } from '../support/until.ts'
import { fastWorld, memoryMail, receiveFrom } from './receiving.ts'

let imap: FakeImap
const running: Receiver[] = []
const receiving: typeof receiveFrom = (...args) => {
  const receiver = receiveFrom(...args)
  running.push(receiver)
  return receiver
}

beforeEach(async () => {
  imap = await startFakeImap()
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()))
  await imap.stop()
})

const begun = { uidValidity: '1700000001', lastUid: 0, day: '2026-11-06' }
const idling = () => until(() => imap.idling(), 'somebody idles')

describe('letters are received', () => {
  it('the moment they come, while the mailbox is listened to', async () => {
    const mail = memoryMail(begun)
    receiving(imap, mail)
    await idling()
    const began = performance.now()
    imap.deliver(shortLetter('a@x'))
    await mail.has('a@x')
    expect(performance.now() - began).toBeLessThan(1_000)
    await imap.seen(1)
    await idling()
    imap.deliver(shortLetter('b@x'))
    await mail.has('b@x')
  })

  it('by asking, where the server does not tell', async () => {
    const quiet = await startFakeImap({ idle: false })
    const mail = memoryMail(begun)
    const receiver = receiving(quiet, mail, { world: fastWorld(100) })
    await mail.says(/letters are being received/)
    quiet.deliver(shortLetter('a@x'))
    await mail.has('a@x')
    expect(quiet.commands).toContain('NOOP')
    await receiver.stop()
    await quiet.stop()
  })

  it('one at a time, in order; one that came while another was being taken too', async () => {
    const mail = memoryMail(begun)
    let atOnce = 0
    const take = mail.ports.take
    const slow = {
      ...mail.ports,
      take: async (letter: Parameters<typeof take>[0]) => {
        atOnce++
        expect(atOnce).toBe(1)
        if (letter.id === '<0@x>') imap.deliver(shortLetter('late@x'))
        await new Promise((resolve) => setTimeout(resolve, 5))
        await take(letter)
        atOnce--
      },
    }
    for (let i = 0; i < 10; i++) imap.deliver(shortLetter(`${i}@x`))
    receiving(imap, mail, { ports: slow })
    await mail.has('late@x')
    expect(mail.ids()).toEqual([...Array.from({ length: 10 }, (_, i) => `${i}@x`), 'late@x'])
  })

  it('is marked as read and remembered only after it is committed', async () => {
    const mail = memoryMail(begun)
    let commit = () => {}
    const committed = new Promise<void>((resolve) => {
      commit = resolve
    })
    imap.deliver(shortLetter('a@x'))
    receiving(imap, mail, {
      ports: {
        ...mail.ports,
        take: async (letter) => {
          await committed
          await mail.ports.take(letter)
        },
      },
    })
    await until(() => imap.commands.some((line) => line.startsWith('UID FETCH')), 'it is fetched')
    expect(imap.flagsOf(1)).toEqual([])
    expect(mail.position?.lastUid).toBe(0)
    commit()
    await imap.seen(1)
    await until(() => mail.position?.lastUid === 1, 'it is remembered')
  })

  it('letters of ours that were not delivered are told of, what nobody wrote is passed over', async () => {
    const mail = memoryMail(begun)
    imap.deliver(deliveryStatus())
    imap.deliver(outOfOffice())
    imap.deliver(Buffer.from('nothing of a letter'))
    receiving(imap, mail)
    await until(() => mail.position?.lastUid === 3, 'all are read')
    expect(mail.bounces).toEqual([{ of: '<ours-7@desk.kz>', address: 'aigul@firma.kz' }])
    expect(mail.letters).toEqual([])
  })

  it('of a letter that is too large the words, and which file was cut off', async () => {
    const mail = memoryMail(begun)
    imap.deliver(withFiles(Buffer.alloc(300_000, 7)))
    receiving(imap, mail, { maxBytes: 200_000 })
    await mail.has('files@firma.kz')
    expect(mail.letters[0]?.text).toBe('Смотрите снимок и акт.')
    expect(mail.letters[0]?.files.map(({ name, missing }) => [name, missing])).toEqual([
      ['image002.png', undefined],
      ['Акт сверки № 5.pdf', 'tooLarge'],
    ])
  })

  it('one that is exactly as large as allowed is whole', async () => {
    const mail = memoryMail(begun)
    const raw = withFiles(Buffer.alloc(300_000, 7))
    imap.deliver(raw)
    receiving(imap, mail, { maxBytes: raw.length })
    await mail.has('files@firma.kz')
    expect(mail.letters[0]?.files.map(({ bytes }) => bytes.length)).toEqual([40_000, 300_000, 12])
  })
})

describe('where reading begins and goes on', () => {
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000)

  it('at the very first start: the unread letters of the last three days', async () => {
    const mail = memoryMail()
    imap.deliver(shortLetter('old@x'), { at: daysAgo(6) })
    imap.deliver(shortLetter('read@x'), { at: daysAgo(1), seen: true })
    imap.deliver(shortLetter('unread@x'), { at: daysAgo(1) })
    receiving(imap, mail)
    await mail.has('unread@x')
    imap.deliver(shortLetter('new@x'))
    await mail.has('new@x')
    expect(mail.ids()).toEqual(['unread@x', 'new@x'])
  })

  it('ended amid them, the next start does not take what was read before', async () => {
    const mail = memoryMail()
    imap.deliver(shortLetter('a@x'))
    imap.deliver(shortLetter('read@x'), { seen: true })
    imap.deliver(shortLetter('b@x'))
    mail.fails = ({ id }) => id === '<a@x>'
    const first = receiving(imap, mail, { world: fastWorld(200) })
    await mail.has('b@x')
    await imap.seen(3)
    await first.stop()
    mail.fails = () => false
    receiving(imap, mail)
    await mail.has('a@x')
    await until(() => mail.position?.lastUid === 3, 'the place is remembered')
    expect(mail.ids()).toEqual(['b@x', 'a@x'])
  })

  it('of an empty mailbox the place is remembered at once', async () => {
    const mail = memoryMail()
    receiving(imap, mail)
    await until(() => mail.position !== null, 'a place is remembered')
    expect(mail.position).toMatchObject({ uidValidity: '1700000001', lastUid: 0 })
  })

  it('afterwards: every letter since, also one that somebody has read meanwhile', async () => {
    for (const id of ['a@x', 'b@x', 'c@x']) imap.deliver(shortLetter(id), { at: daysAgo(20), seen: true })
    const mail = memoryMail({ ...begun, lastUid: 1 })
    receiving(imap, mail)
    await mail.has('b@x', 'c@x')
    expect(mail.ids()).toEqual(['b@x', 'c@x'])
  })

  it('when the letters are numbered anew, those since the last known day come again', async () => {
    imap.deliver(shortLetter('old@x'), { at: daysAgo(6), seen: true })
    imap.deliver(shortLetter('a@x'), { at: daysAgo(1) })
    const mail = memoryMail({ ...begun, lastUid: 1, day: daysAgo(1).toISOString().slice(0, 10) })
    receiving(imap, mail)
    await mail.has('a@x')
    imap.setUidValidity(1_800_000_000)
    imap.deliver(shortLetter('b@x'))
    await mail.has('b@x')
    expect(mail.tries).toEqual(['a@x', 'a@x', 'b@x'])
    expect(mail.ids()).toEqual(['a@x', 'b@x'])
    await until(() => mail.position?.uidValidity === '1800000000', 'the new numbers are remembered')
  })

  it('a letter that is gone before it is read is no obstacle', async () => {
    const mail = memoryMail(begun)
    imap.deliver(shortLetter('a@x'))
    imap.deliver(shortLetter('b@x'))
    mail.fails = ({ id }) => {
      if (id === '<a@x>') imap.remove(1)
      return id === '<a@x>'
    }
    receiving(imap, mail, { world: fastWorld(200) })
    await mail.has('b@x')
    await until(() => mail.position?.lastUid === 2, 'both are done with')
  })
})

describe('when the server cannot commit', () => {
  it('a letter is tried again, before those behind it', async () => {
    const mail = memoryMail(begun)
    let left = 2
    mail.fails = () => left-- > 0
    imap.deliver(shortLetter('a@x'))
    imap.deliver(shortLetter('b@x'))
    receiving(imap, mail, { world: fastWorld(200) })
    await mail.has('a@x', 'b@x')
    expect(mail.tries).toEqual(['a@x', 'a@x', 'a@x', 'b@x'])
  })

  it('one that fails for long lets the others pass, but is not forgotten: not even by a restart', async () => {
    const mail = memoryMail(begun)
    mail.fails = ({ id }) => id === '<a@x>'
    imap.deliver(shortLetter('a@x'))
    imap.deliver(shortLetter('b@x'))
    const first = receiving(imap, mail, { world: fastWorld(200) })
    await mail.has('b@x')
    await imap.seen(2)
    expect(mail.position?.lastUid).toBe(0)
    expect(imap.flagsOf(1)).toEqual([])
    await first.stop()
    mail.fails = () => false
    receiving(imap, mail)
    await mail.has('a@x')
    await until(() => mail.position?.lastUid === 2, 'both are done with')
  })

  it('after ten failures, over half an hour, it is passed over: unread, and the log says so', async () => {
    const mail = memoryMail(begun)
    mail.fails = ({ id }) => id === '<a@x>'
    imap.deliver(shortLetter('a@x'))
    const world = fastWorld(2_000)
    receiving(imap, mail, { world })
    const began = world.now().getTime()
    await mail.says(/passed over/)
    expect(world.now().getTime() - began).toBeGreaterThan(25 * 60_000)
    expect(mail.tries).toHaveLength(10)
    expect(imap.flagsOf(1)).toEqual([])
    await until(() => mail.position?.lastUid === 1, 'it is behind us')
    imap.deliver(shortLetter('b@x'))
    await mail.has('b@x')
  })

  it('but not while nothing can be saved at all: then all wait, however long', async () => {
    const mail = memoryMail(begun)
    mail.fails = () => true
    mail.savingFails = true
    for (const id of ['a@x', 'b@x']) imap.deliver(shortLetter(id))
    receiving(imap, mail, { world: fastWorld(4_000) })
    await until(() => mail.tries.filter((id) => id === 'a@x').length > 12, 'it is tried more than ten times')
    mail.fails = () => false
    mail.savingFails = false
    await mail.has('a@x', 'b@x')
    expect(mail.lines.some(({ message }) => /passed over/.test(message))).toBe(false)
  })

  it('a place that is not saved is saved with the next letter', async () => {
    const mail = memoryMail(begun)
    mail.savingFails = true
    imap.deliver(shortLetter('a@x'))
    receiving(imap, mail)
    await mail.says(/could not be saved/)
    mail.savingFails = false
    imap.deliver(shortLetter('b@x'))
    await until(() => mail.position?.lastUid === 2, 'both are remembered')
  })
})

describe('when the mail server fails', () => {
  it('it is connected to again, and nothing is lost', async () => {
    const mail = memoryMail(begun)
    receiving(imap, mail, { world: fastWorld(50) })
    await idling()
    imap.dropConnections()
    imap.deliver(shortLetter('a@x'))
    await mail.has('a@x')
    expect(mail.ids()).toEqual(['a@x'])
  })

  it('the pauses grow, up to a minute', async () => {
    const world = fastWorld(2_000)
    const mail = memoryMail(begun)
    await imap.stop()
    receiving(imap, mail, { world })
    await until(() => world.pauses.length >= 9, 'nine tries')
    expect(world.pauses.slice(0, 9).map((pause) => pause / 1_000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
    imap = await startFakeImap()
  })

  it('a refused password is logged without it, and tried again later, not at once', async () => {
    const world = fastWorld(1_000)
    const mail = memoryMail(begun)
    imap.refuseLogins(true)
    receiving(imap, mail, { world })
    await mail.says(/refuses the user or the password/)
    imap.refuseLogins(false)
    imap.deliver(shortLetter('a@x', 'тайна'))
    await mail.has('a@x')
    expect(world.pauses[0]).toBe(120_000)
    const log = JSON.stringify(mail.lines)
    for (const secret of [imap.pass, encodeURIComponent(imap.pass), 'тайна', 'aigul'])
      expect(log).not.toContain(secret)
  })

  it('a letter on which the connection breaks again and again does not keep the others', async () => {
    const mail = memoryMail(begun)
    imap.deliver(shortLetter('a@x'))
    imap.deliver(shortLetter('b@x'))
    imap.dropsAtFetch(1, 5)
    receiving(imap, mail, { world: fastWorld(500) })
    await mail.has('b@x', 'a@x')
    expect(mail.ids()).toEqual(['b@x', 'a@x'])
  })

  it('a folder that is not there is said in the log', async () => {
    const mail = memoryMail(begun)
    receiving({ url: `${imap.url}/Requests` }, mail)
    const line = await mail.says(/cannot be received/)
    expect(line.facts).toMatchObject({ folder: 'Requests' })
  })
})

describe('stopping', () => {
  it('ends within a second while it listens', async () => {
    const receiver = receiving(imap, memoryMail(begun))
    await idling()
    const began = performance.now()
    await receiver.stop()
    expect(performance.now() - began).toBeLessThan(1_000)
    await until(() => imap.connections() === 0, 'it has hung up')
  })

  it('ends within a second though the mail server answers no more', async () => {
    const receiver = receiving(imap, memoryMail(begun))
    await idling()
    imap.fallSilent()
    imap.deliver(shortLetter('a@x'))
    await until(() => imap.commands.at(-1) === 'DONE', 'it has asked')
    const began = performance.now()
    await receiver.stop()
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('ends within a second while the server cannot be reached', async () => {
    const mail = memoryMail(begun)
    imap.refuseLogins(true)
    const receiver = receiving(imap, mail)
    await mail.says(/refuses/)
    const began = performance.now()
    await receiver.stop()
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('waits for the letter under way, which is remembered and marked; none is begun', async () => {
    const mail = memoryMail(begun)
    for (const id of ['a@x', 'b@x']) imap.deliver(shortLetter(id))
    let commit = () => {}
    const committed = new Promise<void>((resolve) => {
      commit = resolve
    })
    let taking = false
    const receiver = receiving(imap, mail, {
      ports: {
        ...mail.ports,
        take: async (letter) => {
          taking = true
          await committed
          await mail.ports.take(letter)
        },
      },
    })
    await until(() => taking, 'a letter is being taken')
    const stopped = receiver.stop()
    commit()
    await stopped
    expect(mail.ids()).toEqual(['a@x'])
    expect(imap.flagsOf(1)).toEqual(['\\Seen'])
    expect(mail.position?.lastUid).toBe(1)
  })
})
