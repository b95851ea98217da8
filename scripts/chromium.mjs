import { spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib'
import { withLock } from './lock.mjs'
import { root, runNpm, StepFailed } from './project.mjs'

const packageFolder = join(root, 'test', 'browser')
const cache = join(root, 'node_modules', '.cache', 'chromium')

/**
 * The Chromium to test with and the environment it needs: CHROMIUM_PATH, the system's, else the one unpacked from the
 * package; undefined when there is none. KOMEKSHI_TEST_BROWSER=package passes over the first two.
 */
export function findChromium() {
  const system =
    process.env.KOMEKSHI_TEST_BROWSER === 'package'
      ? undefined
      : [process.env.CHROMIUM_PATH, ...systemPaths].find(isProgram)
  if (system) return { executablePath: system, env: {} }
  const unpacked = join(cache, packageVersion())
  if (!isProgram(join(unpacked, 'chromium'))) return undefined
  return {
    executablePath: join(unpacked, 'chromium'),
    env: { LD_LIBRARY_PATH: join(unpacked, 'al2023', 'lib'), FONTCONFIG_FILE: join(unpacked, 'fonts.conf') },
  }
}

/** Finds a Chromium, or installs the package that carries one and unpacks it under node_modules/.cache. */
export async function ensureChromium() {
  if (findChromium()) return
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new StepFailed(
      'The browser tests need Chromium or Chrome: install it and set CHROMIUM_PATH to its program.',
    )
  }
  await withLock(join(root, 'dist', '.chromium-lock'), async () => {
    if (findChromium()) return
    console.log('Installing Chromium for the browser tests…')
    runNpm('Installing Chromium', [
      'ci',
      '--prefix',
      packageFolder,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
    ])
    await unpack(join(packageFolder, 'node_modules', '@sparticuz', 'chromium', 'bin'))
  })
}

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function isProgram(path) {
  if (!path) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function packageVersion() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).dependencies[
    '@sparticuz/chromium'
  ]
}

async function unpack(bin) {
  const fresh = join(cache, '.new')
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  try {
    await pipeline(
      createReadStream(join(bin, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(fresh, 'chromium'), { mode: 0o755 }),
    )
    for (const [archive, folder] of [
      ['al2023', 'al2023'],
      ['fonts', ''],
      ['swiftshader', ''],
    ]) {
      untar(join(bin, `${archive}.tar.br`), join(fresh, folder))
    }
    const place = join(cache, packageVersion())
    writeFileSync(join(fresh, 'fonts.conf'), fontsConfiguration(join(place, 'fonts')))
    rmSync(place, { recursive: true, force: true })
    renameSync(fresh, place)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

function fontsConfiguration(folder) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${folder}</dir>
  <cachedir>${folder}-cache</cachedir>
</fontconfig>
`
}

function untar(archive, folder) {
  mkdirSync(folder, { recursive: true })
  const input = brotliDecompressSync(readFileSync(archive))
  const { status, stderr, error } = spawnSync('tar', ['-xf', '-', '--no-same-owner', '-C', folder], { input })
  if (status !== 0) throw new StepFailed(`Unpacking ${archive} failed: ${error?.message ?? stderr}`)
}
