import { hash, verify } from '@node-rs/argon2'

/** argon2id, the library's default: 19 MiB, two passes, one lane. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The argon2id hash of a password, with its salt and parameters in it. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), options)
}

let hashOfNobody: Promise<string> | undefined

/**
 * Whether the password is the one that was hashed. Without a hash (nobody has that e-mail) the answer is false and
 * takes as long, so that the time does not tell who works here.
 */
export async function isPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  hashOfNobody ??= hashPassword('a password that nobody has')
  const matches = await verify(passwordHash ?? (await hashOfNobody), password.normalize('NFC'))
  return matches && passwordHash !== undefined
}
