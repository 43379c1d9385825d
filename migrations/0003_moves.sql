CREATE TABLE `sightings` (
	`provider` text NOT NULL,
	`path_key` text NOT NULL,
	`object_key` text NOT NULL,
	`provider_ref` text,
	`version` text NOT NULL,
	`content_hash` text,
	`file_size` integer NOT NULL,
	`content_type` text NOT NULL,
	`last_modified` integer,
	`thumbnail_version` text NOT NULL,
	`run_id` text NOT NULL,
	`new_id` text NOT NULL,
	`occupant_id` text,
	`occupant_version` text,
	`moved_from` text,
	`is_ambiguous` integer DEFAULT 0 NOT NULL,
	`outcome` text,
	PRIMARY KEY(`provider`, `path_key`)
) WITHOUT ROWID;

CREATE INDEX `sightings_by_hash` ON `sightings` (`content_hash`) WHERE "content_hash" is not null;
CREATE INDEX `sightings_by_source` ON `sightings` (`moved_from`) WHERE "moved_from" is not null;
ALTER TABLE `media_objects` ADD `portable_hash` text;
ALTER TABLE `media_objects` ADD `words_from_file` integer DEFAULT 0 NOT NULL;
ALTER TABLE `media_objects` ADD `observed_at` integer DEFAULT 0 NOT NULL;
CREATE INDEX `media_objects_by_hash` ON `media_objects` (`content_hash`) WHERE "content_hash" is not null;
CREATE INDEX `media_objects_by_ref` ON `media_objects` (`provider_ref`) WHERE "provider_ref" is not null;