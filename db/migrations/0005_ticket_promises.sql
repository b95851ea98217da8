ALTER TABLE "tickets" ADD COLUMN "type" text;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "next_response_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "resolution_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "resolution_paused" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "resolution_breached_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "comment" text;--> statement-breakpoint
UPDATE "tickets" SET "type" = "values"->>'type';--> statement-breakpoint
UPDATE "conversations" SET "state" = jsonb_set("state", '{version}', '2');--> statement-breakpoint
-- the first response was the only promise: 15 minutes on every desk that was shipped
UPDATE "conversations" SET "state" = jsonb_set("state", '{ticket}',
  (("state"->'ticket') - 'firstResponse' - 'waitingSince')
  || jsonb_build_object(
    'done', '[]'::jsonb,
    'clocks', jsonb_build_object('firstResponse',
      (("state"#>'{ticket,firstResponse}') - 'respondedAt')
      || '{"target": {"workingMinutes": 15}, "pauses": []}'::jsonb
      || CASE WHEN "state"#>'{ticket,firstResponse,respondedAt}' IS NULL THEN '{}'::jsonb
        ELSE jsonb_build_object('stoppedAt', "state"#>'{ticket,firstResponse,respondedAt}') END))
  || CASE WHEN "state"#>'{ticket,waitingSince}' IS NULL OR "state"->'operator' IS NULL THEN '{}'::jsonb
    ELSE jsonb_build_object('waitingFor', jsonb_build_object('what', 'information',
      'since', "state"#>'{ticket,waitingSince}', 'by', "state"->'operator')) END)
WHERE "state" ? 'ticket';
