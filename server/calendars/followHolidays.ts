import { unwatchFile, watchFile } from 'node:fs'
import type { SqlPool } from '../../db/client.ts'
import { holidaysFile, readHolidays } from '../../desks/loadDesks.ts'
import type { DeskProfile } from '../../engine/desk.ts'
import { keepBases } from './keepBases.ts'

/** How often the file is looked at: a change is noticed within that time, on every kind of file system. */
const lookMilliseconds = 2_000

type Look = { readonly mtimeMs: number; readonly ino: number; readonly size: number }

/**
 * Puts the holidays of the country in force whenever their file is edited while the server runs. A file that cannot be
 * read is told and changes nothing. Gives what ends that.
 */
export function followHolidays(ports: {
  readonly sql: SqlPool
  readonly desksDir: string
  readonly desks: ReadonlyMap<string, DeskProfile>
  readonly clock: () => Date
  readonly failed: (error: unknown) => void
}): () => Promise<void> {
  const { sql, desksDir, desks, clock } = ports
  const path = holidaysFile(desksDir)
  let working: Promise<void> = Promise.resolve()
  const listener = (now: Look, before: Look) => {
    // an editor may take the file away for a moment
    if (now.mtimeMs === 0) return
    if (now.mtimeMs === before.mtimeMs && now.ino === before.ino && now.size === before.size) return
    working = working
      .then(() => keepBases(sql, desks.values(), readHolidays(desksDir), clock().toISOString()))
      .catch(ports.failed)
  }
  watchFile(path, { interval: lookMilliseconds, persistent: false }, listener)
  return async () => {
    unwatchFile(path, listener)
    await working
  }
}
