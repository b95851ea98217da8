import { describe, expect, it } from 'vitest'
import { commands } from '../../bot/profile.ts'
import { languageOfCode, words } from '../../bot/words.ts'
import kk from '../../locales/kk/telegram.json' with { type: 'json' }
import ru from '../../locales/ru/telegram.json' with { type: 'json' }

const parameters = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe('the channel’s words', () => {
  it('are the same keys in both languages', () => {
    expect(Object.keys(kk)).toEqual(Object.keys(ru))
  })

  it.each(Object.keys(ru) as (keyof typeof ru)[])('%s takes the same parameters in both languages', (key) => {
    expect(parameters(kk[key])).toEqual(parameters(ru[key]))
  })

  it.each(['kk', 'ru'] as const)('fit what Telegram allows (%s)', (language) => {
    const say = words[language]
    const portal = 'Электрондық құжат айналымының бірыңғай жүйесі'
    expect(say('description', { portal }).length).toBeLessThanOrEqual(512)
    expect(say('shortDescription', { portal }).length).toBeLessThanOrEqual(120)
    expect(say('wentWrong').length).toBeLessThanOrEqual(200)
    for (const command of commands) expect(say(`command.${command}`).length).toBeLessThanOrEqual(256)
    for (const command of commands.filter((one) => one !== 'start'))
      expect(say('help', { portal })).toContain(`/${command}`)
  })
})

it.each([
  ['kk', 'kk'],
  ['kk-KZ', 'kk'],
  ['ru-RU', 'ru'],
  ['RU', 'ru'],
  ['en', undefined],
  ['krc', undefined],
  [undefined, undefined],
])('Telegram’s language code %s hints at %s', (code, language) => {
  expect(languageOfCode(code)).toBe(language)
})
