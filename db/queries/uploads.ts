import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Database } from '../client.ts'
import { uploads } from '../schema/index.ts'

/** A stored file and where it belongs; `operatorId` null: the visitor's. */
export type Upload = typeof uploads.$inferSelect

/** What the files of one conversation may come to. */
export type ConversationLimit = { readonly files: number; readonly bytes: number }

export async function uploadById(database: Database, id: string): Promise<Upload | undefined> {
  const [row] = await database.orm.select().from(uploads).where(eq(uploads.id, id))
  return row
}

/** A file of a conversation with this name and these bytes, from the same person. */
export async function sameUpload(
  database: Database,
  {
    conversationId,
    operatorId,
    name,
    sha256,
  }: Pick<Upload, 'conversationId' | 'operatorId' | 'name' | 'sha256'>,
): Promise<Upload | undefined> {
  const whose = operatorId === null ? isNull(uploads.operatorId) : eq(uploads.operatorId, operatorId)
  const [row] = await database.orm
    .select()
    .from(uploads)
    .where(
      and(
        eq(uploads.conversationId, conversationId),
        whose,
        eq(uploads.name, name),
        eq(uploads.sha256, sha256),
      ),
    )
    .limit(1)
  return row
}

/** Keeps a file's row unless its conversation then had too many; uploads at once are counted one after another. */
export function insertUpload(database: Database, upload: Upload, limit: ConversationLimit): Promise<boolean> {
  return database.orm.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${upload.conversationId}, 7305003))`)
    const [held] = await tx
      .select({
        files: sql<number>`count(*)::int`,
        bytes: sql<number>`coalesce(sum(${uploads.bytes}), 0)::float8`,
      })
      .from(uploads)
      .where(eq(uploads.conversationId, upload.conversationId))
    const { files, bytes } = held ?? { files: 0, bytes: 0 }
    if (files + 1 > limit.files || bytes + upload.bytes > limit.bytes) return false
    await tx.insert(uploads).values(upload)
    return true
  })
}

/** Puts files into another conversation. */
export async function moveUploads(
  database: Database,
  conversationId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length > 0)
    await database.orm
      .update(uploads)
      .set({ conversationId })
      .where(inArray(uploads.id, [...ids]))
}
