import { say } from '../../locales/index.ts'
import kkArticles from '../../locales/kk/articles.json' with { type: 'json' }
import kkConsole from '../../locales/kk/console.json' with { type: 'json' }
import kkWidget from '../../locales/kk/widget.json' with { type: 'json' }
import ruArticles from '../../locales/ru/articles.json' with { type: 'json' }
import ruConsole from '../../locales/ru/console.json' with { type: 'json' }
import ruWidget from '../../locales/ru/widget.json' with { type: 'json' }
import { type KeyOf, type Translator, translatorOf } from '../../locales/translate.ts'

export type ConsoleWords = Translator<
  (KeyOf<typeof ruConsole> & KeyOf<typeof kkConsole>) | (KeyOf<typeof ruArticles> & KeyOf<typeof kkArticles>)
>
export type WidgetWords = Translator<KeyOf<typeof ruWidget> & KeyOf<typeof kkWidget>>

/** Everything the product says, by language: the tests look for words where a person would. */
export const wordsOf = {
  kk: {
    assistant: say.kk,
    widget: translatorOf('kk', kkWidget) as WidgetWords,
    console: translatorOf('kk', { ...kkConsole, ...kkArticles }) as ConsoleWords,
    chat: 'Онлайн көмекші',
  },
  ru: {
    assistant: say.ru,
    widget: translatorOf('ru', ruWidget) as WidgetWords,
    console: translatorOf('ru', { ...ruConsole, ...ruArticles }) as ConsoleWords,
    chat: 'Онлайн-помощник',
  },
} as const

export const bothLanguages = ['kk', 'ru'] as const
