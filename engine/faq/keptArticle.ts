import { type Language, languages } from '../language.ts'
import {
  type ArticleContent,
  canonical,
  otherLanguage,
  readsTheSame,
  sameContent,
  tidyContent,
  type Unfinished,
  unfinished,
  withPhrasing,
} from './articleContent.ts'

/** `draft`: was never in force; `unpublished`: was taken out of force; `deleted`: hidden, and can be brought back. */
export const articleStages = ['draft', 'published', 'unpublished', 'deleted'] as const
export type ArticleStage = (typeof articleStages)[number]

/** What was done to an article, as its history tells it. */
export const articleActs = [
  'shipped',
  'upgraded',
  'withdrawn',
  'saved',
  'published',
  'unpublished',
  'discarded',
  'deleted',
  'restored',
  'tookShipped',
  'dismissedShipped',
  'learned',
] as const
export type ArticleAct = (typeof articleActs)[number]

/** An article as the desk keeps it: what is in force, what is being written, and how it stands to the shipped text. */
export type KeptArticle = {
  readonly desk: string
  readonly id: string
  /** Raised by every change: who changes an article names the version that they saw. */
  readonly version: number
  readonly stage: ArticleStage
  /** In force; null unless published. */
  readonly published: ArticleContent | null
  /** Being written; never null unless published. */
  readonly draft: ArticleContent | null
  /** The version in which each language's title or body last changed: equal when they say the same. */
  readonly changedIn: Readonly<Record<Language, number>>
  /** The shipped text the article was last taken from, or that was dismissed; null for one made in the console. */
  readonly shippedHash: string | null
  /** Whether people have changed the words since: then it no longer follows the files. */
  readonly edited: boolean
  /** A newer shipped text, waiting to be compared. */
  readonly shipped: ArticleContent | null
}

/** What a person does to an article. */
export type ArticleEdit =
  | { readonly act: 'save' | 'publish'; readonly content: ArticleContent; readonly translationFits?: boolean }
  | { readonly act: 'restore'; readonly content: ArticleContent }
  | { readonly act: 'unpublish' | 'discard' | 'delete' }
  /** `hash` is that of the shipped text which waits. */
  | { readonly act: 'takeShipped' | 'dismissShipped'; readonly hash: string }
  | { readonly act: 'learn'; readonly language: Language; readonly phrasing: string }

export type Edited =
  | { readonly ok: true; readonly article: KeptArticle; readonly act: ArticleAct }
  /** `outOfPlace`: the article is not in a stage for that. */
  | { readonly ok: false; readonly why: 'outOfPlace' | Unfinished }

/** What people see and go on with: the draft, else what is in force. */
export const workingCopy = ({ draft, published }: KeptArticle): ArticleContent => {
  const content = draft ?? published
  if (!content) throw new Error('an article has neither a draft nor a published text')
  return content
}

/** The language that nobody has written yet. */
export function missingLanguage(article: KeptArticle): Language | undefined {
  const content = workingCopy(article)
  return languages.find((language) => content[language] === null)
}

/** The language whose text is behind the other one's. */
export function olderLanguage(article: KeptArticle): Language | undefined {
  if (missingLanguage(article)) return undefined
  const { kk, ru } = article.changedIn
  return kk === ru ? undefined : kk < ru ? 'kk' : 'ru'
}

/**
 * When each language changed. A text that is written anew, or that was behind and is changed alone, catches up with
 * the other; `fits` says that both say the same.
 */
function changes(before: KeptArticle, content: ArticleContent, fits: boolean): KeptArticle['changedIn'] {
  const now = before.version + 1
  const former = workingCopy(before)
  const changed = languages.filter((language) => !readsTheSame(former, content, language))
  const { changedIn } = before
  if (fits || changed.length === 2) return { kk: now, ru: now }
  const [language] = changed
  if (!language) return changedIn
  const other = otherLanguage(language)
  const catchesUp = former[language] === null || olderLanguage(before) === language
  return { ...changedIn, [language]: catchesUp ? changedIn[other] : now }
}

/** Puts a content in its place: in force, or as the draft. */
function put(before: KeptArticle, content: ArticleContent, inForce: boolean, fits = false) {
  const article: KeptArticle = {
    ...before,
    version: before.version + 1,
    stage: inForce ? 'published' : before.stage === 'deleted' ? 'unpublished' : before.stage,
    published: inForce ? content : before.published,
    draft: inForce || sameContent(content, before.published) ? null : content,
    changedIn: changes(before, content, fits),
    edited: before.edited || !sameContent(content, workingCopy(before)),
  }
  return article
}

/** What an edit makes of an article, or why it is not in place. Pure; the words are tidied. */
export function editArticle(before: KeptArticle, edit: ArticleEdit): Edited {
  const next = (article: KeptArticle, act: ArticleAct): Edited => ({ ok: true, article, act })
  const raised = { ...before, version: before.version + 1 }
  const outOfPlace: Edited = { ok: false, why: 'outOfPlace' }
  switch (edit.act) {
    case 'save':
    case 'publish': {
      if (before.stage === 'deleted') return outOfPlace
      const content = tidyContent(edit.content)
      const inForce = edit.act === 'publish'
      const why = inForce ? unfinished(content) : content.kk || content.ru ? undefined : 'empty'
      if (why) return { ok: false, why }
      return next(
        put(before, content, inForce, edit.translationFits ?? false),
        inForce ? 'published' : 'saved',
      )
    }
    case 'restore': {
      const content = tidyContent(edit.content)
      const inForce = before.stage === 'published' && unfinished(content) === undefined
      return next(put(before, content, inForce), 'restored')
    }
    case 'unpublish':
      if (before.stage !== 'published') return outOfPlace
      return next(
        { ...raised, stage: 'unpublished', published: null, draft: workingCopy(before) },
        'unpublished',
      )
    case 'discard': {
      if (before.published === null || before.draft === null) return outOfPlace
      const { published } = before
      const changedIn = changes(before, published, false)
      return next({ ...raised, draft: null, changedIn }, 'discarded')
    }
    case 'delete':
      if (before.stage === 'published' || before.stage === 'deleted') return outOfPlace
      return next({ ...raised, stage: 'deleted', draft: workingCopy(before) }, 'deleted')
    case 'takeShipped': {
      if (before.shipped === null || before.stage === 'deleted') return outOfPlace
      const taken = put(before, before.shipped, before.stage === 'published', true)
      return next({ ...taken, edited: false, shipped: null, shippedHash: edit.hash }, 'tookShipped')
    }
    case 'dismissShipped':
      return before.shipped === null
        ? outOfPlace
        : next({ ...raised, shipped: null, shippedHash: edit.hash }, 'dismissedShipped')
    case 'learn': {
      if (before.stage === 'deleted') return outOfPlace
      const learn = (content: ArticleContent | null) =>
        content && tidyContent(withPhrasing(content, edit.language, edit.phrasing))
      return next(
        { ...raised, published: learn(before.published), draft: learn(before.draft), edited: true },
        'learned',
      )
    }
  }
}

/** A new article that somebody begins in the console. */
export const newArticle = (desk: string, id: string, content: ArticleContent): KeptArticle => ({
  desk,
  id,
  version: 1,
  stage: 'draft',
  published: null,
  draft: tidyContent(content),
  changedIn: { kk: 1, ru: 1 },
  shippedHash: null,
  edited: true,
  shipped: null,
})

/** A text that came with the product, and the hash it is known by. */
export type ShippedText = { readonly content: ArticleContent; readonly hash: string }

/** An article that comes with the product for the first time: it is in force. */
export const shippedArticle = (desk: string, id: string, { content, hash }: ShippedText): KeptArticle => ({
  ...newArticle(desk, id, content),
  stage: 'published',
  published: tidyContent(content),
  draft: null,
  shippedHash: hash,
  edited: false,
})

/** What a hash is replaced by when the product no longer ships the article. */
const withdrawnHash = ''

/**
 * What the files of this version make of an article (undefined: nothing). One that nobody has edited follows them, and
 * stays unpublished if it was; an edited one is kept, and the newer text waits beside it. A file that is gone takes
 * the article it brought out of force, unless it was edited.
 */
export function followShipped(
  before: KeptArticle,
  shipped: ShippedText | undefined,
): { readonly article: KeptArticle; readonly act: ArticleAct | undefined } | undefined {
  const raised = { ...before, version: before.version + 1 }
  if (!shipped) {
    const follows = before.shippedHash !== null && before.shippedHash !== withdrawnHash && !before.edited
    if (!follows || before.stage !== 'published' || before.draft) return undefined
    return {
      article: {
        ...raised,
        stage: 'unpublished',
        published: null,
        draft: before.published,
        shippedHash: withdrawnHash,
      },
      act: 'withdrawn',
    }
  }
  const { hash } = shipped
  const content = tidyContent(shipped.content)
  if (before.shippedHash === hash)
    return before.shipped ? { article: { ...raised, shipped: null }, act: undefined } : undefined
  if (sameContent(content, workingCopy(before)) && before.shippedHash !== withdrawnHash)
    return { article: { ...raised, shippedHash: hash, shipped: null, edited: false }, act: undefined }
  if (before.edited || (before.draft && before.published)) {
    if (before.shipped && canonical(before.shipped) === canonical(content)) return undefined
    return { article: { ...raised, shipped: content }, act: undefined }
  }
  if (before.stage === 'deleted')
    return { article: { ...raised, draft: content, shippedHash: hash }, act: undefined }
  const inForce = before.stage === 'published' || before.shippedHash === withdrawnHash
  const followed = put(before, content, inForce, true)
  return { article: { ...followed, edited: false, shippedHash: hash }, act: 'upgraded' }
}
