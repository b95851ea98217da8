import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withLock } from '../../scripts/lock.mjs'

let base: string
let lock: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'komekshi-lock-'))
  lock = join(base, 'dist', '.lock')
})

afterEach(() => rmSync(base, { recursive: true, force: true }))

test('work under one lock is done one after the other', async () => {
  const order: string[] = []
  let finishFirst = () => {}
  const first = withLock(lock, async () => {
    order.push('first begins')
    await new Promise<void>((resolve) => {
      finishFirst = resolve
    })
    order.push('first ends')
  })
  const second = withLock(
    lock,
    () => order.push('second'),
    () => {
      order.push('second waits')
      finishFirst()
    },
  )
  await Promise.all([first, second])
  expect(order).toEqual(['first begins', 'second waits', 'first ends', 'second'])
})

test('the lock is given free when the work fails', async () => {
  await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(existsSync(lock)).toBe(false)
})

test('a lock whose owner has died is taken over', async () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  mkdirSync(lock, { recursive: true })
  writeFileSync(join(lock, 'pid'), String(dead))
  expect(await withLock(lock, () => 'done')).toBe('done')
})
