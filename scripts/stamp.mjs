import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * A hash over the names and contents of files and folders (absolute or under `base`), the same on every machine.
 * Folders are walked; `include` chooses among the files by their path under `base`.
 */
export function contentHash(base, paths, include = () => true) {
  const hash = createHash('sha256')
  for (const path of paths) {
    for (const file of filesOf(join(base, path))) {
      const name = relative(base, file).split(sep).join('/')
      if (!include(name)) continue
      const content = readFileSync(file)
      hash.update(`${name}\0${content.length}\0`).update(content)
    }
  }
  return hash.digest('hex')
}

function filesOf(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return []
  if (!stat.isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)]))
}

/** Whether a stamp file holds this hash. */
export function isStamped(file, hash) {
  try {
    return readFileSync(file, 'utf8') === hash
  } catch {
    return false
  }
}

export function writeStamp(file, hash) {
  writeFileSync(file, hash)
}
