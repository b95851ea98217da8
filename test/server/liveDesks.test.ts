import { describe, expect, it } from 'vitest'
import type { Desk } from '../../engine/desk.ts'
import type { Article } from '../../engine/faq/article.ts'
import { understand } from '../../engine/faq/index.ts'
import { createLiveDesks } from '../../server/liveDesks.ts'
import { desks as shipped } from '../support/edoc.ts'

const text = (title: string) => ({ title, phrasings: [title], body: title })
const article = (id: string, kk: string, ru: string): Article => ({ id, kk: text(kk), ru: text(ru) })
const parking = article('edoc.parking', 'Тұрақ қайда орналасқан?', 'Где находится парковка для велосипедов?')
const articlesOf = (desk: Desk | undefined) => [...(desk?.articles.values() ?? [])]
const asked = (desk: Desk | undefined) => {
  if (!desk) throw new Error('no desk')
  return understand(desk.faq, 'где находится парковка для велосипедов')
}

describe('the live desks', () => {
  it('find an article that was put in force, and no longer one that was taken out', async () => {
    const { desks, putArticles } = createLiveDesks(shipped)
    const before = articlesOf(desks.get('edoc'))
    expect(asked(desks.get('edoc')).results[0]?.id).not.toBe('edoc.parking')

    await putArticles(new Map([['edoc', [...before, parking]]]))
    const found = asked(desks.get('edoc'))
    expect([found.confident, found.results[0]?.id]).toEqual([true, 'edoc.parking'])
    expect(desks.get('edoc')?.articles.get('edoc.parking')).toBe(parking)

    await putArticles(new Map([['edoc', before]]))
    expect(asked(desks.get('edoc')).results.map(({ id }) => id)).not.toContain('edoc.parking')
  })

  it('let the other desks point to the one that answers it now', async () => {
    const { desks, putArticles } = createLiveDesks(shipped)
    expect(asked(desks.get('sts')).otherDesk).not.toBe('edoc')
    await putArticles(new Map([['edoc', [...articlesOf(desks.get('edoc')), parking]]]))
    expect(asked(desks.get('sts'))).toMatchObject({ intent: 'otherDesk', otherDesk: 'edoc' })
  })

  it('keep what else changed on a desk while its search was made', async () => {
    const { desks, replace, putArticles } = createLiveDesks(shipped)
    const done = putArticles(new Map([['edoc', [parking]]]))
    replace('edoc', (desk) => ({ ...desk, endOnInsult: !desk.endOnInsult }))
    await done
    expect(desks.get('edoc')?.endOnInsult).toBe(!shipped.get('edoc')?.endOnInsult)
    expect([...(desks.get('edoc')?.articles.keys() ?? [])]).toEqual(['edoc.parking'])
  })

  it('never show an article without its search, or the search of an article that is gone', async () => {
    const { desks, putArticles } = createLiveDesks(shipped)
    let done = false
    const putting = putArticles(new Map([['edoc', [parking]]])).finally(() => {
      done = true
    })
    while (!done) {
      const desk = desks.get('edoc')
      expect(asked(desk).results[0]?.id === 'edoc.parking').toBe(desk?.articles.has('edoc.parking'))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await putting
  })

  it('answer everybody else meanwhile: a search is made in many turns of the event loop, not in one', async () => {
    const { desks, putArticles } = createLiveDesks(shipped)
    let done = false
    const putting = putArticles(new Map([['edoc', [...articlesOf(desks.get('edoc')), parking]]])).finally(
      () => {
        done = true
      },
    )
    let turns = 0
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve))
      turns++
    }
    await putting
    expect(turns).toBeGreaterThan(3)
  })
})
