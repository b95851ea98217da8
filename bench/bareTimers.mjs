// The bare minimum of deadlines: due rows are selected and updated, then a sleep until the next one. Several of these
// may run on one table; no history, no rules, no conversation.
import postgres from 'postgres'

const sql = postgres({ ...JSON.parse(process.argv[2] ?? '{}'), max: 2 })
const batch = 200
process.send?.('ready')
for (;;) {
  const now = new Date().toISOString()
  const raised = await sql`
    update due set fired_at = ${now}
    from (select id from due where fired_at is null and due_at <= ${now} order by due_at limit ${batch}
          for update skip locked) mine
    where due.id = mine.id returning due.id`
  if (raised.length === batch) continue
  const [next] = await sql`select due_at from due where fired_at is null order by due_at limit 1`
  const wait = next ? next.due_at.getTime() - Date.now() : 1_000
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 1_000)))
}
