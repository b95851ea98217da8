import type { WireArticleRow } from '../../../engine/wireArticles.ts'
import { useWords } from '../context.ts'

/** What is to be known or done about an article. */
export function ArticleBadges({ row, whole = false }: { row: WireArticleRow; whole?: boolean }) {
  const words = useWords()
  return (
    <span class="article-badges">
      {(whole || row.stage !== 'published') && (
        <span class={`badge ${row.stage === 'published' ? 'kk' : row.stage === 'draft' ? '' : 'off'}`}>
          {words(`articles.badge.${row.stage}`)}
        </span>
      )}
      {row.drafted && <span class="badge urgent">{words('articles.badge.drafted')}</span>}
      {row.missing && <span class="badge urgent">{words(`articles.badge.missing.${row.missing}`)}</span>}
      {row.older && <span class="badge urgent">{words(`articles.badge.older.${row.older}`)}</span>}
      {row.shippedNewer && <span class="badge vip">{words('articles.badge.shipped')}</span>}
    </span>
  )
}
