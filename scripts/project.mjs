import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What a step prints when it ends the whole command. */
export class StepFailed extends Error {}

/** Runs a program in the project, its output shown as it comes; throws StepFailed naming the step. */
export function runStep(what, command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (status !== 0)
    throw new StepFailed(`${what} failed (${error?.message ?? signal ?? `exit code ${status}`}).`)
}

/** Runs npm, with the one that started us where there is one. */
export function runNpm(what, args) {
  const started = process.env.npm_execpath
  if (started?.endsWith('npm-cli.js')) return runStep(what, process.execPath, [started, ...args])
  const windows = process.platform === 'win32'
  return runStep(what, windows ? 'npm.cmd' : 'npm', args, { shell: windows })
}

/** Runs a command to its end: a failed step is told in one line, anything else with its stack. */
export async function runCommand(command) {
  try {
    await command()
  } catch (error) {
    console.error(error instanceof StepFailed ? `\n${error.message}` : error)
    process.exit(1)
  }
}

/** The script of an installed package, to be run by Node. */
export function packageFile(...path) {
  return join(root, 'node_modules', ...path)
}
