import { computed, effect, signal, untracked } from '@preact/signals'
import type { ArticleContent } from '../../engine/faq/articleContent.ts'
import type { PresenceChoice } from '../../engine/presence.ts'
import type { WireRefusal } from '../../engine/wire.ts'
import type { QuestionRef } from '../../engine/wireArticles.ts'
import type { OperatorAction, WireDesk, WireOperator } from '../../engine/wireConsole.ts'
import { createHttp } from '../http.ts'
import type { ArticleFilter } from '../logic/articleList.ts'
import { loadsOf } from '../logic/loads.ts'
import { permitted } from '../logic/permitted.ts'
import { shortNames } from '../logic/shortNames.ts'
import { newId } from '../newId.ts'
import { browserStore } from '../store.ts'
import { type ConsoleKey, loadWords, type Words } from '../words.ts'
import { createActs, isSpoken } from './acts.ts'
import { createAlerts } from './alerts.ts'
import { createClock } from './clock.ts'
import { createDrafts } from './drafts.ts'
import { createHandRequest } from './handRequest.ts'
import { connectLive, type Live } from './live.ts'
import { createNews } from './news.ts'
import { createBeep } from './notices.ts'
import type { createPreferences } from './preferences.ts'
import { createQueue } from './queue.ts'
import { createRouter } from './router.ts'
import { createThreads } from './thread.ts'
import { createToasts } from './toasts.ts'
import { createUploads } from './uploads.ts'

export type Session =
  | { readonly status: 'checking' }
  | { readonly status: 'unreachable' }
  /** `ended`: the session was closed from elsewhere, not by this person here. */
  | { readonly status: 'signedOut'; readonly notice?: 'left' | 'ended' }
  | { readonly status: 'signedIn' }

export type DialogName =
  | 'help'
  | 'transfer'
  | 'ask'
  | 'askMissing'
  | 'offerSolution'
  | 'closeUnanswered'
  | 'article'
  | 'resolve'
  | 'decline'
  | 'postpone'
  | 'passOn'
  | 'move'
  | 'warn'
  | 'end'
  | 'contract'
  | 'handRequest'
export type NewAct = OperatorAction extends infer A
  ? A extends OperatorAction
    ? Omit<A, 'id' | 'conversationId'>
    : never
  : never

export type ArticleSeed = {
  readonly desk: string
  readonly content: ArticleContent
  readonly questions: readonly QuestionRef[]
}

export type App = ReturnType<typeof createApp>

/** What a server's answer may say; undefined: none came. */
type Answered = { readonly ok: boolean; readonly refusal?: WireRefusal } | undefined

const defaultZone = 'Asia/Almaty'

/** What an act is confirmed with, where nothing else shows that it was done. */
const toastOf: Partial<Record<OperatorAction['type'], ConsoleKey>> = {
  resolved: 'toast.resolved',
  closedUnanswered: 'toast.resolved',
  transferred: 'toast.transferred',
  movedToDesk: 'toast.movedToDesk',
  declined: 'toast.declined',
  postponed: 'toast.postponed',
  passedOn: 'toast.passedOn',
  ended: 'toast.ended',
}

/** The whole console apart from its looks: state in signals, and what can be done with it. */
export function createApp(firstWords: Words, preferences: ReturnType<typeof createPreferences>) {
  const store = browserStore(() => localStorage)
  const words = signal(firstWords)
  const session = signal<Session>({ status: 'checking' })
  const link = signal<'connecting' | 'online' | 'lost'>('connecting')
  const me = signal<WireOperator | undefined>(undefined)
  const operators = signal<readonly WireOperator[]>([])
  const desks = signal<readonly WireDesk[]>([])
  const allDesks = signal<readonly { id: string; name: string }[]>([])
  const ownDesks = computed(() => desks.value.filter(({ id }) => me.value?.desks.includes(id)))
  const shortDeskNames = computed(() => {
    const short = shortNames(desks.value.map(({ name }) => name))
    return new Map(
      desks.value.map(({ id, name, shortName }, place) => [id, shortName ?? short[place] ?? name]),
    )
  })
  const maxFileBytes = signal(10 * 1_048_576)
  const sendsMail = signal(false)
  const dialog = signal<DialogName | undefined>(undefined)
  /** Whether the menu of rarer acts is open. */
  const moreShown = signal(false)
  /** Where the keyboard is to go: the search, or the composer of a conversation as soon as it can be written in. */
  const focusWish = signal<'search' | { readonly composerOf: string } | undefined>(undefined)
  /** What the list of articles shows. */
  const articleWish = signal<{ desk: string; filter: ArticleFilter; words: string }>({
    desk: '',
    filter: 'all',
    words: '',
  })
  /** What a new article begins with, when it is written for questions. */
  const articleSeed = signal<ArticleSeed | undefined>(undefined)
  /** What this operator has just chosen and the server has not yet told of. */
  const choosing = signal<PresenceChoice | undefined>(undefined)

  let live: Live | undefined
  const http = createHttp(() => preferences.language.value)
  const clock = createClock(Date.now)
  const router = createRouter(window)
  const toasts = createToasts()
  const drafts = createDrafts(store)
  const queue = createQueue(me)
  const threads = createThreads(
    () => live,
    () => words.value,
  )
  const uploads = createUploads(
    http,
    () => words.value,
    () => maxFileBytes.value,
  )
  const beep = createBeep()
  const tabStore = browserStore(() => sessionStorage)
  const acts = createActs(
    tabStore,
    () => live,
    (action, refusal) => {
      const now = threads.thread.value
      const shownThere = isSpoken(action) && now.status === 'open' && now.id === action.conversationId
      if (!shownThere)
        toasts.show({ tone: 'danger', text: refusal.text, conversationId: action.conversationId })
    },
    (action) => {
      if (action.type === 'took' || action.type === 'tookOver')
        focusWish.value = { composerOf: action.conversationId }
      const told = toastOf[action.type]
      if (told) toasts.show({ tone: 'good', text: words.value(told) })
    },
  )

  const refusalText = (answer: Answered) => answer?.refusal?.text ?? words.value('error.network')
  const showRefusal = (answer: Answered) => toasts.show({ tone: 'danger', text: refusalText(answer) })

  const openConversation = (id: string) => router.go({ name: 'conversation', id, about: false })

  const handRequest = createHandRequest({
    store: tabStore,
    http,
    uploads,
    language: () => preferences.language.value,
    refusalText,
    registered: ({ conversationId, number, repeated }, taken) => {
      if (dialog.value === 'handRequest') dialog.value = undefined
      const told = repeated ? 'toast.registeredBefore' : 'toast.registered'
      toasts.show({ tone: 'good', text: words.value(told, { number }) })
      if (taken) focusWish.value = { composerOf: conversationId }
      openConversation(conversationId)
    },
  })

  const news = createNews({
    me,
    words,
    rows: queue.rows,
    toasts,
    beep,
    isSoundOn: () => preferences.sound.value,
    isOpen: ({ conversationId }) => {
      const route = router.route.value
      return route.name === 'conversation' && route.id === conversationId
    },
    open: openConversation,
  })
  const alerts = createAlerts({
    me,
    words,
    rows: queue.rows,
    toasts,
    beep,
    isSoundOn: () => preferences.sound.value,
    open: openConversation,
    saw: (at) => live?.alertsSeen(at),
  })

  /**
   * Whether this operator is to be given conversations: shown at once, taken back when it is not stored. Nothing can be
   * chosen while there is no connection.
   */
  async function choosePresence(choice: PresenceChoice) {
    if (link.value !== 'online') return
    choosing.value = choice
    const answer = await live?.presence(choice).catch(() => undefined)
    if (choosing.value !== choice) return
    if (answer?.ok && me.value) {
      me.value = { ...me.value, presence: choice }
      toasts.show({ tone: 'plain', text: words.value(`presence.${choice}.chosen`), subject: 'presence' })
    } else {
      showRefusal(answer)
    }
    choosing.value = undefined
  }

  function forget() {
    live?.stop()
    live = undefined
    acts.pause()
    threads.close()
    queue.clear()
    alerts.clear()
    dialog.value = undefined
    moreShown.value = false
    me.value = undefined
  }

  /** What another person left unsent on this machine is not said in the name of the one who signed in now. */
  function ownBy(operator: WireOperator) {
    if (store.read('owner') !== operator.id) drafts.clear()
    if (tabStore.read('owner') !== operator.id) {
      acts.clear()
      handRequest.clear()
    }
    store.write('owner', operator.id)
    tabStore.write('owner', operator.id)
  }

  function connect() {
    live?.stop()
    link.value = 'connecting'
    live = connectLive(() => preferences.language.value, {
      hello: (hello) => {
        const first = !queue.loaded.value
        ownBy(hello.me)
        clock.set(hello.now)
        me.value = hello.me
        operators.value = hello.operators
        desks.value = hello.desks
        allDesks.value = hello.allDesks
        maxFileBytes.value = hello.maxFileBytes
        sendsMail.value = hello.sendsMail
        if (!first) news.announce(hello.rows)
        queue.load(hello.rows)
        alerts.load(hello.alerts, hello.alertsSeenAt)
        link.value = 'online'
        acts.resume()
        const route = router.route.value
        if (threads.thread.value.status !== 'none') threads.catchUp()
        else if (route.name === 'conversation') threads.open(route.id)
      },
      rows: (rows) => {
        news.announce(rows)
        queue.change(rows)
      },
      gone: (ids, toOtherDesk) => {
        queue.drop(ids)
        const route = router.route.value
        if (toOtherDesk && route.name === 'conversation' && ids.includes(route.id))
          router.replace({ name: 'queue' })
      },
      operators: (list) => {
        operators.value = list
        me.value = list.find((each) => each.id === me.value?.id) ?? me.value
      },
      messages: threads.received,
      detail: threads.detailed,
      marks: threads.marked,
      typing: threads.typing,
      alerts: alerts.arrived,
      alertsSeen: alerts.sawUpTo,
      signedOut: () => end('ended'),
      unauthorized: () => end('ended'),
      lost: () => {
        link.value = 'lost'
        acts.pause()
      },
    })
  }

  function end(notice: 'left' | 'ended') {
    forget()
    session.value = { status: 'signedOut', notice }
  }

  function signedIn() {
    session.value = { status: 'signedIn' }
    connect()
  }

  effect(() => {
    const now = threads.thread.value
    if (now.status === 'open')
      untracked(() => acts.arrived(new Set(now.messages.map((message) => message.eventId))))
  })
  effect(() => {
    const route = router.route.value
    if (session.value.status !== 'signedIn' || link.peek() === 'connecting') return
    untracked(() => {
      if (route.name === 'conversation') {
        queue.cursor.value = route.id
        threads.open(route.id)
      } else threads.close()
    })
  })

  const openRow = computed(() => {
    const now = threads.thread.value
    if (now.status === 'none') return undefined
    return queue.rows.value.get(now.id) ?? (now.status === 'open' ? now.detail.row : undefined)
  })
  const allowed = computed(() =>
    openRow.value && me.value
      ? permitted(openRow.value, me.value, allDesks.value.length)
      : new Set<OperatorAction['type']>(),
  )

  return {
    words,
    session,
    link,
    me,
    operators,
    desks,
    /** The desks that this operator works at: an administrator knows of others too. */
    ownDesks,
    /** Every desk there is, also those this operator does not serve. */
    allDesks,
    /** By desk id: what tells the desks' names apart. */
    shortDeskNames,
    dialog,
    moreShown,
    focusWish,
    /** What a screen reader says. */
    spoken: news.spoken,
    articleWish,
    articleSeed,
    preferences,
    http,
    clock,
    router,
    toasts,
    drafts,
    queue,
    threads,
    uploads,
    acts,
    handRequest,
    /** Whether people can be answered by e-mail. */
    sendsMail,
    openRow,
    allowed,
    alerts,
    beep,
    openConversation,
    loads: computed(() => loadsOf(queue.rows.value.values())),
    presence: computed(() => choosing.value ?? me.value?.presence ?? 'offline'),
    choosePresence,
    signedIn,
    /** Why the server did not do what was asked for, in words; or that it could not be reached. */
    refusalText,
    showRefusal,
    zoneOf: (desk: string) => desks.value.find((each) => each.id === desk)?.zone ?? defaultZone,
    /** Does something to the opened conversation; the server answers in its time. */
    act: (conversationId: string, act: NewAct) =>
      acts.put({ ...act, id: newId(), conversationId } as OperatorAction),
    /** Takes the conversation that is due first, and opens it. */
    takeNext: () => {
      const next = queue.next.value
      if (!next) return
      openConversation(next.conversationId)
      acts.put({ type: 'took', id: newId(), conversationId: next.conversationId })
    },
    typing: (conversationId: string) => live?.typing(conversationId),
    reveal: async (conversationId: string, field: string): Promise<string | undefined> => {
      const answer = await live?.reveal(conversationId, field).catch(() => undefined)
      if (answer?.ok) return answer.value
      showRefusal(answer)
      return undefined
    },
    /** Asks the server who is signed in; an invitation is read by whoever holds it, signed in or not. */
    check: async () => {
      session.value = { status: 'checking' }
      const answer = await http.me()
      if (answer.ok) {
        me.value = answer.value
        signedIn()
      } else session.value = { status: answer.status === 401 ? 'signedOut' : 'unreachable' }
    },
    signOut: async () => {
      await http.logout()
      acts.clear()
      handRequest.clear()
      drafts.clear()
      uploads.clear()
      end('left')
      router.replace({ name: 'queue' })
    },
    /** Another language for the screen: our own words at once, the server's as they come. */
    speak: async (language: 'kk' | 'ru') => {
      preferences.language.value = language
      const loaded = await loadWords(language)
      if (preferences.language.value !== language) return
      words.value = loaded
      live?.language()
      threads.reword()
    },
  }
}
