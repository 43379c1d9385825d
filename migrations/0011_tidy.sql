-- What people did, and the way back: every change of words, operations on many records at once, the trash, and moves that a
-- run could not tell; see docs/adr/0020. The code before this goes on as it was: the trigger keeps its changes as well.

CREATE TABLE `imported_histories` (
	`operation_id` text NOT NULL,
	`media_id` text NOT NULL,
	`patch` text NOT NULL,
	`words_hash` text NOT NULL,
	PRIMARY KEY(`operation_id`, `media_id`)
) WITHOUT ROWID;

CREATE TABLE `media_revisions` (
	`media_id` text NOT NULL,
	`revision` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text,
	`operation_id` text,
	`patch` text NOT NULL,
	`words_hash` text,
	PRIMARY KEY(`media_id`, `revision`)
) WITHOUT ROWID;

CREATE INDEX `media_revisions_by_operation` ON `media_revisions` (`operation_id`,`media_id`,`revision`) WHERE operation_id IS NOT NULL;
CREATE TABLE `operations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`changed_by` text,
	`changed_at` integer NOT NULL,
	`updated` integer DEFAULT 0 NOT NULL,
	`reverted_by` text,
	`reverts` text,
	`details` text
) WITHOUT ROWID;

CREATE TABLE `trashed_media` (
	`id` text PRIMARY KEY NOT NULL,
	`pk` integer NOT NULL,
	`provider` text NOT NULL,
	`object_key` text NOT NULL,
	`path_key` text NOT NULL,
	`provider_ref` text,
	`version` text NOT NULL,
	`content_hash` text,
	`portable_hash` text,
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
	`intrinsic` text NOT NULL,
	`object_metadata` text NOT NULL,
	`words_from_file` integer NOT NULL,
	`thumbnail_version` text,
	`revision` integer NOT NULL,
	`change` integer NOT NULL,
	`missing_since` integer,
	`facts_version` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`trashed_at` integer,
	`trashed_by` text,
	`merged_into` text,
	`found_at` text,
	`found_version` text
);

CREATE INDEX `trashed_media_by_time` ON `trashed_media` (`trashed_at`,`id`) WHERE trashed_at IS NOT NULL;
CREATE INDEX `trashed_media_by_path` ON `trashed_media` (`provider`,`path_key`) WHERE trashed_at IS NOT NULL;
CREATE INDEX `trashed_media_by_hash` ON `trashed_media` (`content_hash`) WHERE trashed_at IS NOT NULL;
CREATE INDEX `trashed_media_by_ref` ON `trashed_media` (`provider_ref`) WHERE trashed_at IS NOT NULL;
CREATE INDEX `trashed_media_by_merged` ON `trashed_media` (`merged_into`) WHERE merged_into IS NOT NULL;
CREATE INDEX `trashed_media_by_found` ON `trashed_media` (`provider`,`found_at`) WHERE found_at IS NOT NULL;
ALTER TABLE `media_totals` ADD `trashed` integer DEFAULT 0 NOT NULL;
CREATE TABLE `unclear_moves` (
	`run_id` text NOT NULL,
	`media_id` text NOT NULL,
	PRIMARY KEY(`run_id`, `media_id`)
) WITHOUT ROWID;

-- Code that writes a revision writes its row here first. Where it has not, the whole of the words before is kept: a writer
-- that does not know this table takes nothing from the history.
CREATE TRIGGER media_revisions_kept AFTER UPDATE OF revision ON media_objects
WHEN new.revision > old.revision
  AND NOT EXISTS (SELECT 1 FROM media_revisions WHERE media_id = new.id AND revision = new.revision)
BEGIN
  INSERT INTO media_revisions (media_id, revision, changed_at, patch)
  VALUES (new.id, new.revision, new.updated_at, json_object('whole', json(old.object_metadata)));
END;

-- What a relink hides is not in the trash and is not counted.
CREATE TRIGGER trashed_media_insert AFTER INSERT ON trashed_media WHEN new.trashed_at IS NOT NULL BEGIN
  INSERT INTO media_totals (provider, trashed) VALUES (new.provider, 1)
  ON CONFLICT (provider) DO UPDATE SET trashed = trashed + 1;
END;

CREATE TRIGGER trashed_media_delete AFTER DELETE ON trashed_media WHEN old.trashed_at IS NOT NULL BEGIN
  UPDATE media_totals SET trashed = trashed - 1 WHERE provider = old.provider;
END;

CREATE TRIGGER trashed_media_update AFTER UPDATE OF provider, trashed_at ON trashed_media
WHEN old.provider <> new.provider OR (old.trashed_at IS NULL) <> (new.trashed_at IS NULL) BEGIN
  UPDATE media_totals SET trashed = trashed - (old.trashed_at IS NOT NULL) WHERE provider = old.provider;
  INSERT INTO media_totals (provider, trashed) VALUES (new.provider, new.trashed_at IS NOT NULL)
  ON CONFLICT (provider) DO UPDATE SET trashed = trashed + excluded.trashed;
END;
