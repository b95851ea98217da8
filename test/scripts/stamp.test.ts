import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { contentHash, isStamped, writeStamp } from '../../scripts/stamp.mjs'

let base: string

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'komekshi-stamp-'))
  mkdirSync(join(base, 'engine', 'faq'), { recursive: true })
  writeFileSync(join(base, 'engine', 'desk.ts'), 'a')
  writeFileSync(join(base, 'engine', 'faq', 'rank.ts'), 'b')
  writeFileSync(join(base, 'engine', 'notes.md'), 'c')
})

afterEach(() => rmSync(base, { recursive: true, force: true }))

const hash = (include?: (name: string) => boolean) => contentHash(base, ['engine', 'package.json'], include)

describe('the hash of the code', () => {
  test('is the same while nothing changes, whatever the dates say', () => {
    const before = hash()
    utimesSync(join(base, 'engine', 'desk.ts'), 1, 1)
    expect(hash()).toBe(before)
  })

  test('changes with a content, in whatever depth', () => {
    const before = hash()
    writeFileSync(join(base, 'engine', 'faq', 'rank.ts'), 'b2')
    expect(hash()).not.toBe(before)
  })

  test('changes with a name', () => {
    const before = hash()
    renameSync(join(base, 'engine', 'desk.ts'), join(base, 'engine', 'desks.ts'))
    expect(hash()).not.toBe(before)
  })

  test('changes when a file appears, one named in advance too', () => {
    const before = hash()
    writeFileSync(join(base, 'package.json'), '{}')
    expect(hash()).not.toBe(before)
  })

  test('tells where one file ends and the next begins', () => {
    const before = hash()
    writeFileSync(join(base, 'engine', 'desk.ts'), 'ab')
    writeFileSync(join(base, 'engine', 'faq', 'rank.ts'), '')
    expect(hash()).not.toBe(before)
  })

  test('leaves out what is not code', () => {
    const code = (name: string) => !name.endsWith('.md')
    const before = hash(code)
    writeFileSync(join(base, 'engine', 'notes.md'), 'c2')
    expect(hash(code)).toBe(before)
  })
})

test('a stamp holds for its own hash only, and not before it is written', () => {
  const stamp = join(base, '.stamp')
  expect(isStamped(stamp, 'abc')).toBe(false)
  writeStamp(stamp, 'abc')
  expect(isStamped(stamp, 'abc')).toBe(true)
  expect(isStamped(stamp, 'abd')).toBe(false)
})
