declare global {
  interface Window {
    /** What the portal's page may call. */
    Komekshi?: { open: () => void; close: () => void }
  }
}

/** What the chat tells the page around it: close me, or how many messages wait and how to say so. */
type FromChat = { komekshi: 'close' } | { komekshi: 'unread'; count: number; label: string }

const css = `:host{all:initial}
@media print{:host{display:none}}
*{position:fixed;right:20px;bottom:20px;z-index:2147483647;border:0}
button{bottom:calc(20px + env(safe-area-inset-bottom));width:60px;height:60px;border-radius:50%;background:#0b6e6e;box-shadow:0 4px 20px #0006;cursor:pointer}
:focus-visible{outline:3px solid #0b6e6e;outline-offset:3px}
i{inset:16px;position:absolute;background:#fff;clip-path:path('M5 2h18a4 4 0 0 1 4 4v11a4 4 0 0 1-4 4H13l-7 6v-6H5a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4z')}
[aria-expanded=true] i{clip-path:path('M4 8 14 18 24 8 27 11 14 24 1 11z')}
b:empty{display:none}
b{position:absolute;right:-2px;bottom:42px;padding:0 7px;border-radius:11px;background:#b3261e;color:#fff;font:700 13px/22px system-ui}
output{clip-path:inset(50%)}
iframe{bottom:96px;width:400px;height:min(640px,100vh - 116px);border-radius:18px;background:Canvas;color-scheme:light dark;box-shadow:0 0 0 1px #8884,0 12px 48px #0006;transition:opacity .2s,transform .2s,visibility .2s}
[inert]{visibility:hidden;opacity:0;transform:translateY(16px)}
@media(max-width:479px),(max-height:479px){iframe{box-sizing:border-box;inset:var(--t,0)0 0;width:100%;height:var(--h,100%);border-radius:0;padding:env(safe-area-inset-top)env(safe-area-inset-right)env(safe-area-inset-bottom)env(safe-area-inset-left)}}
@media(prefers-reduced-motion){iframe{transition:none}}`

/** Puts the button on the page; the chat itself is fetched only when it is opened. */
function load(): void {
  const script = document.currentScript as HTMLScriptElement
  const page = document.documentElement
  const home = new URL(script.src).origin
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  const add = <K extends keyof HTMLElementTagNameMap>(name: K, parent: Node = root) =>
    parent.appendChild(document.createElement(name))
  const button = add('button')
  const status = add('output')
  add('i', button)
  const badge = add('b', button)
  let frame: HTMLIFrameElement | undefined
  let open = false
  let title: string

  const language = () => ((script.dataset.lang || page.lang).startsWith('ru') ? 'ru' : 'kk')
  const name = () => {
    title = language() === 'ru' ? 'Онлайн-помощник' : 'Онлайн көмекші'
    button.setAttribute('aria-label', title)
  }
  const tell = () => frame!.contentWindow!.postMessage({ komekshi: open }, home)
  const show = (next: boolean) => {
    const hadFocus = root.activeElement === frame
    open = next
    button.setAttribute('aria-expanded', `${open}`)
    try {
      sessionStorage.komekshi = open ? 1 : ''
    } catch {}
    if (open && !frame) {
      frame = add('iframe')
      frame.title = title
      frame.onload = tell
      frame.src = `${home}/widget/?desk=${script.dataset.desk || 'edoc'}&lang=${language()}#${location.origin}`
    } else if (frame) tell()
    frame?.toggleAttribute('inert', !open)
    if (!open && hadFocus) button.focus()
  }

  button.onclick = () => {
    show(!open)
    if (open) frame!.focus()
  }
  addEventListener('keydown', (event) => {
    if (open && event.key === 'Escape') show(false)
  })
  addEventListener('message', ({ data, origin, source }: MessageEvent<FromChat>) => {
    if (!frame || source !== frame.contentWindow || origin !== home) return
    if (data.komekshi === 'close') show(false)
    if (data.komekshi === 'unread') {
      badge.textContent = data.count ? `${data.count}` : ''
      status.textContent = data.label
    }
  })
  const viewport = visualViewport
  if (viewport)
    viewport.onresize = viewport.onscroll = () => {
      if (viewport.scale < 1.1) host.style.cssText = `--h:${viewport.height}px;--t:${viewport.offsetTop}px`
    }
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [sheet]
  } catch {
    add('style').textContent = css
  }
  name()
  new MutationObserver(name).observe(page, { attributeFilter: ['lang'] })
  page.append(host)
  window.Komekshi = { open: () => show(true), close: () => show(false) }
  try {
    if (sessionStorage.komekshi) show(true)
  } catch {}
}

if (!window.Komekshi) load()

export {}
