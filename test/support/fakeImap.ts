import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { until } from './until.ts'

/*
 * An IMAP server of our own over real TCP, for tests of receiving letters and of the whole server. It has one folder,
 * INBOX, and says what Dovecot says to the commands that imapflow sends; everything else is BAD, so that a test fails
 * rather than a lie passes.
 *
 *   const imap = await startFakeImap()
 *   // give the program IMAP_URL=imap.url
 *   imap.deliver(raw)
 *   await imap.seen(1)
 *   await imap.stop()
 */

type Stored = { readonly uid: number; readonly raw: Buffer; readonly at: Date; readonly flags: Set<string> }

export type FakeImap = {
  readonly url: string
  readonly user: string
  readonly pass: string
  /** Puts a letter into the mailbox, and tells who is idling; gives its number. */
  readonly deliver: (raw: Uint8Array, options?: { readonly at?: Date; readonly seen?: true }) => number
  readonly remove: (uid: number) => void
  readonly flagsOf: (uid: number) => readonly string[]
  /** Waits until a letter is marked as read. */
  readonly seen: (uid: number) => Promise<void>
  /** Commands so far, without the password. */
  readonly commands: readonly string[]
  readonly connections: () => number
  /** Somebody is waiting for letters just now. */
  readonly idling: () => boolean
  readonly dropConnections: () => void
  /** The next fetches of a letter's bytes end the connection. */
  readonly dropsAtFetch: (uid: number, times: number) => void
  /** From now on nothing is answered, though connections stay. */
  readonly fallSilent: () => void
  readonly refuseLogins: (refuse: boolean) => void
  /** Numbers the letters anew, from 1, and hangs up. */
  readonly setUidValidity: (value: number) => void
  readonly stop: () => Promise<void>
}

type Session = {
  readonly socket: Socket
  authenticated: boolean
  selected: boolean
  /** The tag of the IDLE that goes on. */
  idling?: string
  /** How many letters it has been told of. */
  told: number
  /** Places of letters that went, of which it has not been told. */
  readonly removed: number[]
  /** The tag of an AUTHENTICATE that waits for its answer. */
  authenticating?: string
}

type Options = {
  readonly user?: string
  readonly pass?: string
  /** Without it, clients have to ask. */
  readonly idle?: boolean
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** The day of SINCE (“6-Nov-2026”), in UTC. */
function dayOf(text: string): number {
  const [day, month = '', year] = text.replaceAll('"', '').split('-')
  return Date.UTC(Number(year), months.indexOf(month), Number(day))
}

/** The numbers of a set such as “3,5:7,9:*”. */
function inSet(set: string, uid: number, last: number): boolean {
  return set.split(',').some((range) => {
    const [from = 0, to = from] = range.split(':').map((one) => (one === '*' ? last : Number(one)))
    return uid >= Math.min(from, to) && uid <= Math.max(from, to)
  })
}

/** Strings of a command, quoted or bare. */
const wordsOf = (rest: string): string[] =>
  (rest.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []).map((one) =>
    one.startsWith('"') ? one.slice(1, -1).replace(/\\(.)/g, '$1') : one,
  )

/** Starts the fake on a free port of loopback. */
export async function startFakeImap({
  user = 'support@desk.kz',
  pass = 'p@ss word/1',
  idle = true,
}: Options = {}): Promise<FakeImap> {
  const commands: string[] = []
  const sessions = new Set<Session>()
  const drops = new Map<number, number>()
  let letters: Stored[] = []
  let uidValidity = 1_700_000_001
  let uidNext = 1
  let refuses = false
  let silent = false
  const capabilities = `IMAP4rev1 SASL-IR LITERAL+ ID NAMESPACE${idle ? ' IDLE' : ''} AUTH=PLAIN AUTH=LOGIN`

  const say = (session: Session, line: string) => session.socket.write(`${line}\r\n`)
  /** Tells of letters that came or went since. */
  const tell = (session: Session) => {
    if (!session.selected) return
    for (const number of session.removed.splice(0)) say(session, `* ${number} EXPUNGE`)
    if (session.told === letters.length) return
    session.told = letters.length
    say(session, `* ${letters.length} EXISTS`)
  }

  function logIn(session: Session, tag: string, name: string, word: string) {
    if (refuses || name !== user || word !== pass)
      return say(session, `${tag} NO [AUTHENTICATIONFAILED] Authentication failed.`)
    session.authenticated = true
    return say(session, `${tag} OK [CAPABILITY ${capabilities}] Logged in`)
  }

  function plainLogin(session: Session, tag: string, response: string) {
    const [, name = '', word = ''] = Buffer.from(response, 'base64').toString().split('\0')
    logIn(session, tag, name, word)
  }

  function select(session: Session, tag: string, folder: string) {
    if (folder.toUpperCase() !== 'INBOX') {
      session.selected = false
      return say(session, `${tag} NO [NONEXISTENT] Mailbox doesn't exist: ${folder}`)
    }
    session.selected = true
    session.told = letters.length
    for (const line of [
      'FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
      'OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] Flags permitted.',
      `${letters.length} EXISTS`,
      '0 RECENT',
      `OK [UIDVALIDITY ${uidValidity}] UIDs valid`,
      `OK [UIDNEXT ${uidNext}] Predicted next UID`,
    ])
      say(session, `* ${line}`)
    return say(session, `${tag} OK [READ-WRITE] Select completed.`)
  }

  const last = () => letters.at(-1)?.uid ?? 0

  function search(session: Session, tag: string, rest: string) {
    const words = wordsOf(rest)
    let found = letters
    for (let at = 0; at < words.length; at++) {
      const word = words[at]?.toUpperCase()
      if (word === 'UID') {
        const set = words[++at] ?? ''
        found = found.filter(({ uid }) => inSet(set, uid, last()))
      } else if (word === 'SINCE') {
        const day = dayOf(words[++at] ?? '')
        found = found.filter((one) => one.at.getTime() >= day)
      } else if (word === 'UNSEEN' || (word === 'NOT' && words[at + 1]?.toUpperCase() === 'SEEN')) {
        if (word === 'NOT') at++
        found = found.filter(({ flags }) => !flags.has('\\Seen'))
      } else if (word !== 'ALL') return say(session, `${tag} BAD Unknown argument ${word}`)
    }
    say(session, `* SEARCH${found.map(({ uid }) => ` ${uid}`).join('')}`)
    return say(session, `${tag} OK Search completed.`)
  }

  function fetch(session: Session, tag: string, rest: string) {
    const [, set = '', asked = ''] = /^(\S+) \(?(.*?)\)?$/.exec(rest) ?? []
    const [, from = '0', most] = /BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?/.exec(asked) ?? []
    const known = /^(UID|FLAGS|INTERNALDATE|RFC822\.SIZE|BODY\.PEEK\[\](<\d+\.\d+>)?| )+$/.test(asked)
    if (!known) return say(session, `${tag} BAD Unknown item in ${asked}`)
    for (const [index, one] of letters.entries()) {
      if (!inSet(set, one.uid, last())) continue
      const left = asked.includes('BODY') ? (drops.get(one.uid) ?? 0) : 0
      if (left > 0) {
        drops.set(one.uid, left - 1)
        return session.socket.destroy()
      }
      const items = [`UID ${one.uid}`]
      if (asked.includes('FLAGS')) items.push(`FLAGS (${[...one.flags].join(' ')})`)
      if (asked.includes('RFC822.SIZE')) items.push(`RFC822.SIZE ${one.raw.length}`)
      if (!asked.includes('BODY')) {
        say(session, `* ${index + 1} FETCH (${items.join(' ')})`)
        continue
      }
      const start = Number(from)
      const bytes = one.raw.subarray(start, most === undefined ? undefined : start + Number(most))
      const section = most === undefined ? 'BODY[]' : `BODY[]<${start}>`
      session.socket.write(`* ${index + 1} FETCH (${items.join(' ')} ${section} {${bytes.length}}\r\n`)
      session.socket.write(bytes)
      session.socket.write(')\r\n')
    }
    return say(session, `${tag} OK Fetch completed.`)
  }

  function store(session: Session, tag: string, rest: string) {
    const [, set = '', how = '', flags = ''] = /^(\S+) (\+?FLAGS(?:\.SILENT)?) \(([^)]*)\)$/i.exec(rest) ?? []
    if (!set) return say(session, `${tag} BAD Invalid STORE`)
    for (const [index, one] of letters.entries()) {
      if (!inSet(set, one.uid, last())) continue
      for (const flag of flags.split(' ')) one.flags.add(flag)
      if (!/SILENT/i.test(how))
        say(session, `* ${index + 1} FETCH (UID ${one.uid} FLAGS (${[...one.flags].join(' ')}))`)
    }
    return say(session, `${tag} OK Store completed.`)
  }

  function run(session: Session, tag: string, command: string, rest: string): unknown {
    const ok = (...lines: string[]) => {
      for (const line of lines) say(session, `* ${line}`)
      say(session, `${tag} OK ${command} completed.`)
    }
    switch (command) {
      case 'CAPABILITY':
        return ok(`CAPABILITY ${capabilities}`)
      case 'ID':
        return ok('ID ("name" "Fake")')
      case 'NOOP':
        return ok()
      case 'LOGIN': {
        const [name = '', word = ''] = wordsOf(rest)
        return logIn(session, tag, name, word)
      }
      case 'AUTHENTICATE': {
        const [method, response] = rest.split(' ')
        if (method?.toUpperCase() !== 'PLAIN') return say(session, `${tag} NO Unsupported`)
        if (response) return plainLogin(session, tag, response)
        session.authenticating = tag
        return say(session, '+ ')
      }
      case 'LOGOUT':
        say(session, '* BYE Logging out')
        ok()
        return session.socket.end()
    }
    if (!session.authenticated) return say(session, `${tag} BAD Log in first`)
    switch (command) {
      case 'NAMESPACE':
        return ok('NAMESPACE (("" "/")) NIL NIL')
      case 'LIST':
      case 'LSUB':
        return ok(
          rest === '"" ""' ? `${command} (\\Noselect) "/" ""` : `${command} (\\HasNoChildren) "/" INBOX`,
        )
      case 'SELECT':
        return select(session, tag, wordsOf(rest)[0] ?? '')
    }
    if (!session.selected) return say(session, `${tag} BAD No mailbox selected`)
    switch (command) {
      case 'IDLE':
        if (!idle) break
        session.idling = tag
        say(session, '+ idling')
        return tell(session)
      case 'UID SEARCH':
        return search(session, tag, rest)
      case 'UID FETCH':
        return fetch(session, tag, rest)
      case 'UID STORE':
        return store(session, tag, rest)
    }
    return say(session, `${tag} BAD Unknown command ${command}`)
  }

  function hear(session: Session, line: string) {
    if (session.authenticating) {
      const tag = session.authenticating
      delete session.authenticating
      return plainLogin(session, tag, line)
    }
    if (line.toUpperCase() === 'DONE' && session.idling) {
      const tag = session.idling
      delete session.idling
      commands.push('DONE')
      if (silent) return
      return say(session, `${tag} OK Idle completed.`)
    }
    const [, tag = '*', command = '', rest = ''] = /^(\S+) ((?:UID )?[A-Z]+) ?(.*)$/is.exec(line) ?? []
    const name = command.toUpperCase()
    commands.push(name === 'LOGIN' || name === 'AUTHENTICATE' ? name : `${name} ${rest}`.trim())
    if (silent) return
    run(session, tag, name, rest)
    // What has happened meanwhile is told with the next answer, as a real server does.
    if (!session.idling && name !== 'SELECT') tell(session)
  }

  const server = createServer((socket) => {
    const session: Session = { socket, authenticated: false, selected: false, told: 0, removed: [] }
    sessions.add(session)
    socket.setNoDelay(true)
    let pending = ''
    socket.on('data', (data: Buffer) => {
      pending += data.toString('latin1')
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = Buffer.from(pending.slice(0, end), 'latin1').toString()
        pending = pending.slice(end + 2)
        hear(session, line)
      }
    })
    socket.on('error', () => undefined)
    socket.on('close', () => sessions.delete(session))
    say(session, `* OK [CAPABILITY ${capabilities}] Fake ready.`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const dropConnections = () => {
    for (const { socket } of sessions) socket.destroy()
  }
  const flagsOf = (uid: number) => [...(letters.find((one) => one.uid === uid)?.flags ?? [])]
  return {
    url: `imap://${encodeURIComponent(user)}:${encodeURIComponent(pass)}@127.0.0.1:${port}`,
    user,
    pass,
    deliver: (raw, { at = new Date(), seen } = {}) => {
      const uid = uidNext++
      letters.push({ uid, raw: Buffer.from(raw), at, flags: new Set(seen ? ['\\Seen'] : []) })
      for (const session of sessions) if (session.idling) tell(session)
      return uid
    },
    remove: (uid) => {
      const at = letters.findIndex((one) => one.uid === uid)
      letters = letters.filter((one) => one.uid !== uid)
      for (const session of sessions)
        if (session.selected && at < session.told) {
          session.told--
          session.removed.push(at + 1)
          if (session.idling) tell(session)
        }
    },
    flagsOf,
    seen: async (uid) => {
      await until(() => flagsOf(uid).includes('\\Seen'), `letter ${uid} is marked as read`)
    },
    commands,
    connections: () => sessions.size,
    idling: () => [...sessions].some((session) => session.idling !== undefined),
    dropConnections,
    dropsAtFetch: (uid, times) => void drops.set(uid, times),
    fallSilent: () => {
      silent = true
    },
    refuseLogins: (refuse) => {
      refuses = refuse
    },
    setUidValidity: (value) => {
      uidValidity = value
      letters = letters.map((one, index) => ({ ...one, uid: index + 1 }))
      uidNext = letters.length + 1
      dropConnections()
    },
    stop: async () => {
      dropConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
