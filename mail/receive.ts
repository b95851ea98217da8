import { type Backlog, createBacklog } from './backlog.ts'
import { listen } from './listen.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { readMailboxUrl } from './mailboxUrl.ts'
import type { Heard, MailLog, MailPorts, MailPosition, MailWorld } from './ports.ts'
import { readMail } from './readMail.ts'
import { mailTroubleOf } from './trouble.ts'

export type ReceiveSettings = {
  /** As readMailboxUrl() reads it. */
  readonly url: string
  readonly ports: MailPorts
  readonly log: MailLog
  /** What a letter may have, all its files together; of a larger one only so much is fetched. */
  readonly maxBytes?: number
  readonly world: MailWorld
}

export type Receiver = {
  /** Stops receiving; resolves when the letter under way has been committed, within a second when there is none. */
  readonly stop: () => Promise<void>
}

/** What is known of the mailbox, from one connection to the next. */
type Known = {
  readonly uidValidity: string
  readonly backlog: Backlog
  /**
   * No place before this letter is remembered: of those before it only some are to be read, and after a restart these
   * are found as they were found now.
   */
  readonly firstPlace: number
}

/** Failures in a row after which the letters behind one are taken first. */
const failuresInTurn = 3
/** Failures after which a letter is passed over. */
const failuresAtMost = 10
const longestPauseMilliseconds = 10 * 60_000
const longestReconnectMilliseconds = 60_000
const afterRefusalMilliseconds = 120_000
/** A connection that held so long was a good one: the next is tried at once. */
const goodConnectionMilliseconds = 30_000
const firstDays = 3
const dayMilliseconds = 24 * 60 * 60_000
/** How long nothing need be asked when nothing is due. */
const restMilliseconds = 10 * 60_000

/** What the log says of a letter: nothing of its words, nobody's address. */
function factsOf(heard: Heard): Readonly<Record<string, unknown>> {
  if (heard.what === 'ignored') return { what: heard.what, why: heard.why }
  return heard.what === 'letter' ? { what: heard.what, files: heard.files.length } : { what: heard.what }
}

/**
 * Starts to receive the letters of a mailbox: the moment they come where the server tells of them (IDLE), else by
 * asking. Returns at once; an unreachable server or a wrong password is logged and tried again, and never ends the
 * process. Throws only when the URL is wrong.
 *
 * Letters are taken one at a time and in order, and are marked as read only after `take` has committed them. One that
 * cannot be committed is tried again and again; after a few tries those behind it go first, and after ten it is left
 * unread in the mailbox and passed over. At the very first start the unread letters of the last three days are taken.
 */
export function receive(settings: ReceiveSettings): Receiver {
  const { ports, log, maxBytes = 35 * 1024 * 1024, world } = settings
  const address = readMailboxUrl(settings.url)
  const { host, folder } = address
  const stopping = new AbortController()
  const { signal } = stopping
  let known: Known | undefined
  let saved: MailPosition | undefined

  const now = () => world.now().getTime()
  const jittered = (milliseconds: number) => milliseconds * (0.75 + world.random() / 2)
  const describe = (error: unknown) => mailTroubleOf(error, address.pass).description

  async function save(uidValidity: string, lastUid: number, anyway = false): Promise<void> {
    const position = { uidValidity, lastUid, day: world.now().toISOString().slice(0, 10) }
    const same = saved?.uidValidity === uidValidity && saved.lastUid === lastUid && saved.day === position.day
    if (same && !anyway) return
    await ports.position.save(position)
    saved = position
  }

  /** The same, when it can wait: what is not saved is read again after a restart, and dropped as known. */
  async function trySaving({ uidValidity, backlog, firstPlace }: Known): Promise<void> {
    if (backlog.done() < firstPlace) return
    await save(uidValidity, backlog.done()).catch((error: unknown) =>
      log.warn({ reason: describe(error) }, 'how far the mailbox is read could not be saved'),
    )
  }

  /** Finds out where reading goes on in a mailbox that was just opened. */
  async function place(mailbox: Mailbox): Promise<Known> {
    const { uidValidity, lastUid } = mailbox
    if (known?.uidValidity === uidValidity) return known
    saved ??= (await ports.position.load()) ?? undefined
    const goesOn = saved?.uidValidity === uidValidity
    const backlog = createBacklog(goesOn && saved ? saved.lastUid : lastUid)
    if (!saved) {
      const day = new Date(now() - firstDays * dayMilliseconds)
      backlog.list(await mailbox.since(day, 'unread'), lastUid)
      log.info({ host, folder, letters: backlog.due(0).length }, 'the mailbox is read for the first time')
    } else if (!goesOn) {
      const day = new Date(Date.parse(saved.day) - dayMilliseconds)
      backlog.list(await mailbox.since(day), lastUid)
      const letters = backlog.due(0).length
      log.warn(
        { host, folder, letters },
        'the mailbox has numbered its letters anew: the last ones are read again',
      )
    }
    known = { uidValidity, backlog, firstPlace: goesOn ? 0 : lastUid }
    await trySaving(known)
    return known
  }

  /** Fetches, understands and commits a letter; rejects when it is to be tried again. */
  async function takeLetter(mailbox: Mailbox, uid: number): Promise<void> {
    const fetched = await mailbox.fetch(uid, maxBytes)
    if (!fetched) return log.info({ uid }, 'a letter is gone from the mailbox before it was read')
    const heard = listen(await readMail(fetched.raw, fetched.cut), ports.ownAddresses())
    if (heard.what === 'letter') await ports.take(heard)
    else if (heard.what === 'bounce') await ports.bounced({ of: heard.of, address: heard.address })
    log.info({ uid, ...factsOf(heard) }, 'a letter was taken in')
    await mailbox
      .markSeen(uid)
      .catch((error: unknown) =>
        log.warn({ uid, reason: describe(error) }, 'a letter was not marked as read'),
      )
  }

  const pauseAfter = (failures: number) =>
    jittered(Math.min(longestPauseMilliseconds, 1_000 * 3 ** (failures - 1)))

  /** Passes a letter over for good, unless nothing can be saved: then the fault is not the letter's. */
  async function passOver({ uidValidity, backlog }: Known, uid: number): Promise<boolean> {
    try {
      await save(uidValidity, backlog.done(uid), true)
    } catch {
      return false
    }
    backlog.take(uid)
    return true
  }

  /** Takes a letter, trying a few times. Rejects only when the connection is lost. */
  async function takeInTurn(mailbox: Mailbox, known: Known, uid: number): Promise<void> {
    const { backlog } = known
    while (!signal.aborted) {
      try {
        await takeLetter(mailbox, uid)
        backlog.take(uid)
        return trySaving(known)
      } catch (error) {
        if (signal.aborted) return
        const { failures, dueAt } = backlog.failed(uid, now(), pauseAfter)
        const facts = { uid, failures, reason: describe(error) }
        if (failures >= failuresAtMost && (await passOver(known, uid)))
          return log.error(facts, 'a letter was passed over: it stays unread in the mailbox')
        log.warn(facts, 'a letter could not be taken in: it will be tried again')
        if (!mailbox.usable()) throw error
        if (failures >= failuresInTurn) return
        await world.sleep(Math.max(0, dueAt - now()), signal)
      }
    }
  }

  async function readOn(mailbox: Mailbox): Promise<void> {
    const placed = await place(mailbox)
    const { backlog } = placed
    while (!signal.aborted) {
      backlog.list(await mailbox.above(backlog.listed()), 0)
      const due = backlog.due(now())
      for (const uid of due) if (!signal.aborted) await takeInTurn(mailbox, placed, uid)
      if (signal.aborted || due.length > 0) continue
      await trySaving(placed)
      const next = backlog.nextAt()
      await mailbox.wait(next === undefined ? restMilliseconds : Math.max(0, next - now()))
    }
  }

  /** Reads until the connection is lost; resolves with what became of it. */
  async function connectOnce(): Promise<unknown> {
    let mailbox: Mailbox | undefined
    try {
      mailbox = await openMailbox(address, world.sleep, signal)
      log.info({ host, folder }, 'letters are being received')
      await readOn(mailbox)
      return undefined
    } catch (error) {
      return error
    } finally {
      await mailbox?.close()
    }
  }

  async function keepReading(): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      const began = now()
      const error = await connectOnce()
      if (signal.aborted) return
      failures = now() - began >= goodConnectionMilliseconds ? 1 : failures + 1
      const { refused, description } = mailTroubleOf(error, address.pass)
      const pause = refused
        ? afterRefusalMilliseconds
        : jittered(Math.min(longestReconnectMilliseconds, 1_000 * 2 ** (failures - 1)))
      const facts = { host, folder, reason: description, failures }
      if (refused) log.error(facts, 'the mail server refuses the user or the password')
      else log.warn(facts, 'letters cannot be received: connecting again')
      await world.sleep(pause, signal)
    }
  }

  const reading = keepReading()
  return {
    stop: async () => {
      stopping.abort()
      await reading
    },
  }
}
