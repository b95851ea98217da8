/** What the portal's page may call. */
type KomekshiApi = { open: () => void; close: () => void }

declare global {
  interface Window {
    Komekshi?: KomekshiApi
  }
}

/** What the chat tells the page around it: close me, or how many messages wait and how to say so. */
type FromChat = { komekshi: 'close' } | { komekshi: 'unread'; count: number; label: string }

const css = `:host{all:initial}
@media print{:host{display:none}}
*{box-sizing:border-box;position:fixed;z-index:2147483646;transition:opacity .22s,transform .22s,visibility .22s}
button{right:20px;bottom:calc(20px + env(safe-area-inset-bottom));width:60px;height:60px;border:0;border-radius:50%;background:#0b6e6e;box-shadow:0 6px 20px #10282e59;cursor:pointer}
button:hover{background:#085656}
button:focus-visible{outline:3px solid #0b6e6e;outline-offset:3px}
i{position:absolute;inset:16px;background:#fff;clip-path:path('M5 2h18a4 4 0 0 1 4 4v11a4 4 0 0 1-4 4H13l-7 6v-6H5a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4z')}
.o~button i{clip-path:path('M4 8 14 18 24 8 27 11 14 24 1 11z')}
b{position:absolute;top:-2px;right:-2px;min-width:22px;padding:0 6px;border-radius:11px;background:#b3261e;color:#fff;font:700 13px/22px system-ui}
b:empty{display:none}
p{width:1px;height:1px;overflow:hidden;opacity:0}
iframe{right:20px;bottom:96px;width:400px;height:min(640px,100vh - 116px);border:0;border-radius:18px;background:Canvas;color-scheme:light dark;box-shadow:0 12px 48px #10282e4d}
iframe:not(.o){visibility:hidden;opacity:0;transform:translateY(16px)}
@media(max-width:479px),(max-height:479px){iframe{inset:0;top:var(--t,0);width:100%;height:var(--h,100%);border-radius:0;z-index:2147483647;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}}
@media(prefers-reduced-motion:reduce){*{transition:none}}`

/** Puts the button on the page; the chat itself is fetched only when it is opened. */
function load(): void {
  const script = document.currentScript as HTMLScriptElement
  const page = document.documentElement
  const home = new URL(script.src).origin
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  const add = <K extends keyof HTMLElementTagNameMap>(name: K, parent: Node = root) =>
    parent.appendChild(document.createElement(name))
  const status = add('p')
  const button = add('button')
  const badge = (add('i', button), add('b', button))
  let frame: HTMLIFrameElement | undefined
  let isOpen = false

  const language = () => (/^ru/i.test(script.dataset.lang || page.lang) ? 'ru' : 'kk')
  const name = () => {
    button.setAttribute('aria-label', language() === 'ru' ? 'Онлайн-помощник' : 'Онлайн көмекші')
  }
  const remember = (value: string) => {
    try {
      return value ? sessionStorage.setItem('komekshi', value) : sessionStorage.getItem('komekshi')
    } catch {}
  }
  const tell = () => frame?.contentWindow?.postMessage({ komekshi: isOpen }, home)
  const show = (open: boolean) => {
    if (open && !frame) {
      frame = document.createElement('iframe')
      frame.title = button.ariaLabel ?? 'Komekshi'
      frame.allow = 'clipboard-write'
      frame.src = `${home}/widget/?desk=${script.dataset.desk || 'edoc'}&lang=${language()}#${location.origin}`
      frame.onload = tell
      root.prepend(frame)
    }
    const hadFocus = root.activeElement === frame
    isOpen = open
    frame?.classList.toggle('o', open)
    button.setAttribute('aria-expanded', `${open}`)
    remember(open ? '1' : '0')
    tell()
    if (!open && hadFocus) button.focus()
  }

  button.onclick = () => {
    show(!isOpen)
    if (isOpen) frame?.focus()
  }
  status.setAttribute('role', 'status')
  badge.setAttribute('aria-hidden', 'true')
  addEventListener('keydown', (event) => {
    if (isOpen && event.key === 'Escape') show(false)
  })
  addEventListener('message', (event: MessageEvent<FromChat>) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== home) return
    const { data } = event
    if (data.komekshi === 'close') show(false)
    else if (data.komekshi === 'unread') {
      badge.textContent = data.count ? `${data.count}` : ''
      status.textContent = data.label
    }
  })
  const viewport = window.visualViewport
  const fit = () => {
    if (viewport!.scale < 1.02) host.style.cssText = `--h:${viewport!.height}px;--t:${viewport!.offsetTop}px`
  }
  viewport?.addEventListener('resize', fit)
  viewport?.addEventListener('scroll', fit)
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
  if (remember('') === '1') show(true)
}

if (!window.Komekshi) load()

export {}
