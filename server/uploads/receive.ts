import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

export type Received = { readonly bytes: number; readonly sha256: string }

/**
 * Writes what arrives into a new file that only the server's account may read, and makes it durable. Stops and
 * returns undefined as soon as there is more than `mostBytes`; fails when the source does.
 */
export async function receive(
  source: AsyncIterable<Uint8Array>,
  path: string,
  mostBytes: number,
): Promise<Received | undefined> {
  const file = await open(path, 'wx', 0o600)
  try {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of source) {
      bytes += chunk.byteLength
      if (bytes > mostBytes) return undefined
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    await file.close()
  }
}
