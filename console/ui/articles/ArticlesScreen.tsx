import { useEffect, useState } from 'preact/hooks'
import type { WireArticleRow } from '../../../engine/wireArticles.ts'
import type { Answer } from '../../http.ts'
import { type ArticleFilter, articleFilters, articlesShown, fits, titleOf } from '../../logic/articleList.ts'
import { momentWords } from '../../logic/dateWords.ts'
import { hashOf } from '../../state/router.ts'
import { Awaited } from '../Awaited.tsx'
import { useApp, useWords } from '../context.ts'
import { DeskSelect } from '../DeskSelect.tsx'
import { EmptyState } from '../EmptyState.tsx'
import { Icon } from '../Icon.tsx'
import { ArticleBadges } from './ArticleBadges.tsx'
import { ArticlesFrame } from './ArticlesFrame.tsx'

/** All articles of the supervisor's desks. */
export function ArticlesScreen() {
  return (
    <ArticlesFrame tab="articles">
      <ArticleList />
    </ArticlesFrame>
  )
}

function ArticleList() {
  const app = useApp()
  const words = useWords()
  const language = app.preferences.language.value
  const [answer, setAnswer] = useState<Answer<readonly WireArticleRow[]>>()
  const { articleWish } = app
  const wish = articleWish.value
  const load = () => void app.http.articles.list().then(setAnswer)
  useEffect(load, [app])
  const desks = app.ownDesks.value
  const rows = answer?.ok ? answer.value : []
  const ofDesk = rows.filter(({ desk }) => wish.desk === '' || desk === wish.desk)
  const shown = articlesShown(rows, wish, language)
  const newIn = wish.desk || desks[0]?.id || ''
  return (
    <>
      <div class="report-head">
        <h1>{words('articles.title')}</h1>
        <a class="button primary" href={hashOf({ name: 'article', desk: newIn })}>
          <Icon name="plus" size={17} />
          {words('articles.new')}
        </a>
      </div>
      <div class="article-filters">
        <label class="search">
          <Icon name="search" size={16} />
          <span class="unseen">{words('articles.search')}</span>
          <input
            type="search"
            value={wish.words}
            placeholder={words('articles.search')}
            onInput={(event) => {
              articleWish.value = { ...wish, words: event.currentTarget.value }
            }}
          />
        </label>
        <DeskSelect
          label={words('articles.desk')}
          desks={desks}
          value={wish.desk}
          all={words('articles.allDesks')}
          onChange={(chosen) => {
            articleWish.value = { ...wish, desk: chosen }
          }}
        />
        <fieldset class="filter-chips" aria-label={words('articles.filters')}>
          {articleFilters.map((filter) => (
            <FilterChip
              key={filter}
              filter={filter}
              count={ofDesk.filter((row) => fits(row, filter)).length}
              chosen={wish.filter === filter}
              onChoose={() => {
                articleWish.value = { ...wish, filter }
              }}
            />
          ))}
        </fieldset>
      </div>
      <Awaited answer={answer} lines={8} onAgain={load} />
      {answer?.ok && shown.length === 0 && (
        <EmptyState icon="book" title={words(rows.length === 0 ? 'articles.noneYet' : 'articles.none')} />
      )}
      {shown.length > 0 && (
        <ul class="article-list">
          {shown.map((row) => (
            <li key={`${row.desk}/${row.id}`}>
              <a href={hashOf({ name: 'article', desk: row.desk, id: row.id })}>
                <strong>{titleOf(row, language) ?? words('articles.untitled')}</strong>
                <ArticleBadges row={row} />
                <small>
                  {desks.length > 1 && wish.desk === '' && (
                    <span>{app.shortDeskNames.value.get(row.desk) ?? row.desk}</span>
                  )}
                  <span>{words('articles.phrasings', { count: row.phrasings })}</span>
                  <span>
                    {words('articles.updated', {
                      when: momentWords(
                        Date.parse(row.updatedAt),
                        app.clock.now.peek(),
                        app.zoneOf(row.desk),
                        words,
                      ),
                      name: row.updatedBy ?? words('articles.byProduct'),
                    })}
                  </span>
                </small>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

type ChipProps = {
  readonly filter: ArticleFilter
  readonly count: number
  readonly chosen: boolean
  readonly onChoose: () => void
}

/** A filter with how many it shows; one that shows nothing is left out. */
function FilterChip({ filter, count, chosen, onChoose }: ChipProps) {
  const words = useWords()
  if (count === 0 && !chosen && filter !== 'all') return null
  return (
    <button type="button" class="chip" aria-pressed={chosen} onClick={onChoose}>
      {words(`articles.filter.${filter}`)} <span class="count">{count}</span>
    </button>
  )
}
