const needed = [20, 11]

/** Undefined when this Node can run the project, else a sentence that says what to do. */
export function complaintAboutNode(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return undefined
  return `Komekshi needs Node ${needed.join('.')} or newer; this is Node ${version}. Install a newer Node and run the command again.`
}
