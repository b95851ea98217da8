import type { Occasion } from '../../engine/alert.ts'

const own = { 'x-komekshi': '1', 'accept-language': 'ru' }

/** Calls a server on the escalation of its desks, as the console does; fails with what the server says. */
export async function escalationCall(
  url: string,
  cookie: string,
  method: string,
  path: string,
  body?: object,
): Promise<{ readonly command: string; readonly telegram: unknown }> {
  const answer = await fetch(`${url}/api/console/escalation${path}`, {
    method,
    headers: { ...own, cookie, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { command: string; telegram: unknown }
}

/** The desk `edoc` tells these addresses of what is chosen; by default of what a new desk tells of. */
export const tells = (
  url: string,
  cookie: string,
  emails: readonly string[],
  occasions: readonly Occasion[] = ['breach', 'insult', 'unattended'],
) => escalationCall(url, cookie, 'PUT', '/edoc', { occasions: [...occasions], emails: [...emails] })
