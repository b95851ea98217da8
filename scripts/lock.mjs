import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const ownerWritesWithinMs = 5_000

/**
 * Runs the work while no other process does work under the same lock (a folder, since making one is atomic).
 * Waits for the other; a lock whose owner has died is taken over.
 */
export async function withLock(folder, work, onWait = () => {}) {
  mkdirSync(dirname(folder), { recursive: true })
  for (let told = false; !tryLock(folder); ) {
    if (isAbandoned(folder)) {
      takeAway(folder)
      continue
    }
    if (!told) onWait()
    told = true
    await sleep(100)
  }
  try {
    return await work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function tryLock(folder) {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  writeFileSync(join(folder, 'pid'), String(process.pid))
  return true
}

function isAbandoned(folder) {
  try {
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
    if (pid > 0) return !isRunning(pid)
  } catch {
    // The owner has not written its number yet, or the folder has just gone: its age decides.
  }
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs
  return made !== undefined && Date.now() - made > ownerWritesWithinMs
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Renames first, so that of two that find the lock abandoned only one removes it. */
function takeAway(folder) {
  const aside = `${folder}.abandoned-${process.pid}`
  try {
    renameSync(folder, aside)
  } catch (error) {
    if (error.code === 'ENOENT') return
    throw error
  }
  rmSync(aside, { recursive: true, force: true })
}
