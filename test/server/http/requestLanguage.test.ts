import { expect, test } from 'vitest'
import { preferredLanguage } from '../../../server/http/requestLanguage.ts'

test.each([
  [undefined, 'kk'],
  ['', 'kk'],
  ['ru', 'ru'],
  ['kk', 'kk'],
  ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  ['en-US,en;q=0.9,ru;q=0.5,kk;q=0.8', 'kk'],
  ['en, ru;q=0', 'kk'],
  ['de', 'kk'],
  ['run', 'kk'],
])('%s asks for %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language)
})
