const page = [
  "default-src 'self'",
  "img-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' ws: wss:",
  "script-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
]
const policy = (framedBy: string) => [...page, `frame-ancestors ${framedBy}`].join('; ')

/** Portals load these: the loader and the chat page that it frames. */
const embedded = {
  'content-security-policy': policy('*'),
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
}

const ownPage = (framedBy: string) => ({
  'content-security-policy': policy(framedBy),
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': framedBy === "'none'" ? 'DENY' : 'SAMEORIGIN',
})

const data = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
}

/** What a path's answers tell browsers of who may frame, load and keep them. */
export function pathHeaders(path: string): Readonly<Record<string, string>> {
  if (path === '/widget.js' || path.startsWith('/widget/')) return embedded
  if (path === '/') return ownPage("'self'")
  if (path === '/console' || path.startsWith('/console/')) return ownPage("'none'")
  return data
}

/** How long what was built may be kept: forever when its name changes with its content. */
export function cachingOf(path: string): string {
  if (/\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(path)) return 'public, max-age=31536000, immutable'
  return path === '/widget.js' ? 'public, max-age=300' : 'no-cache'
}
