import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { root, runNpm } from './project.mjs'
import { contentHash, isStamped, writeStamp } from './stamp.mjs'

/** Installs the packages of package-lock.json, tools included, unless that is what is there already. */
export async function install() {
  const hash = contentHash(root, ['package-lock.json'])
  const stamp = join(root, 'node_modules', '.komekshi-lock')
  if (isStamped(stamp, hash)) return
  await withLock(
    join(root, 'dist', '.install-lock'),
    () => {
      if (isStamped(stamp, hash)) return
      if (!isInstalled(readLock('package-lock.json'), readLock('node_modules/.package-lock.json'))) {
        console.log('Installing packages…')
        runNpm('Installing packages', [
          'ci',
          '--include=dev',
          '--include=optional',
          '--no-audit',
          '--no-fund',
        ])
      }
      writeStamp(stamp, hash)
    },
    () => console.log('Another start is installing packages; waiting for it…'),
  )
}

/**
 * Whether an installation by hand already holds every package that the lock file asks of every machine; npm writes
 * the second file last, so an interrupted installation has none.
 */
export function isInstalled(wanted, found) {
  if (!wanted || !found) return false
  return Object.entries(wanted.packages)
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.peer)
    .every(([path, entry]) => found.packages[path]?.version === entry.version)
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}
