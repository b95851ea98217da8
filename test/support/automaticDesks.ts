import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from './server.ts'

const source = join(import.meta.dirname, '../../desks')

/** A folder of desks for DESKS_DIR: all of them as they are, but edoc gives its conversations out by itself. */
export function automaticDesks({ capacity = 2 }: { readonly capacity?: number } = {}): string {
  const folder = join(dataFolder(), 'desks')
  cpSync(source, folder, { recursive: true })
  const profile = join(folder, 'edoc/desk.yaml')
  const text = readFileSync(profile, 'utf8')
  const changed = text
    .replace(/^ {2}mode: manual$/m, '  mode: automatic')
    .replace(/^ {2}capacity: \d+$/m, `  capacity: ${capacity}`)
  if (changed === text) throw new Error('the desk states no assignment')
  writeFileSync(profile, changed)
  return folder
}
