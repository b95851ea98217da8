import { type ChildProcess, spawn } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const binary = '/usr/sbin/dovecot'
const nobody = 65_534

/** Whether the real server is installed here (Debian: dovecot-imapd). */
export const hasDovecot = () => existsSync(binary) && existsSync('/usr/lib/dovecot/imap')

export type Dovecot = {
  /** For imapflow; the password is “secret”. */
  readonly url: string
  /** Puts a letter into the mailbox as a delivery does: a file of its Maildir. */
  readonly deliver: (raw: Uint8Array) => void
  /** The names of the letters that are marked as read. */
  readonly read: () => readonly string[]
  readonly stop: () => Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

const config = (folder: string, port: number, user: string, group: string) => `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail
mail_uid = ${user}
mail_gid = ${group}
first_valid_uid = 1
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
mailbox_idle_check_interval = 1 s
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/home
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`

/** A real Dovecot in a folder of its own, without root's rights; root lends it the rights of nobody. */
export async function startDovecot(): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'komekshi-dovecot-'))
  const { uid, username } = userInfo()
  const [user, group] = uid === 0 ? ['nobody', 'nogroup'] : [username, username]
  const port = await freePort()
  const inbox = join(folder, 'mail')
  for (const name of ['run', 'home', 'mail', 'mail/cur', 'mail/new', 'mail/tmp'])
    mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'dovecot.conf'), config(folder, port, user, group))
  const own = (path: string) => uid === 0 && chownSync(path, nobody, nobody)
  for (const path of ['', 'run', 'home', 'mail', 'mail/cur', 'mail/new', 'mail/tmp']) own(join(folder, path))
  const child: ChildProcess = spawn(binary, ['-F', '-c', join(folder, 'dovecot.conf')], {
    stdio: 'ignore',
    ...(uid === 0 && { uid: nobody, gid: nobody }),
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let delivered = 0
  return {
    url: `imap://support%40desk.kz:secret@127.0.0.1:${port}`,
    deliver: (raw) => {
      const name = `${Math.floor(Date.now() / 1000)}.M${++delivered}.test`
      writeFileSync(join(inbox, 'tmp', name), raw)
      own(join(inbox, 'tmp', name))
      renameSync(join(inbox, 'tmp', name), join(inbox, 'new', name))
    },
    read: () => readdirSync(join(inbox, 'cur')).filter((name) => /,[A-Z]*S/.test(name)),
    stop: async () => {
      child.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
