CREATE TABLE `provider_state` (
	`provider` text PRIMARY KEY NOT NULL,
	`cursor` text NOT NULL,
	`updated_at` integer NOT NULL
) WITHOUT ROWID;

ALTER TABLE `media_objects` ADD `listed_run` text;
CREATE INDEX `sightings_by_ref` ON `sightings` (`provider_ref`) WHERE "provider_ref" is not null;
