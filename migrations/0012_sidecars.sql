-- Sidecars: those that lie in the storage, what records have read from them, and which are to be written; see
-- docs/adr/0021. The code before this goes on as it was: it knows none of these columns, and all of them have a default.

CREATE TABLE `sidecars` (
	`provider` text NOT NULL,
	`path_key` text NOT NULL,
	`object_key` text NOT NULL,
	`version` text NOT NULL,
	`file_size` integer NOT NULL,
	`last_modified` integer,
	`is_gone` integer DEFAULT 0 NOT NULL,
	`is_unread` integer DEFAULT 1 NOT NULL,
	`listed_run` text,
	`observed_at` integer NOT NULL,
	`spent_version` text,
	PRIMARY KEY(`provider`, `path_key`)
) WITHOUT ROWID;

CREATE INDEX `sidecars_unread` ON `sidecars` (`provider`,`path_key`) WHERE is_unread > 0;
CREATE TABLE `sidecar_wakes` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);

CREATE TABLE `sidecar_writers` (
	`provider` text PRIMARY KEY NOT NULL
) WITHOUT ROWID;

CREATE TABLE `sidecar_writes` (
	`media_id` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`due_at` integer NOT NULL
) WITHOUT ROWID;

CREATE INDEX `sidecar_writes_by_time` ON `sidecar_writes` (`due_at`);
ALTER TABLE `media_objects` ADD `sidecar_key` text;
ALTER TABLE `media_objects` ADD `sidecar_changed` integer DEFAULT 0 NOT NULL;
ALTER TABLE `media_objects` ADD `sidecar_read` text;
CREATE INDEX `media_objects_sidecar_changed` ON `media_objects` (`is_missing`,`id`) WHERE sidecar_changed > 0;
ALTER TABLE `trashed_media` ADD `sidecar_key` text;
ALTER TABLE `trashed_media` ADD `sidecar_changed` integer DEFAULT 0 NOT NULL;
ALTER TABLE `trashed_media` ADD `sidecar_read` text;

-- Whoever changes words of a provider whose sidecars are written leaves a mark in the same transaction. A sidecar is written
-- a minute after the first change that it lacks, so once a minute at the most.
CREATE TRIGGER sidecar_writes_marked AFTER UPDATE OF revision ON media_objects
WHEN new.revision > old.revision AND EXISTS (SELECT 1 FROM sidecar_writers WHERE provider = new.provider)
BEGIN
  INSERT INTO sidecar_writes (media_id, revision, due_at) VALUES (new.id, new.revision, new.updated_at + 60000)
  ON CONFLICT (media_id) DO UPDATE SET revision = excluded.revision;
END;

-- Likewise for a record that begins with words, as an upload does, or one that comes back from the trash.
CREATE TRIGGER sidecar_writes_begun AFTER INSERT ON media_objects
WHEN new.object_metadata <> '{}' AND EXISTS (SELECT 1 FROM sidecar_writers WHERE provider = new.provider)
BEGIN
  INSERT INTO sidecar_writes (media_id, revision, due_at) VALUES (new.id, new.revision, new.updated_at + 60000)
  ON CONFLICT (media_id) DO UPDATE SET revision = excluded.revision;
END;

-- A photo that moves leaves its sidecar, unless the sidecar moves along; what lies beside its new place is looked at again.
-- The text up to the last dot of a path is what stays when all characters but dots are taken off its end.
CREATE TRIGGER sidecars_left AFTER UPDATE OF path_key ON media_objects WHEN new.path_key <> old.path_key
BEGIN
  UPDATE sidecars SET is_unread = 1 WHERE provider = new.provider AND is_unread = 0 AND path_key IN (
    new.path_key || '.xmp', new.path_key || '.XMP',
    rtrim(new.path_key, replace(new.path_key, '.', '')) || 'xmp',
    rtrim(new.path_key, replace(new.path_key, '.', '')) || 'XMP'
  );
  UPDATE media_objects SET sidecar_key = NULL, sidecar_changed = 0 WHERE pk = new.pk AND sidecar_key IS NOT NULL;
END;

-- A record that comes back from the trash learns what has become of its sidecar since.
CREATE TRIGGER sidecars_met AFTER INSERT ON media_objects WHEN new.sidecar_read IS NOT NULL
BEGIN
  UPDATE sidecars SET is_unread = 1 WHERE provider = new.provider AND is_unread = 0 AND path_key IN (
    new.path_key || '.xmp', new.path_key || '.XMP',
    rtrim(new.path_key, replace(new.path_key, '.', '')) || 'xmp',
    rtrim(new.path_key, replace(new.path_key, '.', '')) || 'XMP'
  );
END;
