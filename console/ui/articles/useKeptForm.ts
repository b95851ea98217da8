import { useState } from 'preact/hooks'
import { type ArticleForm, isForm } from '../../logic/articleForm.ts'
import { browserStore, readJson } from '../../store.ts'

type Kept = { readonly version: number; readonly form: ArticleForm } | undefined

/**
 * An article's words as they are typed: what was not saved survives leaving the screen and a reload, in this tab.
 * `version` is the one they were begun from.
 */
export function useKeptForm(place: string, saved: ArticleForm, version: number) {
  const store = browserStore(() => sessionStorage)
  const key = `article.${place}`
  const [kept] = useState<Kept>(() =>
    readJson(store, key, (value): value is Kept => isForm(value), undefined),
  )
  const [form, setForm] = useState(kept?.form ?? saved)
  const write = (next: ArticleForm, from: number) =>
    store.write(key, JSON.stringify({ version: from, form: next }))
  return {
    form,
    /** What was found of an earlier visit: the version it was begun from. */
    keptFrom: kept?.version,
    change(next: ArticleForm, from: number) {
      setForm(next)
      write(next, from)
    },
    /** The words are those of the server now. */
    settle(next: ArticleForm) {
      setForm(next)
      store.write(key, undefined)
    },
    version: kept?.version ?? version,
  }
}
