CREATE TABLE "questions" (
	"conversation_id" uuid NOT NULL,
	"id" text NOT NULL,
	"desk" text NOT NULL,
	"channel" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"language" text NOT NULL,
	"text" text NOT NULL,
	"intent" text NOT NULL,
	"confident" boolean NOT NULL,
	"offered" text[] NOT NULL,
	"opened" text[] NOT NULL,
	"helped" text,
	"not_helped" text,
	"to_person" boolean DEFAULT false NOT NULL,
	"taught" text,
	"taught_by" text,
	"settled" text,
	"settled_at" timestamp with time zone,
	"settled_by" text,
	CONSTRAINT "questions_conversation_id_id_pk" PRIMARY KEY("conversation_id","id")
);
--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "kk_changed_in" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "articles" ADD COLUMN "ru_changed_in" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "questions" ADD CONSTRAINT "questions_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "questions_asked" ON "questions" USING btree ("desk","at");--> statement-breakpoint
CREATE INDEX "questions_unanswered" ON "questions" USING btree ("desk","at") WHERE helped is null and settled is distinct from 'learned';--> statement-breakpoint
ALTER TABLE "articles" DROP COLUMN "kk_changed_at";--> statement-breakpoint
ALTER TABLE "articles" DROP COLUMN "ru_changed_at";