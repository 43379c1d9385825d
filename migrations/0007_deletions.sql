CREATE TABLE `deletions` (
	`deleted_at` integer NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`deleted_at`, `id`)
) WITHOUT ROWID;

-- Whoever removes a record (a person, a purge, an ingest that finds it to be another), no writer can forget this. The
-- same record twice within a millisecond is one deletion.
CREATE TRIGGER media_deletions AFTER DELETE ON media_objects BEGIN
  INSERT OR IGNORE INTO deletions (deleted_at, id) VALUES (CAST(unixepoch('subsec') * 1000 AS INTEGER), old.id);
END;
