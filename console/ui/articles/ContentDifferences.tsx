import type { ArticleContent } from '../../../engine/faq/articleContent.ts'
import { languages } from '../../../engine/language.ts'
import { listDifferences, type Piece, textDifferences } from '../../logic/textDifferences.ts'
import { useWords } from '../context.ts'

type Props = { readonly before: ArticleContent; readonly after: ArticleContent }

/** How two contents of an article differ, to be read like a corrected page. */
export function ContentDifferences({ before, after }: Props) {
  const words = useWords()
  const parts = languages.map((language) => {
    const one = before[language]
    const two = after[language]
    const texts = [
      ['title', textDifferences(one?.title ?? '', two?.title ?? '')],
      ['body', textDifferences(one?.body ?? '', two?.body ?? '')],
    ] as const
    return {
      language,
      texts: texts.filter(([, pieces]) => pieces.some(({ kind }) => kind !== 'same')),
      phrasings: listDifferences(one?.phrasings ?? [], two?.phrasings ?? []),
    }
  })
  const differing = parts.filter(({ texts, phrasings }) => texts.length + phrasings.length > 0)
  if (differing.length === 0) return <p class="muted">{words('article.same')}</p>
  return (
    <div class="differences">
      {differing.map(({ language, texts, phrasings }) => (
        <section key={language} lang={language}>
          <h3>{words(`article.${language}`)}</h3>
          {texts.map(([part, pieces]) => (
            <p key={part} class={part === 'title' ? 'difference title' : 'difference'}>
              <Pieces pieces={pieces} />
            </p>
          ))}
          {phrasings.length > 0 && (
            <ul class="difference">
              {phrasings.map((piece) => (
                <li key={piece.kind + piece.text}>
                  <Pieces pieces={[piece]} />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  )
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  const words = useWords()
  return (
    <>
      {pieces.map(({ kind, text }, at) =>
        kind === 'same' ? (
          text
        ) : kind === 'removed' ? (
          <del key={at} title={words('article.removed')}>
            {text}
          </del>
        ) : (
          <ins key={at} title={words('article.added')}>
            {text}
          </ins>
        ),
      )}
    </>
  )
}
