export type Command =
  | 'next'
  | 'previous'
  | 'open'
  | 'take'
  | 'reply'
  | 'note'
  | 'ask'
  | 'solve'
  | 'article'
  | 'resolve'
  | 'transfer'
  | 'release'
  | 'more'
  | 'presence'
  | 'new'
  | 'search'
  | 'view1'
  | 'view2'
  | 'view3'
  | 'view4'
  | 'help'

/** The part of a KeyboardEvent that decides. */
export type KeyPress = {
  readonly code: string
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const byCode: Readonly<Record<string, Command>> = {
  KeyJ: 'next',
  ArrowDown: 'next',
  KeyK: 'previous',
  ArrowUp: 'previous',
  Enter: 'open',
  NumpadEnter: 'open',
  KeyT: 'take',
  KeyR: 'reply',
  KeyN: 'note',
  KeyI: 'ask',
  KeyS: 'solve',
  KeyA: 'article',
  KeyE: 'resolve',
  KeyX: 'transfer',
  KeyL: 'release',
  KeyM: 'more',
  KeyP: 'presence',
  KeyC: 'new',
  Slash: 'search',
  Digit1: 'view1',
  Digit2: 'view2',
  Digit3: 'view3',
  Digit4: 'view4',
}

/** The keys of each command, as the help names them. */
export const keysOf: Readonly<Record<Exclude<Command, `view${number}`> | 'views', readonly string[]>> = {
  next: ['J', '↓'],
  previous: ['K', '↑'],
  open: ['Enter'],
  take: ['T'],
  reply: ['R'],
  note: ['N'],
  ask: ['I'],
  solve: ['S'],
  article: ['A'],
  resolve: ['E'],
  transfer: ['X'],
  release: ['L'],
  more: ['M'],
  presence: ['P'],
  new: ['C'],
  search: ['/'],
  views: ['1', '2', '3', '4'],
  help: ['?'],
}

/**
 * The command of a key press. Letters are told by their place on the keyboard, so that a Kazakh or Russian layout
 * works the same; presses with Ctrl, Alt or Cmd belong to the browser.
 */
export function commandOf(press: KeyPress): Command | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined
  if (press.key === '?' || (press.code === 'Slash' && press.shiftKey)) return 'help'
  return press.shiftKey ? undefined : byCode[press.code]
}

/** Whether what is focused wants the key for itself: a field takes every key, a control takes Enter and arrows. */
export function keyBelongsTo(
  element: { readonly tagName: string; readonly type?: string; readonly isContentEditable?: boolean },
  press: Pick<KeyPress, 'code'>,
): boolean {
  const tag = element.tagName
  if (element.isContentEditable || tag === 'TEXTAREA' || tag === 'SELECT') return true
  if (tag === 'INPUT') return true
  return (
    (tag === 'BUTTON' || tag === 'A' || tag === 'SUMMARY') && /^(Enter|NumpadEnter|Space)$/.test(press.code)
  )
}
