import { describe, expect, test } from 'vitest'
import { isInstalled } from '../../scripts/install.mjs'
import { complaintAboutNode } from '../../scripts/node-version.mjs'

describe('an installation made by hand', () => {
  const wanted = {
    packages: {
      '': {},
      'node_modules/zod': { version: '4.6.7' },
      'node_modules/vite': { version: '8.3.8' },
      'node_modules/fsevents': { version: '2.3.3', optional: true },
    },
  }

  test('is taken when it holds every package in its version', () => {
    const found = {
      packages: { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/vite': { version: '8.3.8' } },
    }
    expect(isInstalled(wanted, found)).toBe(true)
  })

  test('is not taken without the tools', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/zod': { version: '4.6.7' } } })).toBe(false)
  })

  test('is not taken with another version', () => {
    const found = {
      packages: { 'node_modules/zod': { version: '4.6.6' }, 'node_modules/vite': { version: '8.3.8' } },
    }
    expect(isInstalled(wanted, found)).toBe(false)
  })

  test('is not taken when it was interrupted', () => {
    expect(isInstalled(wanted, undefined)).toBe(false)
  })
})

describe('the version of Node', () => {
  test.each(['v20.11.0', 'v20.20.2', 'v22.0.0', 'v24.1.0'])('%s serves', (version) => {
    expect(complaintAboutNode(version)).toBeUndefined()
  })

  test.each(['v20.10.0', 'v18.20.4', 'v8.17.0'])('%s is refused by its name', (version) => {
    expect(complaintAboutNode(version)).toContain(version)
  })
})
