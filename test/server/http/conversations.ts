import { randomUUID } from 'node:crypto'
import type { Database } from '../../../db/client.ts'

/** A conversation that has just begun, as a row. */
export async function addConversation({ sql }: Database, desk: string): Promise<string> {
  const id = randomUUID()
  const contactId = randomUUID()
  const at = '2026-03-02T09:00:00.000Z'
  await sql`insert into contacts (id, created_at) values (${contactId}, ${at})`
  await sql`
    insert into conversations (id, desk, channel, contact_id, version, last_seq, state, stage, last_at, created_at)
    values (${id}, ${desk}, 'widget', ${contactId}, 0, 0, '{}', 'asking', ${at}, ${at})`
  return id
}
