import { signal } from '@preact/signals'

const sections = [
  'team',
  'report',
  'due',
  'contracts',
  'calendar',
  'articles',
  'questions',
  'escalation',
] as const
/** A screen beside the queue. */
type Section = (typeof sections)[number]

export type Route =
  | { readonly name: 'queue' }
  | { readonly name: 'conversation'; readonly id: string; readonly about: boolean }
  | { readonly name: Section }
  /** Without an id: a new one. */
  | { readonly name: 'article'; readonly desk: string; readonly id?: string }
  | { readonly name: 'invitation'; readonly token: string }

/** The screen that the part of the address after `#` names; anything unknown is the queue. */
export function routeOf(hash: string): Route {
  const [, name, value, rest] = hash.replace(/^#/, '').split('/')
  if (name === 'articles' && value) {
    const [desk = '', id] = [value, rest].map((part) => part && decodeURIComponent(part))
    return { name: 'article', desk, ...(id && { id }) }
  }
  const section = sections.find((each) => each === name)
  if (section) return { name: section }
  if (name === 'invitation' && value) return { name: 'invitation', token: value }
  if (name === 'conversation' && value) return { name: 'conversation', id: value, about: rest === 'about' }
  return { name: 'queue' }
}

/** The address of a screen, to follow or to share with a colleague. */
export function hashOf(route: Route): string {
  if (route.name === 'queue') return '#/'
  if (route.name === 'article')
    return `#/articles/${[route.desk, route.id ?? ''].filter(Boolean).map(encodeURIComponent).join('/')}`
  if (route.name === 'invitation') return `#/invitation/${route.token}`
  if (route.name === 'conversation') return `#/conversation/${route.id}${route.about ? '/about' : ''}`
  return `#/${route.name}`
}

/** Follows the browser's address; back and forward work between screens. */
export function createRouter(page: Window) {
  const route = signal<Route>(routeOf(page.location.hash))
  page.addEventListener('hashchange', () => {
    route.value = routeOf(page.location.hash)
  })
  return {
    route,
    go: (to: Route) => {
      page.location.hash = hashOf(to)
    },
    /** Goes without a step in the history. */
    replace: (to: Route) => {
      page.history.replaceState(null, '', hashOf(to))
      route.value = to
    },
  }
}
