import type { ArticleContent } from '../engine/faq/articleContent.ts'
import type { Language } from '../engine/language.ts'
import type {
  ArticleEditRequest,
  LearnRequest,
  NewArticleRequest,
  QuestionRef,
  SettleRequest,
  WireArticle,
  WireArticleChoices,
  WireArticleRow,
  WireExcerpt,
  WireQuestionGroup,
} from '../engine/wireArticles.ts'
import type { Answer } from './http.ts'

type Call = <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>

const of = (...parts: readonly (string | number)[]) =>
  `/api/console/${parts.map((part) => encodeURIComponent(part)).join('/')}`

/** The calls about articles and the questions that none answered. */
export const articleCalls = (call: Call) => ({
  list: () => call<readonly WireArticleRow[]>('GET', of('articles')),
  one: (desk: string, id: string) => call<WireArticle>('GET', of('articles', desk, id)),
  revision: (desk: string, id: string, number: number) =>
    call<ArticleContent>('GET', of('articles', desk, id, 'revisions', number)),
  create: (desk: string, request: NewArticleRequest) =>
    call<WireArticle>('POST', of('articles', desk), request),
  edit: (desk: string, id: string, request: ArticleEditRequest) =>
    call<WireArticle>('POST', of('articles', desk, id), request),
  questions: (desk: string, days: number) =>
    call<readonly WireQuestionGroup[]>('GET', `${of('questions', desk)}?days=${days}`),
  learn: (desk: string, request: LearnRequest) =>
    call<WireArticle>('POST', of('questions', desk, 'learn'), request),
  settle: (desk: string, request: SettleRequest) =>
    call<void>('POST', of('questions', desk, 'settle'), request),
  excerpt: (desk: string, { conversationId, id }: QuestionRef) =>
    call<WireExcerpt>('GET', of('questions', desk, conversationId, id)),
  choices: (desk: string, words: string, language: Language) =>
    call<WireArticleChoices>(
      'GET',
      `${of('desks', desk, 'articles')}?${new URLSearchParams({ q: words, lang: language })}`,
    ),
})
