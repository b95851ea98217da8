import { describe, expect, it } from 'vitest'
import type { ArticleContent } from '../../../engine/faq/articleContent.ts'
import {
  type ArticleEdit,
  editArticle,
  followShipped,
  type KeptArticle,
  missingLanguage,
  newArticle,
  olderLanguage,
  shippedArticle,
} from '../../../engine/faq/keptArticle.ts'

const text = (title: string, body = `${title}.`, phrasings: readonly string[] = []) => ({
  title,
  body,
  phrasings,
})
const content = (kk: string, ru: string): ArticleContent => ({ kk: text(kk), ru: text(ru) })
const first = { content: content('Сұрақ', 'Вопрос'), hash: 'one' }
const second = { content: content('Сұрақ 2', 'Вопрос 2'), hash: 'two' }
const third = { content: content('Сұрақ 3', 'Вопрос 3'), hash: 'three' }
const shipped = shippedArticle('edoc', 'edoc.x', first)

function edited(article: KeptArticle, ...edits: readonly ArticleEdit[]): KeptArticle {
  return edits.reduce((before, edit) => {
    const after = editArticle(before, edit)
    if (!after.ok) throw new Error(`${edit.act}: ${JSON.stringify(after.why)}`)
    expect(after.article.version).toBe(before.version + 1)
    return after.article
  }, article)
}
const publish = (kk: string, ru: string): ArticleEdit => ({ act: 'publish', content: content(kk, ru) })
const save = (kk: string, ru: string): ArticleEdit => ({ act: 'save', content: content(kk, ru) })

describe('an article in the console', () => {
  it('keeps what is in force while a draft is written', () => {
    const drafted = edited(shipped, save('Сұрақ', 'Вопрос яснее'))
    expect([drafted.published, drafted.draft]).toEqual([first.content, content('Сұрақ', 'Вопрос яснее')])
    const published = edited(drafted, publish('Сұрақ', 'Вопрос яснее'))
    expect([published.published?.ru?.title, published.draft]).toEqual(['Вопрос яснее', null])
  })

  it('loses its draft when it is written back to what is in force', () => {
    expect(edited(shipped, save('а', 'б'), save('Сұрақ', 'Вопрос')).draft).toBeNull()
    expect(edited(shipped, save('а', 'б'), { act: 'discard' }).draft).toBeNull()
  })

  it('is taken out of force with its words kept, and can be published again', () => {
    const out = edited(shipped, { act: 'unpublish' })
    expect([out.stage, out.published, out.draft]).toEqual(['unpublished', null, first.content])
    expect(edited(out, publish('Сұрақ', 'Вопрос')).stage).toBe('published')
  })

  it('is deleted only when nobody reads it, and comes back by its history', () => {
    expect(editArticle(shipped, { act: 'delete' })).toEqual({ ok: false, why: 'outOfPlace' })
    const gone = edited(shipped, { act: 'unpublish' }, { act: 'delete' })
    expect(gone.stage).toBe('deleted')
    expect(editArticle(gone, publish('а', 'б'))).toEqual({ ok: false, why: 'outOfPlace' })
    expect(edited(gone, { act: 'restore', content: first.content }).stage).toBe('unpublished')
  })

  it('goes back to an earlier text at once where it is in force', () => {
    const back = edited(shipped, publish('а', 'б'), { act: 'restore', content: first.content })
    expect([back.published, back.draft]).toEqual([first.content, null])
  })

  it('is published in one language, but not with a language half written', () => {
    const russian: ArticleContent = { kk: null, ru: text('Вопрос') }
    const alone = edited(newArticle('edoc', 'edoc.n', russian), { act: 'publish', content: russian })
    expect([alone.stage, missingLanguage(alone)]).toEqual(['published', 'kk'])
    for (const [half, part] of [
      [{ ...text('', 'Мәтін'), phrasings: [] }, 'title'],
      [text('Тақырып', ''), 'body'],
    ] as const)
      expect(editArticle(alone, { act: 'publish', content: { ...russian, kk: half } })).toEqual({
        ok: false,
        why: { language: 'kk', part },
      })
    expect(editArticle(alone, { act: 'publish', content: { kk: null, ru: text(' ', ' ') } })).toEqual({
      ok: false,
      why: 'empty',
    })
  })

  it('learns a phrasing in force and in the draft, once', () => {
    const learn = (phrasing: string): ArticleEdit => ({ act: 'learn', language: 'ru', phrasing })
    const learnt = edited(shipped, save('Сұрақ', 'Черновик'), learn('как быть?'), learn('Как быть'))
    expect([learnt.published?.ru?.phrasings, learnt.draft?.ru?.phrasings]).toEqual([
      ['как быть?'],
      ['как быть?'],
    ])
  })

  it('says which language is behind the other', () => {
    const behind = edited(shipped, publish('Сұрақ', 'Вопрос иначе'))
    expect(olderLanguage(behind)).toBe('kk')
    expect(olderLanguage(edited(behind, publish('Сұрақ басқаша', 'Вопрос иначе')))).toBeUndefined()
    expect(olderLanguage(edited(shipped, publish('Басқаша', 'Иначе')))).toBeUndefined()
    const fits = { act: 'publish', content: content('Сұрақ', 'Вопрос иначе'), translationFits: true } as const
    expect(olderLanguage(edited(behind, fits))).toBeUndefined()
    expect(olderLanguage(edited(shipped, { act: 'learn', language: 'ru', phrasing: 'ещё' }))).toBeUndefined()
    expect(olderLanguage(edited(behind, publish('Сұрақ', 'Вопрос ещё раз')))).toBe('kk')
  })

  it('is not behind when its other language is written later', () => {
    const russian: ArticleContent = { kk: null, ru: text('Вопрос') }
    const begun = newArticle('edoc', 'edoc.n', russian)
    expect(olderLanguage(edited(begun, { act: 'save', content: content('Сұрақ', 'Вопрос') }))).toBeUndefined()
  })
})

describe('an upgrade that ships', () => {
  it('the same text changes nothing', () => {
    expect(followShipped(shipped, first)).toBeUndefined()
    expect(followShipped(edited(shipped, publish('а', 'б')), first)).toBeUndefined()
  })

  it('a new text changes the article nobody edited', () => {
    const after = followShipped(shipped, second)
    expect(after?.act).toBe('upgraded')
    expect(after?.article).toMatchObject({
      version: 2,
      published: second.content,
      edited: false,
      shippedHash: 'two',
    })
  })

  it('a new text leaves an unpublished article unpublished, and a deleted one deleted', () => {
    const out = edited(shipped, { act: 'unpublish' })
    expect(followShipped(out, second)?.article).toMatchObject({
      stage: 'unpublished',
      published: null,
      draft: second.content,
    })
    const gone = edited(out, { act: 'delete' })
    expect(followShipped(gone, second)).toMatchObject({
      act: undefined,
      article: { stage: 'deleted' },
    })
  })

  it('a new text waits beside an edited article, until it is taken', () => {
    const own = edited(shipped, publish('Өзіміздікі', 'Своё'))
    const waiting = followShipped(own, second)?.article as KeptArticle
    expect(waiting).toMatchObject({ published: own.published, shipped: second.content })
    expect(followShipped(waiting, second)).toBeUndefined()
    expect(followShipped(waiting, third)?.article.shipped).toEqual(third.content)

    const taken = edited(waiting, { act: 'takeShipped', hash: 'two' })
    expect(taken).toMatchObject({ published: second.content, shipped: null, edited: false })
    expect(followShipped(taken, third)?.article.published).toEqual(third.content)
  })

  it('a new text that was dismissed does not come again, but a newer one does', () => {
    const own = edited(shipped, publish('Өзіміздікі', 'Своё'))
    const waiting = followShipped(own, second)?.article as KeptArticle
    const dismissed = edited(waiting, { act: 'dismissShipped', hash: 'two' })
    expect(followShipped(dismissed, second)).toBeUndefined()
    expect(followShipped(dismissed, third)?.article).toMatchObject({
      published: own.published,
      shipped: third.content,
    })
  })

  it('what people have already written themselves makes the article follow the files again', () => {
    const same = edited(shipped, publish('Сұрақ 2', 'Вопрос 2'))
    expect(followShipped(same, second)?.article).toMatchObject({ edited: false, shipped: null })
  })

  it('no longer an article takes it out of force, unless it was edited; it comes back with its file', () => {
    const withdrawn = followShipped(shipped, undefined)?.article as KeptArticle
    expect(withdrawn).toMatchObject({ stage: 'unpublished', draft: first.content })
    expect(followShipped(withdrawn, undefined)).toBeUndefined()
    expect(followShipped(withdrawn, first)?.article).toMatchObject({
      stage: 'published',
      published: first.content,
    })
    expect(followShipped(edited(shipped, publish('а', 'б')), undefined)).toBeUndefined()
    const made = edited(newArticle('edoc', 'edoc.n', first.content), publish('а', 'б'))
    expect(followShipped(made, undefined)).toBeUndefined()
  })
})
