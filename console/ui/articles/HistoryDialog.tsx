import { useEffect, useState } from 'preact/hooks'
import type { ArticleContent } from '../../../engine/faq/articleContent.ts'
import type { WireArticle } from '../../../engine/wireArticles.ts'
import { momentWords } from '../../logic/dateWords.ts'
import { useApp, useWords } from '../context.ts'
import { Dialog } from '../Dialog.tsx'
import { Skeleton } from '../Skeleton.tsx'
import { ContentDifferences } from './ContentDifferences.tsx'

type Props = {
  readonly article: WireArticle
  readonly onRestore: (revision: number) => void
  readonly onClose: () => void
}

const nothing: ArticleContent = { kk: null, ru: null }

/** Who changed an article when, what each change did to its words, and the way back. */
export function HistoryDialog({ article, onRestore, onClose }: Props) {
  const app = useApp()
  const words = useWords()
  const { revisions } = article
  const [chosen, setChosen] = useState(revisions[0]?.number ?? 0)
  const [contents, setContents] = useState<ReadonlyMap<number, ArticleContent>>(new Map())
  const at = revisions.findIndex(({ number }) => number === chosen)
  const earlier = revisions[at + 1]?.number

  useEffect(() => {
    let wanted = true
    const missing = [chosen, earlier].filter((number) => number !== undefined && !contents.has(number))
    void Promise.all(
      missing.map(async (number) => {
        const answer = await app.http.articles.revision(article.desk, article.id, number ?? 0)
        return answer.ok ? ([number ?? 0, answer.value] as const) : undefined
      }),
    ).then((loaded) => {
      const known = loaded.filter((one) => one !== undefined)
      if (wanted && known.length > 0) setContents((before) => new Map([...before, ...known]))
    })
    return () => {
      wanted = false
    }
  }, [app, article, chosen, earlier, contents])

  const after = contents.get(chosen)
  const before = earlier === undefined ? nothing : contents.get(earlier)
  return (
    <Dialog title={words('article.versionsTitle')} wide onClose={onClose}>
      <div class="article-history">
        <ol class="revisions" aria-label={words('article.versions')}>
          {revisions.map(({ number, act, at: when, by }, place) => (
            <li key={number}>
              <button
                type="button"
                aria-pressed={number === chosen}
                {...(place === 0 && { 'data-first': true })}
                onClick={() => setChosen(number)}
              >
                <span>{words(`article.act.${act}`)}</span>
                <small>
                  {momentWords(Date.parse(when), app.clock.now.peek(), app.zoneOf(article.desk), words)}
                  {by && ` · ${by}`}
                </small>
              </button>
            </li>
          ))}
        </ol>
        <div class="revision-shown">
          {earlier === undefined && <p class="muted">{words('article.firstVersion')}</p>}
          {before && after ? <ContentDifferences before={before} after={after} /> : <Skeleton lines={4} />}
          {at > 0 && (
            <button type="button" class="button" onClick={() => onRestore(chosen)}>
              {words(article.stage === 'published' ? 'article.restorePublish' : 'article.restore')}
            </button>
          )}
        </div>
      </div>
    </Dialog>
  )
}
