-- Pictures: a hash of each, and who shows the same one.
-- WITHOUT ROWID, which drizzle cannot say: the primary key is the table.

CREATE TABLE `picture_copies` (
	`group_id` text NOT NULL,
	`media_id` text NOT NULL,
	PRIMARY KEY(`group_id`, `media_id`)
) WITHOUT ROWID;

CREATE UNIQUE INDEX `picture_copies_by_media` ON `picture_copies` (`media_id`);
CREATE TABLE `repeated_bytes` (
	`content_hash` text NOT NULL,
	`file_size` integer NOT NULL,
	PRIMARY KEY(`content_hash`, `file_size`)
) WITHOUT ROWID;

ALTER TABLE `media_objects` ADD `picture_hash` text;
ALTER TABLE `media_objects` ADD `picture_inner_hash` text;
ALTER TABLE `media_objects` ADD `picture_quality` integer;
ALTER TABLE `trashed_media` ADD `picture_hash` text;
ALTER TABLE `trashed_media` ADD `picture_inner_hash` text;
ALTER TABLE `trashed_media` ADD `picture_quality` integer;

-- The hashes that several records have are found in the index alone; the records are then read of these only.
INSERT INTO repeated_bytes (content_hash, file_size)
SELECT content_hash, file_size FROM media_objects WHERE content_hash IN (
  SELECT content_hash FROM media_objects INDEXED BY media_objects_by_hash
  WHERE content_hash IS NOT NULL GROUP BY content_hash HAVING count(*) > 1
)
GROUP BY content_hash, file_size HAVING count(*) > 1;

-- Whoever gives a record the bytes of another leaves a mark in the same transaction; a record of its own kind writes none,
-- and before it is there the look for others reads nothing. An upsert may end as an update of the record at the same place.
CREATE TRIGGER repeated_bytes_made BEFORE INSERT ON media_objects
WHEN new.content_hash IS NOT NULL AND EXISTS (
  SELECT 1 FROM media_objects INDEXED BY media_objects_by_hash
  WHERE content_hash = new.content_hash AND content_hash IS NOT NULL AND file_size = new.file_size
    AND NOT (provider = new.provider AND path_key = new.path_key)
)
BEGIN
  INSERT INTO repeated_bytes (content_hash, file_size) VALUES (new.content_hash, new.file_size) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER repeated_bytes_changed BEFORE UPDATE OF content_hash, file_size ON media_objects
WHEN new.content_hash IS NOT NULL AND (new.content_hash IS NOT old.content_hash OR new.file_size <> old.file_size)
  AND EXISTS (
    SELECT 1 FROM media_objects INDEXED BY media_objects_by_hash
    WHERE content_hash = new.content_hash AND content_hash IS NOT NULL AND file_size = new.file_size AND pk <> old.pk
  )
BEGIN
  INSERT INTO repeated_bytes (content_hash, file_size) VALUES (new.content_hash, new.file_size) ON CONFLICT DO NOTHING;
END;

-- A record that is removed, set apart or given another picture leaves its group; it is compared again when it is processed.
-- A group of two ends with either of them.
CREATE TRIGGER picture_copies_left AFTER DELETE ON media_objects
WHEN EXISTS (SELECT 1 FROM picture_copies WHERE media_id = old.id)
BEGIN
  DELETE FROM picture_copies
  WHERE group_id = (SELECT group_id FROM picture_copies WHERE media_id = old.id)
    AND (SELECT count(*) FROM (SELECT 1 FROM picture_copies g WHERE g.group_id = picture_copies.group_id LIMIT 3)) < 3;
  DELETE FROM picture_copies WHERE media_id = old.id;
END;

CREATE TRIGGER picture_copies_outdated AFTER UPDATE OF thumbnail_version ON media_objects
WHEN old.thumbnail_version IS NOT NULL AND new.thumbnail_version IS NOT old.thumbnail_version
  AND EXISTS (SELECT 1 FROM picture_copies WHERE media_id = old.id)
BEGIN
  DELETE FROM picture_copies
  WHERE group_id = (SELECT group_id FROM picture_copies WHERE media_id = old.id)
    AND (SELECT count(*) FROM (SELECT 1 FROM picture_copies g WHERE g.group_id = picture_copies.group_id LIMIT 3)) < 3;
  DELETE FROM picture_copies WHERE media_id = old.id;
END;
