/** Where letters are read, and as whom. */
export type MailboxAddress = {
  readonly host: string
  readonly port: number
  /** Encrypted from the first byte; otherwise as soon as the server offers it. */
  readonly secure: boolean
  readonly user: string
  readonly pass: string
  /** The folder; INBOX unless the URL has a path. */
  readonly folder: string
}

/**
 * Reads `imap://user:password@host:143/folder` or `imaps://…` (993 unless told otherwise); what is special in the
 * user's name, the password or the folder is percent-encoded. Throws an error that says what is wrong, never with the
 * password.
 */
export function readMailboxUrl(url: string): MailboxAddress {
  const wrong = (what: string) => new Error(`${what}: imaps://user:password@host/folder is expected`)
  if (!URL.canParse(url)) throw wrong('not a URL of a mailbox')
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  if (protocol !== 'imap:' && protocol !== 'imaps:') throw wrong('a mailbox is read by imap or imaps')
  const secure = protocol === 'imaps:'
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text)
    } catch {
      throw wrong('a percent sign is written %25')
    }
  }
  const host = hostname.replace(/^\[|\]$/g, '')
  const [user, pass] = [decoded(username), decoded(password)]
  if (!host) throw wrong('the host is missing')
  if (!user || !pass) throw wrong('the user or the password is missing')
  return {
    host: decoded(host),
    port: port ? Number(port) : secure ? 993 : 143,
    secure,
    user,
    pass,
    folder: decoded(pathname.replace(/^\/+|\/+$/g, '')) || 'INBOX',
  }
}
