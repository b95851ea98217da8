import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { defineConfig, type Plugin } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const target = 'es2020'

/** The loader is one classic script with a fixed name: portals have its address in their pages for years. */
const loader: Plugin = {
  name: 'komekshi-loader',
  apply: 'build',
  async generateBundle() {
    const { outputFiles } = await build({
      entryPoints: [join(here, 'loader.ts')],
      bundle: true,
      minify: true,
      format: 'iife',
      charset: 'utf8',
      target,
      write: false,
    })
    this.emitFile({ type: 'asset', fileName: 'widget.js', source: outputFiles[0]!.contents })
  },
}

/** The chat connects by WebSocket alone: the other transports need not be downloaded. */
const webSocketOnly: Plugin = {
  name: 'komekshi-websocket-only',
  transform: (_code, id) =>
    /engine\.io-client.*transports.index\.js$/.test(id)
      ? `import { WS } from './websocket.js'\nexport const transports = { websocket: WS }`
      : undefined,
}

export default defineConfig({
  root: here,
  base: '/widget/',
  publicDir: false,
  json: { namedExports: false },
  plugins: [loader, webSocketOnly],
  build: {
    target,
    outDir: join(here, '../dist/widget'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [join(here, 'index.html'), join(here, 'demo.html')] },
  },
})
