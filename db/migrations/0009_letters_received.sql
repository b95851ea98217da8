CREATE TABLE "mailboxes" (
	"name" text PRIMARY KEY NOT NULL,
	"uid_validity" text NOT NULL,
	"last_uid" bigint NOT NULL,
	"day" date NOT NULL
);
--> statement-breakpoint
CREATE INDEX "conversations_mailed" ON "conversations" USING btree ("address","created_at") WHERE channel = 'email';