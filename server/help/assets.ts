import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file that the help pages load, with the address that changes when its content does. */
export type Asset = { readonly address: string; readonly type: string; readonly content: string }

export type Assets = { readonly style: Asset; readonly script: Asset; readonly icon: Asset }

/** Reads what the help pages load. Throws when a file is missing, or the tokens have no dark theme. */
export function readAssets(): Assets {
  return {
    style: asset(
      'style.css',
      'text/css',
      `${darkByPreference(projectFile('design/tokens.css'))}\n${projectFile('server/help/assets/style.css')}`,
    ),
    script: asset('ask.js', 'text/javascript', projectFile('server/help/assets/ask.js')),
    icon: asset('icon.svg', 'image/svg+xml', projectFile('server/help/assets/icon.svg')),
  }
}

/** The version of a content: equal for equal contents. */
export const versionOf = (content: string) =>
  createHash('sha256').update(content).digest('base64url').slice(0, 16)

/** The tokens for pages without scripts: dark on the screens of those who prefer it, light on paper. */
export function darkByPreference(tokens: string): string {
  const dark = /:root\[data-theme="dark"\]\s*(\{[^}]*\})/
  if (!dark.test(tokens)) throw new Error('design/tokens.css has no :root[data-theme="dark"]')
  return tokens.replace(dark, '@media screen and (prefers-color-scheme: dark) {\n:root $1\n}')
}

const asset = (name: string, type: string, content: string): Asset => ({
  address: `/help/${name}?v=${versionOf(content)}`,
  type: `${type}; charset=utf-8`,
  content,
})

/** A file below the folder with package.json, wherever this one was built to. */
function projectFile(path: string): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return readFileSync(join(folder, path), 'utf8')
}
