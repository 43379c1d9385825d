CREATE TABLE `media_counts` (
	`provider` text NOT NULL,
	`state` text NOT NULL,
	`present` integer DEFAULT 0 NOT NULL,
	`missing` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`provider`, `state`)
) WITHOUT ROWID;

CREATE TABLE `media_keywords` (
	`folded` text NOT NULL,
	`media_id` text NOT NULL,
	`media_pk` integer NOT NULL,
	PRIMARY KEY(`folded`, `media_id`)
) WITHOUT ROWID;

CREATE TABLE `media_objects` (
	`pk` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`provider` text NOT NULL,
	`object_key` text NOT NULL,
	`path_key` text NOT NULL,
	`provider_ref` text,
	`version` text NOT NULL,
	`content_hash` text,
	`file_size` integer NOT NULL,
	`content_type` text NOT NULL,
	`last_modified` integer,
	`state` text NOT NULL,
	`error_code` text,
	`error_detail` text,
	`width` integer,
	`height` integer,
	`orientation` integer,
	`taken_at` text,
	`taken_at_offset` text,
	`intrinsic` text DEFAULT '{}' NOT NULL,
	`object_metadata` text DEFAULT '{}' NOT NULL,
	`folded_keywords` text DEFAULT '[]' NOT NULL,
	`keyword_text` text DEFAULT '' NOT NULL,
	`custom_text` text DEFAULT '' NOT NULL,
	`thumbnail_version` text,
	`revision` integer DEFAULT 0 NOT NULL,
	`change` integer DEFAULT 0 NOT NULL,
	`missing_since` integer,
	`is_missing` integer GENERATED ALWAYS AS (("missing_since" is not null)) VIRTUAL,
	`run_id` text,
	`run_change` text,
	`vanished_run` text,
	`updated_at` integer NOT NULL
);

CREATE UNIQUE INDEX `media_objects_id` ON `media_objects` (`id`);
CREATE UNIQUE INDEX `media_objects_path` ON `media_objects` (`provider`,`path_key`);
CREATE INDEX `media_objects_by_created` ON `media_objects` (`is_missing`,`id`);
CREATE INDEX `media_objects_by_updated` ON `media_objects` (`is_missing`,`updated_at`);
CREATE INDEX `media_objects_by_taken` ON `media_objects` (`is_missing`,`taken_at`);
CREATE INDEX `media_objects_by_key` ON `media_objects` (`is_missing`,`object_key`);
CREATE INDEX `media_objects_by_size` ON `media_objects` (`is_missing`,`file_size`);
CREATE INDEX `media_objects_unsettled` ON `media_objects` (`state`) WHERE "state" <> 'ready';
CREATE INDEX `media_objects_vanished` ON `media_objects` (`provider`,`vanished_run`) WHERE "vanished_run" is not null;