import { describe, expect, it } from 'vitest'
import { familiarity, trigramsOf } from '../../../engine/faq/familiarity.ts'
import { fold } from '../../../engine/faq/fold.ts'
import { asCyrillic, asLatin } from '../../../engine/faq/keyboard.ts'
import { recover } from '../../../engine/faq/recover.ts'

const texts = ['как подписать документ', 'құжатқа қалай қол қоямын', 'ncalayer password', 'kalai kol koyamyn']
const known = trigramsOf(texts.map(fold))
const recovered = (text: string) => recover(text, (word) => familiarity(known, word))

describe('the keyboard', () => {
  it('turns Latin keys into Russian letters, also where they bear signs', () => {
    expect(asCyrillic('ghbdtn')).toBe('привет')
    expect(asCyrillic('{jxe gjl]tplf')).toBe('хочу подъезда')
  })

  it('turns the digit keys into Kazakh letters', () => {
    expect(asCyrillic('0fkfq')).toBe('қалай')
    expect(asCyrillic('c2ktv')).toBe('сәлем')
    expect(asCyrillic('2024')).toBe('2024')
  })

  it('turns Russian keys into Latin letters', () => {
    expect(asLatin('зфыыцщкв')).toBe('password')
  })
})

describe('a message on the wrong layout', () => {
  it.each([
    ['rfr gjlgbcfnm ljrevtyn', 'как подписать документ'],
    ['09;fn0f 0fkfq 0jk 0jzvsy', 'құжатқа қалай қол қоямын'],
    ['как подписать тсфдфнук', 'как подписать ncalayer'],
  ])('is recovered: %s', (written, meant) => {
    expect(recovered(written)).toBe(meant)
  })

  it.each(['как подписать документ', 'kalai kol koyamyn', 'ncalayer', 'документ 13579', '', '12345'])(
    'is left alone when it reads well as it is: %s',
    (written) => {
      expect(recovered(written)).toBeUndefined()
    },
  )
})
