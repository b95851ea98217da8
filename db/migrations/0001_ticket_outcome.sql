DROP INDEX "conversations_queue";--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "outcome" text;--> statement-breakpoint
CREATE INDEX "conversations_queue" ON "conversations" USING btree ("desk","last_at") WHERE stage in ('waiting', 'live', 'resolved', 'ended');