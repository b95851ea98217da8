/** Why the mail server could not be read from. */
export type MailTrouble = {
  /** It knows the user or the password not: asking again soon would lock the account. */
  readonly refused: boolean
  /** Safe to be logged: holds neither the password nor anything of a letter. */
  readonly description: string
}

const text = (value: unknown, key: string): string => {
  const found =
    typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined
  return typeof found === 'string' ? found : ''
}

/** Tells what a failed step of reading the mailbox means. */
export function mailTroubleOf(error: unknown, pass: string): MailTrouble {
  const refused =
    typeof error === 'object' && error !== null && Reflect.get(error, 'authenticationFailed') === true
  const said = [
    ...new Set([
      error instanceof Error ? error.message : 'unknown',
      text(error, 'code'),
      text(error, 'responseText'),
    ]),
  ]
  const description = said.filter(Boolean).join(': ').slice(0, 300)
  return { refused, description: pass ? description.replaceAll(pass, '…') : description }
}
