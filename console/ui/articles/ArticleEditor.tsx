import { useState } from 'preact/hooks'
import { sameContent } from '../../../engine/faq/articleContent.ts'
import { type Language, languages } from '../../../engine/language.ts'
import type { ArticleEditRequest, WireArticle } from '../../../engine/wireArticles.ts'
import type { Refused } from '../../http.ts'
import { contentOf, emptyForm, formOf, onlyChanged, type TextForm } from '../../logic/articleForm.ts'
import { titleOf } from '../../logic/articleList.ts'
import { momentWords } from '../../logic/dateWords.ts'
import { hashOf } from '../../state/router.ts'
import { ConfirmDialog } from '../ConfirmDialog.tsx'
import { useApp, useWords } from '../context.ts'
import { DeskSelect } from '../DeskSelect.tsx'
import { Icon } from '../Icon.tsx'
import { ArticleBadges } from './ArticleBadges.tsx'
import { DifferencesDialog } from './DifferencesDialog.tsx'
import { HistoryDialog } from './HistoryDialog.tsx'
import { LanguageEditor } from './LanguageEditor.tsx'
import { useKeptForm } from './useKeptForm.ts'

type Open = 'history' | 'shipped' | 'conflict' | 'draft' | 'unpublish' | 'discard' | 'delete' | undefined
type Conflict = { readonly text: string; readonly theirs: WireArticle }

/** What each act is confirmed with. */
const done = {
  save: 'article.saved',
  publish: 'article.published',
  unpublish: 'article.unpublished',
  discard: 'article.discarded',
  delete: 'article.deleted',
  restore: 'article.restored',
  takeShipped: 'article.tookShipped',
  dismissShipped: 'article.dismissedShipped',
} as const

const nothing = { kk: null, ru: null }
const copyOf = (article: WireArticle | undefined) => article?.draft ?? article?.published ?? nothing

/** Both languages of an article, what can be done with it, and how it stands. A new one without `article`. */
export function ArticleEditor({ desk, article: first }: { desk: string; article: WireArticle | undefined }) {
  const app = useApp()
  const words = useWords()
  const screen = app.preferences.language.value
  const [article, setArticle] = useState(first)
  const seed = app.articleSeed.peek()
  const begun = first ? copyOf(first) : seed?.desk === desk ? seed.content : nothing
  const kept = useKeptForm(`${desk}/${first?.id ?? ''}`, formOf(begun), first?.version ?? 0)
  const [base, setBase] = useState(kept.version)
  const [conflict, setConflict] = useState<Conflict>()
  const [fits, setFits] = useState(false)
  const [open, setOpen] = useState<Open>()
  const [busy, setBusy] = useState(false)
  const [tab, setTab] = useState<Language>(screen)
  const { form } = kept

  const content = contentOf(form)
  const saved = copyOf(article)
  const dirty = !sameContent(content, saved)
  const deleted = article?.stage === 'deleted'
  const lagging = article ? onlyChanged(saved, content) : undefined
  const close = () => setOpen(undefined)
  const now = app.clock.now.peek()
  const desks = app.ownDesks.value

  function change(language: Language, part: Partial<TextForm>) {
    kept.change({ ...form, [language]: { ...form[language], ...part } }, base)
  }

  function took(next: WireArticle, words?: 'keep') {
    setArticle(next)
    setBase(next.version)
    setConflict(undefined)
    setFits(false)
    if (words !== 'keep') kept.settle(formOf(copyOf(next)))
  }

  async function failed(answer: Refused) {
    const text = app.refusalText(answer)
    if (answer.refusal?.key.startsWith('refusal.article.changed') && article) {
      const theirs = await app.http.articles.one(desk, article.id)
      if (theirs.ok) {
        setConflict({ text, theirs: theirs.value })
        return
      }
    }
    app.toasts.show({ tone: 'danger', text })
  }

  async function act(request: ArticleEditRequest) {
    if (!article || busy) return
    setBusy(true)
    close()
    const answer = await app.http.articles.edit(desk, article.id, request)
    setBusy(false)
    if (!answer.ok) return failed(answer)
    took(answer.value)
    app.toasts.show({ tone: 'good', text: words(done[request.act]) })
  }

  async function put(publish: boolean) {
    const translationFits = fits && lagging !== undefined
    if (article) return act({ act: publish ? 'publish' : 'save', version: base, content, translationFits })
    if (busy) return
    setBusy(true)
    const questions = seed?.desk === desk ? seed.questions : undefined
    const answer = await app.http.articles.create(desk, { content, publish, ...(questions && { questions }) })
    setBusy(false)
    if (!answer.ok) return failed(answer)
    kept.settle(emptyForm)
    app.articleSeed.value = undefined
    app.toasts.show({ tone: 'good', text: words(done[publish ? 'publish' : 'save']) })
    app.router.go({ name: 'article', desk, id: answer.value.id })
  }

  const version = base
  const row = article
  const overwritten = kept.keptFrom !== undefined && article && kept.keptFrom < article.version && !conflict
  return (
    <>
      <a class="article-back" href={hashOf({ name: 'articles' })}>
        <Icon name="back" size={16} />
        {words('article.back')}
      </a>
      <div class="article-head">
        <div>
          <h1>{(row && titleOf(row, screen)) ?? words(row ? 'articles.untitled' : 'article.newTitle')}</h1>
          {row && (
            <p class="article-state">
              <ArticleBadges row={row} whole />
              <span class="muted">
                {words('articles.updated', {
                  when: momentWords(Date.parse(row.updatedAt), now, app.zoneOf(desk), words),
                  name: row.updatedBy ?? words('articles.byProduct'),
                })}
              </span>
            </p>
          )}
          {!row && (
            <DeskSelect
              label={words('articles.desk')}
              desks={desks}
              value={desk}
              onChange={(chosen) => app.router.go({ name: 'article', desk: chosen })}
            />
          )}
        </div>
        <div class="article-actions">
          {row && (
            <button type="button" class="button" onClick={() => setOpen('history')}>
              <Icon name="clock" size={17} />
              {words('article.history')}
            </button>
          )}
          {row?.published && (row.drafted || dirty) && (
            <button type="button" class="button" onClick={() => setOpen('draft')}>
              {words('article.compare')}
            </button>
          )}
          {row?.drafted && (
            <button type="button" class="button" disabled={busy} onClick={() => setOpen('discard')}>
              {words('article.discard')}
            </button>
          )}
          {row?.stage === 'published' && (
            <button type="button" class="button danger" disabled={busy} onClick={() => setOpen('unpublish')}>
              {words('article.unpublish')}
            </button>
          )}
          {row && row.stage !== 'published' && !deleted && (
            <button type="button" class="button danger" disabled={busy} onClick={() => setOpen('delete')}>
              {words('article.delete')}
            </button>
          )}
          {!deleted && (
            <>
              <button type="button" class="button" disabled={busy || !dirty} onClick={() => void put(false)}>
                {words('article.save')}
              </button>
              <button
                type="button"
                class="button primary"
                disabled={busy || (row?.stage === 'published' && !dirty && !row.drafted)}
                onClick={() => void put(true)}
              >
                {words('article.publish')}
              </button>
            </>
          )}
        </div>
      </div>
      {row?.shipped && !deleted && (
        <div class="notice article-notice">
          <p>{words('article.shippedNewer')}</p>
          <button type="button" class="button small" onClick={() => setOpen('shipped')}>
            {words('article.conflictCompare')}
          </button>
        </div>
      )}
      {conflict && (
        <div class="notice warning article-notice" role="alert">
          <p>{conflict.text}</p>
          <button type="button" class="button small" onClick={() => setOpen('conflict')}>
            {words('article.conflictCompare')}
          </button>
        </div>
      )}
      {dirty && !conflict && (
        <div class="notice article-notice" role="status">
          <p>{words(overwritten || kept.keptFrom !== undefined ? 'article.kept' : 'article.unsaved')}</p>
          <button type="button" class="button small" onClick={() => kept.settle(formOf(saved))}>
            {words('article.forget')}
          </button>
        </div>
      )}
      {lagging && (
        <label class="article-fits">
          <input type="checkbox" checked={fits} onChange={(event) => setFits(event.currentTarget.checked)} />
          {words('article.fits')}
        </label>
      )}
      <fieldset class="segments language-tabs" aria-label={words('article.languages')}>
        {languages.map((language) => (
          <button
            key={language}
            type="button"
            aria-pressed={tab === language}
            onClick={() => setTab(language)}
          >
            {words(`article.${language}`)}
          </button>
        ))}
      </fieldset>
      <div class="article-languages" data-tab={tab}>
        {languages.map((language) => (
          <LanguageEditor
            key={language}
            language={language}
            text={form[language]}
            disabled={busy || deleted}
            onChange={(part) => change(language, part)}
          />
        ))}
      </div>
      {open === 'history' && row && (
        <HistoryDialog
          article={row}
          onRestore={(revision) => void act({ act: 'restore', version: row.version, revision })}
          onClose={close}
        />
      )}
      {open === 'shipped' && row?.shipped && (
        <DifferencesDialog
          title={words('article.shippedTitle')}
          before={saved}
          after={row.shipped}
          onClose={close}
        >
          <button type="button" class="button" onClick={() => void act({ act: 'dismissShipped', version })}>
            {words('article.dismissShipped')}
          </button>
          <button
            type="button"
            class="button primary"
            onClick={() => void act({ act: 'takeShipped', version })}
          >
            {words('article.takeShipped')}
          </button>
        </DifferencesDialog>
      )}
      {open === 'conflict' && conflict && (
        <DifferencesDialog
          title={words('article.conflictTitle')}
          before={copyOf(conflict.theirs)}
          after={content}
          onClose={close}
        >
          <button
            type="button"
            class="button"
            onClick={() => {
              took(conflict.theirs)
              close()
            }}
          >
            {words('article.conflictTheirs')}
          </button>
          <button
            type="button"
            class="button primary"
            onClick={() => {
              took(conflict.theirs, 'keep')
              kept.change(form, conflict.theirs.version)
              close()
              app.toasts.show({ tone: 'plain', text: words('article.mineKept') })
            }}
          >
            {words('article.conflictMine')}
          </button>
        </DifferencesDialog>
      )}
      {open === 'draft' && row?.published && (
        <DifferencesDialog
          title={words('article.draftTitle')}
          before={row.published}
          after={content}
          onClose={close}
        />
      )}
      {(open === 'unpublish' || open === 'discard' || open === 'delete') && (
        <ConfirmDialog
          title={words(`article.${open}Ask`)}
          text={words(`article.${open}Text`)}
          confirm={words(`article.${open}`)}
          onConfirm={() => void act({ act: open, version })}
          onClose={close}
        />
      )}
    </>
  )
}
