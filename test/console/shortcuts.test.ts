import { describe, expect, it } from 'vitest'
import { commandOf, type KeyPress, keyBelongsTo, keysOf } from '../../console/logic/shortcuts.ts'

const press = (code: string, facts: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key: '',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...facts,
})

describe('the keys of the console', () => {
  it('work by their place, whatever the layout writes', () => {
    expect(commandOf(press('KeyT', { key: 't' }))).toBe('take')
    expect(commandOf(press('KeyT', { key: 'е' }))).toBe('take')
    expect(commandOf(press('KeyR', { key: 'к' }))).toBe('reply')
    expect(commandOf(press('Slash', { key: '.' }))).toBe('search')
  })

  it('open the help with the question mark of any layout', () => {
    expect(commandOf(press('Slash', { key: '?', shiftKey: true }))).toBe('help')
    expect(commandOf(press('Slash', { key: ',', shiftKey: true }))).toBe('help')
    expect(commandOf(press('Digit7', { key: '?', shiftKey: true }))).toBe('help')
  })

  it('leave what is held with Ctrl, Alt, Cmd or Shift to the browser', () => {
    for (const held of ['ctrlKey', 'altKey', 'metaKey', 'shiftKey'] as const)
      expect(commandOf(press('KeyT', { key: 't', [held]: true }))).toBeUndefined()
  })

  it('mean nothing where there is no command', () => {
    expect(commandOf(press('KeyQ', { key: 'q' }))).toBeUndefined()
  })

  it('each name a key in the help that leads to the command', () => {
    const codes: Readonly<Record<string, string>> = {
      '↑': 'ArrowUp',
      '↓': 'ArrowDown',
      Enter: 'Enter',
      '/': 'Slash',
    }
    for (const [command, keys] of Object.entries(keysOf))
      for (const key of keys) {
        const code = codes[key] ?? (/\d/.test(key) ? `Digit${key}` : `Key${key}`)
        const expected = command === 'views' ? `view${key}` : command
        expect(commandOf(press(code, { key }))).toBe(expected)
      }
  })

  it('never fire while somebody types, and leave Enter to a button', () => {
    expect(keyBelongsTo({ tagName: 'TEXTAREA' }, { code: 'KeyT' })).toBe(true)
    expect(keyBelongsTo({ tagName: 'INPUT', type: 'search' }, { code: 'Slash' })).toBe(true)
    expect(keyBelongsTo({ tagName: 'SELECT' }, { code: 'ArrowDown' })).toBe(true)
    expect(keyBelongsTo({ tagName: 'BUTTON' }, { code: 'Enter' })).toBe(true)
    expect(keyBelongsTo({ tagName: 'BUTTON' }, { code: 'KeyT' })).toBe(false)
    expect(keyBelongsTo({ tagName: 'DIV' }, { code: 'Enter' })).toBe(false)
  })
})
