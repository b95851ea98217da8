import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { complaintAboutNode } from './node-version.mjs'
import { root, runCommand, StepFailed } from './project.mjs'

await runCommand(async () => {
  const complaint = complaintAboutNode(process.version)
  if (complaint) throw new StepFailed(complaint)
  const { install } = await import('./install.mjs')
  await install()
  const { ensureBuilt } = await import('./build.mjs')
  ensureBuilt()
  process.setSourceMapsEnabled(true)
  const { main } = await import(pathToFileURL(join(root, 'dist', 'server.js')).href)
  await main()
})
