import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { withLock } from './lock.mjs'
import { root, runCommand, runStep, StepFailed } from './project.mjs'
import { contentHash, isStamped, writeStamp } from './stamp.mjs'

const dist = join(root, 'dist')
const stamp = join(dist, '.stamp')
const clients = ['widget', 'console']
const sources = [
  ...['engine', 'desks', 'db', 'server', 'bot', 'mail', 'widget', 'console', 'locales', 'design'],
  ...['scripts/build.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'],
]

/** Sees to it that dist/ holds this very code; what is built is built in a process of its own, for its memory. */
export function ensureBuilt() {
  if (!isStamped(stamp, sourceHash()))
    runStep('The build', process.execPath, [join(root, 'scripts', 'build.mjs')])
}

/** Builds the server and both clients into dist/ unless it holds this very code already. */
async function buildOnce() {
  const hash = sourceHash()
  if (isStamped(stamp, hash)) return
  await withLock(
    join(dist, '.build-lock'),
    async () => {
      if (!isStamped(stamp, hash)) await build(hash)
    },
    () => console.log('Another start is building; waiting for it…'),
  )
}

/** The hash of all that a build is made of. The desks' data and the migrations are read where they lie. */
function sourceHash() {
  return contentHash(
    root,
    sources,
    (name) => !/^desks\/.*\.(md|ya?ml|json)$|^db\/migrations\/|\.md$/.test(name),
  )
}

async function build(hash) {
  const begunAt = performance.now()
  console.log('Building…')
  const fresh = join(dist, '.new')
  rmSync(fresh, { recursive: true, force: true })
  try {
    mkdirSync(fresh, { recursive: true })
    await buildServer(fresh)
    for (const client of clients) {
      if (existsSync(join(root, client, 'vite.config.ts'))) await buildClient(client, join(fresh, client))
    }
    rmSync(stamp, { force: true })
    for (const name of readdirSync(fresh)) putInPlace(join(fresh, name), join(dist, name))
    writeStamp(stamp, hash)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  console.log(`Built in ${((performance.now() - begunAt) / 1000).toFixed(1)} s.`)
}

async function buildServer(fresh) {
  const { build: bundle } = await import('esbuild')
  const { outputFiles } = await bundle({
    absWorkingDir: root,
    entryPoints: ['server/main.ts'],
    outfile: 'dist/server.js',
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    treeShaking: true,
    logLevel: 'warning',
  }).catch(() => {
    throw new StepFailed('Building the server failed.')
  })
  for (const { path, contents } of outputFiles) writeFileSync(join(fresh, relative(dist, path)), contents)
}

async function buildClient(client, outDir) {
  const { build: bundle } = await import('vite')
  try {
    await bundle({
      configFile: join(root, client, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir, emptyOutDir: true },
    })
  } catch (error) {
    console.error(error.message)
    throw new StepFailed(`Building the ${client} failed.`)
  }
  for (const name of readdirSync(outDir, { recursive: true })) compress(join(outDir, name))
}

/** Puts a .br and a .gz next to a text file, for the server to send as they are. */
function compress(file) {
  if (!['.js', '.css', '.html', '.svg'].includes(extname(file))) return
  const content = readFileSync(file)
  const { BROTLI_PARAM_MODE, BROTLI_MODE_TEXT, BROTLI_PARAM_SIZE_HINT } = constants
  const params = { [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT, [BROTLI_PARAM_SIZE_HINT]: content.length }
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }))
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
}

function putInPlace(fresh, place) {
  const former = `${place}.former`
  rmSync(former, { recursive: true, force: true })
  if (existsSync(place)) renameSync(place, former)
  renameSync(fresh, place)
  rmSync(former, { recursive: true, force: true })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runCommand(buildOnce)
