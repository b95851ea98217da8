CREATE TABLE "alerts" (
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"desk" text NOT NULL,
	"kind" text NOT NULL,
	"number" integer,
	"operator_id" uuid,
	"metric" text,
	"minutes" integer,
	"due_at" timestamp with time zone,
	"at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone,
	CONSTRAINT "alerts_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "chat_codes" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"desk" text NOT NULL,
	"language" text NOT NULL,
	"operator_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "escalations" (
	"desk" text PRIMARY KEY NOT NULL,
	"occasions" text[] NOT NULL,
	"emails" text[] NOT NULL,
	"telegram_chat" text,
	"telegram_title" text,
	"telegram_language" text,
	"last_told_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "outbox" ALTER COLUMN "conversation_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ALTER COLUMN "seq" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "notice" jsonb;--> statement-breakpoint
ALTER TABLE "operators" ADD COLUMN "alerts_seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_codes" ADD CONSTRAINT "chat_codes_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_desk" ON "alerts" USING btree ("desk","at");--> statement-breakpoint
CREATE INDEX "alerts_operator" ON "alerts" USING btree ("operator_id","at");--> statement-breakpoint
CREATE INDEX "alerts_untold" ON "alerts" USING btree ("desk") WHERE told_at is null;--> statement-breakpoint
CREATE INDEX "chat_codes_desk" ON "chat_codes" USING btree ("desk");