import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import kk from '../locales/kk/widget.json' with { type: 'json' }
import ru from '../locales/ru/widget.json' with { type: 'json' }

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist/widget')
const limits = { before: 3 * 1024, open: 45 * 1024 }

const bare = `
  import { h, render } from 'preact'
  import { io } from 'socket.io-client'
  const socket = io('/visitor', { transports: ['websocket'] })
  socket.on('messages', (messages) =>
    render(h('ul', null, messages.map(({ text }) => h('li', null, text))), document.body))
`

const brotli = (content: string | Uint8Array): number => brotliCompressSync(content).length

const builtFile = (name: string): Buffer => {
  try {
    return readFileSync(join(dist, name))
  } catch {
    throw new Error(`dist/widget/${name} is missing: build first (npm run build)`)
  }
}

/** Everything the open chat downloads: the page, what it names, and one language; dynamic imports are followed. */
function filesOfOpenChat(language: 'kk' | 'ru'): readonly string[] {
  const other = (language === 'kk' ? ru : kk).offline
  const seen = new Set(['index.html'])
  for (const name of seen) {
    const text = builtFile(name).toString()
    for (const asset of readdirSync(join(dist, 'assets'))) {
      if (!text.includes(asset) || /\.(br|gz)$/.test(asset)) continue
      const content = builtFile(`assets/${asset}`).toString()
      if (!content.includes(other)) seen.add(`assets/${asset}`)
    }
  }
  return [...seen]
}

const { outputFiles } = await build({
  stdin: { contents: bare, resolveDir: root },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2020',
  write: false,
})
const bareBytes = brotli(outputFiles[0]!.contents)
const before = brotli(builtFile('widget.js'))
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(2)} KB`

console.log('Brotli, quality 11')
console.log(`bare page: preact + socket.io-client        ${kilobytes(bareBytes)}`)
console.log(
  `before the click: widget.js                 ${kilobytes(before)}   ${(before / bareBytes).toFixed(2)} of the bare page, limit ${kilobytes(limits.before)}`,
)
let over = before > limits.before
for (const language of ['kk', 'ru'] as const) {
  const files = filesOfOpenChat(language).map((name) => ({ name, bytes: brotli(builtFile(name)) }))
  const open = files.reduce((sum, { bytes }) => sum + bytes, 0)
  over ||= open > limits.open
  console.log(
    `chat open, ${language}: everything downloaded       ${kilobytes(open)}  ${(open / bareBytes).toFixed(2)} of the bare page, limit ${kilobytes(limits.open)}`,
  )
  for (const { name, bytes } of files) console.log(`    ${name.padEnd(40)}${kilobytes(bytes)}`)
}
if (over) {
  console.error('over the limit')
  process.exit(1)
}
