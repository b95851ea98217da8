import { useEffect, useState } from 'preact/hooks'
import type { WireArticle } from '../../../engine/wireArticles.ts'
import type { Answer } from '../../http.ts'
import { hashOf } from '../../state/router.ts'
import { useApp, useWords } from '../context.ts'
import { EmptyState } from '../EmptyState.tsx'
import { Skeleton } from '../Skeleton.tsx'
import { ArticleEditor } from './ArticleEditor.tsx'
import { ArticlesFrame } from './ArticlesFrame.tsx'

type Props = { readonly desk: string; readonly id: string | undefined }

/** One article, or a new one, to be edited. */
export function ArticleScreen({ desk, id }: Props) {
  return (
    <ArticlesFrame>
      {id === undefined ? (
        <ArticleEditor key={`${desk}/`} desk={desk} article={undefined} />
      ) : (
        <LoadedArticle key={`${desk}/${id}`} desk={desk} id={id} />
      )}
    </ArticlesFrame>
  )
}

function LoadedArticle({ desk, id }: { desk: string; id: string }) {
  const app = useApp()
  const words = useWords()
  const [answer, setAnswer] = useState<Answer<WireArticle>>()
  useEffect(() => {
    void app.http.articles.one(desk, id).then(setAnswer)
  }, [app, desk, id])
  if (!answer) return <Skeleton lines={10} />
  if (!answer.ok)
    return (
      <EmptyState icon="book" title={app.refusalText(answer)}>
        <a class="button" href={hashOf({ name: 'articles' })}>
          {words('article.back')}
        </a>
      </EmptyState>
    )
  return <ArticleEditor desk={desk} article={answer.value} />
}
