/** Puts the focus where one goes on: the message box, or on a touch screen the heading, so no keyboard jumps up. */
export function focusChat(): void {
  const touch = window.matchMedia('(pointer: coarse)').matches
  document.querySelector<HTMLElement>(touch ? 'h1' : 'textarea.draft')?.focus({ preventScroll: true })
}
