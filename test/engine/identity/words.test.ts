import { describe, expect, it } from 'vitest'
import kk from '../../../locales/kk/identity.json' with { type: 'json' }
import ru from '../../../locales/ru/identity.json' with { type: 'json' }

describe('the words of a refusal', () => {
  it('are there in both languages', () => {
    expect(Object.keys(kk)).toEqual(Object.keys(ru))
  })

  it('are one or two short sentences that end as such', () => {
    for (const text of [...Object.values(kk), ...Object.values(ru)]) {
      expect(text.length).toBeLessThanOrEqual(150)
      expect(text).toMatch(/[.?]$/)
    }
  })
})
