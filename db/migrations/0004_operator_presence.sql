CREATE TABLE "connections" (
	"process_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"id" uuid NOT NULL,
	CONSTRAINT "connections_process_id_kind_id_pk" PRIMARY KEY("process_id","kind","id")
);
--> statement-breakpoint
CREATE TABLE "operator_presence" (
	"operator_id" uuid PRIMARY KEY NOT NULL,
	"choice" text DEFAULT 'online' NOT NULL,
	"chosen_at" timestamp with time zone,
	"seen_at" timestamp with time zone,
	"assigned_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "processes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"alive_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "desk" text;--> statement-breakpoint
ALTER TABLE "operators" ADD COLUMN "capacity" integer;--> statement-breakpoint
ALTER TABLE "operator_presence" ADD CONSTRAINT "operator_presence_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connections_id" ON "connections" USING btree ("id");--> statement-breakpoint
CREATE INDEX "conversations_live" ON "conversations" USING btree ("operator_id") WHERE stage = 'live';