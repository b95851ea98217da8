import { describe, expect, it } from 'vitest'
import { pageOf } from '../../widget/page.ts'

describe('the address the loader opens', () => {
  it('says the desk, the language, and whose page it is', () => {
    expect(pageOf({ search: '?desk=sts&lang=ru', hash: '#https://portal.kz' })).toEqual({
      desk: 'sts',
      language: 'ru',
      portal: 'https://portal.kz',
    })
  })

  it("speaks the browser's language when none is said, else Kazakh", () => {
    expect(pageOf({ search: '', hash: '' }, 'ru-KZ').language).toBe('ru')
    expect(pageOf({ search: '', hash: '' }, 'en-GB').language).toBe('kk')
  })

  it.each(['', '#', '#*', '#null', '#portal.kz', '#javascript:alert(1)'])(
    'trusts no page named %s',
    (hash) => {
      expect(pageOf({ search: '', hash })).not.toHaveProperty('portal')
    },
  )
})
