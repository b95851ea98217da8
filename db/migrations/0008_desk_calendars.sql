CREATE TABLE "calendar_changes" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "calendar_changes_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"desk" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"act" text NOT NULL,
	"operator_id" uuid,
	"patch" jsonb NOT NULL,
	"undoes" integer
);
--> statement-breakpoint
CREATE TABLE "desk_calendars" (
	"desk" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"base" jsonb NOT NULL,
	"edits" jsonb NOT NULL,
	"replanner_id" uuid,
	"replanner_until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "calendar_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_changes" ADD CONSTRAINT "calendar_changes_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_changes_desk" ON "calendar_changes" USING btree ("desk","number");--> statement-breakpoint
CREATE INDEX "conversations_to_replan" ON "conversations" USING btree ("desk","calendar_version") WHERE stage in ('waiting', 'live');