import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { App, AppDeps } from '../app.ts'
import { cachingOf } from '../pathHeaders.ts'

/** What was built: the loader, the chat page, the demo portal and the console, compressed beforehand. */
export async function pageRoutes(app: App, { distDir }: AppDeps): Promise<void> {
  const widget = join(distDir, 'widget')
  const consoleDir = join(distDir, 'console')
  const built = { preCompressed: true, cacheControl: false, acceptRanges: false, dotfiles: 'deny' as const }

  app.addHook('onSend', async (request, reply) => {
    if (reply.statusCode !== 200 && reply.statusCode !== 304) return
    reply.headers({ 'cache-control': cachingOf(request.url.split('?')[0] ?? ''), vary: 'Accept-Encoding' })
  })
  await app.register(fastifyStatic, { ...built, root: widget, prefix: '/widget/' })
  await app.register(fastifyStatic, { ...built, root: consoleDir, prefix: '/console/', decorateReply: false })

  app.get('/', (_, reply) => reply.sendFile('demo.html', widget))
  app.get('/widget.js', (_, reply) => reply.sendFile('widget.js', widget))
  app.get('/console', (_, reply) => reply.sendFile('index.html', consoleDir))
}
