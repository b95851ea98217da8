// biome-ignore-all lint/a11y/noRedundantRoles: on a narrow screen the rows are not laid out as a table, and browsers would forget that they are one
import type { ArticleUse } from '../../engine/wireReport.ts'
import { titleOf } from '../logic/articleList.ts'
import { decimalWords } from '../logic/decimalWords.ts'
import { hashOf } from '../state/router.ts'
import { useApp, useWords } from './context.ts'

const columns = [
  ['offered', 'report.offered'],
  ['opened', 'report.opened'],
  ['helped', 'report.helpedShort'],
  ['notHelped', 'report.notHelped'],
  ['toPerson', 'report.thenPerson'],
] as const

/** Which articles answer for the desk, and which do not. */
export function ArticleTable({ articles }: { articles: readonly ArticleUse[] }) {
  const app = useApp()
  const words = useWords()
  const language = app.preferences.language.value
  return (
    <section class="report-block article-use" aria-label={words('report.articles')}>
      <h2>{words('report.articles')}</h2>
      <p class="muted">{words(articles.length === 0 ? 'report.noArticles' : 'report.articlesLead')}</p>
      {articles.length > 0 && (
        <table role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                {words('report.article')}
              </th>
              {columns.map(([column, name]) => (
                <th key={column} scope="col" role="columnheader">
                  {words(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {articles.map((article) => (
              <tr role="row" key={`${article.desk}/${article.id}`}>
                <th scope="row" role="rowheader">
                  <a href={hashOf({ name: 'article', desk: article.desk, id: article.id })}>
                    {titleOf(article, language) ?? article.id}
                  </a>
                </th>
                {columns.map(([column, name]) => (
                  <td key={column} role="cell" data-name={words(name)}>
                    {decimalWords(article[column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
