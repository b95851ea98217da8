import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { complaintAboutNode } from './node-version.mjs'
import { packageFile, root, runCommand, runStep, StepFailed } from './project.mjs'
import { countTests, summaryLine } from './test-report.mjs'

const projects = ['unit', 'integration', 'e2e']
const layers = ['engine', 'locales', 'desks', 'db', 'server', 'bot', 'mail', 'widget', 'console']

/**
 * `npm test` checks everything; `npm test unit e2e` runs only those projects. Other arguments go to vitest.
 */
await runCommand(async () => {
  const complaint = complaintAboutNode(process.version)
  if (complaint) throw new StepFailed(complaint)
  const { install } = await import('./install.mjs')
  await install()

  const args = process.argv.slice(2)
  const chosen = args.filter((arg) => projects.includes(arg))
  const others = args.filter((arg) => !projects.includes(arg))
  if (args.length === 0) {
    heading('Types')
    runStep('The type check', process.execPath, [packageFile('typescript', 'bin', 'tsc'), '--noEmit'])
    heading('Style')
    runStep('The style check', process.execPath, [
      packageFile('@biomejs', 'biome', 'bin', 'biome'),
      'check',
      '.',
    ])
    heading('Import rules')
    runStep('The check of import rules', process.execPath, [
      packageFile('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      ...['--config', '.dependency-cruiser.cjs', ...layers],
    ])
  }
  if (chosen.length === 0 || chosen.includes('e2e')) {
    heading('Build')
    const { ensureBuilt } = await import('./build.mjs')
    ensureBuilt()
    const { ensureChromium } = await import('./chromium.mjs')
    await ensureChromium()
  }
  heading('Tests')
  runTests([...chosen.flatMap((project) => ['--project', project]), ...others])
})

function heading(words) {
  console.log(`\n— ${words}`)
}

function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'komekshi-test-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  try {
    const vitest = [packageFile('vitest', 'vitest.mjs'), 'run', ...reporters, ...args]
    const { status, signal } = spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit' })
    if (!existsSync(report))
      throw new StepFailed(`The tests did not run (${signal ?? `exit code ${status}`}).`)
    const counts = countTests(JSON.parse(readFileSync(report, 'utf8')))
    console.log(`\n${summaryLine(counts)}`)
    if (status !== 0 || counts.failed > 0) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
