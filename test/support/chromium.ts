import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.mjs'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless Chromium that talks to nobody but the pages under test; `extra` flags come on top. */
export function launchChromium(extra: readonly string[] = []): Promise<Browser> {
  const found = findChromium()
  if (!found) throw new Error('No Chromium found: run `npm test` once, or set CHROMIUM_PATH.')
  return chromium.launch({
    executablePath: found.executablePath,
    args: [...flags, ...extra],
    env: { ...process.env, ...found.env },
  })
}
