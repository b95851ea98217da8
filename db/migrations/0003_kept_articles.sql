CREATE TABLE "article_revisions" (
	"desk" text NOT NULL,
	"article" text NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"act" text NOT NULL,
	"stage" text NOT NULL,
	"operator_id" uuid,
	"operator_name" text,
	"content" jsonb NOT NULL,
	CONSTRAINT "article_revisions_desk_article_number_pk" PRIMARY KEY("desk","article","number")
);
--> statement-breakpoint
CREATE TABLE "articles" (
	"desk" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"stage" text NOT NULL,
	"published" jsonb,
	"draft" jsonb,
	"kk_changed_at" timestamp with time zone NOT NULL,
	"ru_changed_at" timestamp with time zone NOT NULL,
	"shipped_hash" text,
	"edited" boolean NOT NULL,
	"shipped" jsonb,
	CONSTRAINT "articles_desk_id_pk" PRIMARY KEY("desk","id")
);
--> statement-breakpoint
CREATE INDEX "article_revisions_at" ON "article_revisions" USING btree ("desk","at");