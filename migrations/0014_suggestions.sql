-- Suggestions: what a machine would write about a record, apart from the record; see docs/adr/0034. The code before this
-- knows none of these tables, and whatever it does to records the triggers keep them right. WITHOUT ROWID, which drizzle
-- cannot say: the primary key is the table.

CREATE TABLE `suggestion_calls` (
	`day` text PRIMARY KEY NOT NULL,
	`calls` integer NOT NULL
) WITHOUT ROWID;

CREATE TABLE `suggestion_keywords` (
	`model` text NOT NULL,
	`folded` text NOT NULL,
	`accepted_5` integer DEFAULT 0 NOT NULL,
	`accepted_6` integer DEFAULT 0 NOT NULL,
	`accepted_7` integer DEFAULT 0 NOT NULL,
	`accepted_8` integer DEFAULT 0 NOT NULL,
	`accepted_9` integer DEFAULT 0 NOT NULL,
	`refused_5` integer DEFAULT 0 NOT NULL,
	`refused_6` integer DEFAULT 0 NOT NULL,
	`refused_7` integer DEFAULT 0 NOT NULL,
	`refused_8` integer DEFAULT 0 NOT NULL,
	`refused_9` integer DEFAULT 0 NOT NULL,
	`decided_at` integer NOT NULL,
	PRIMARY KEY(`model`, `folded`)
) WITHOUT ROWID;

CREATE TABLE `suggestion_totals` (
	`id` integer PRIMARY KEY NOT NULL,
	`open` integer NOT NULL
);

CREATE TABLE `suggestion_wakes` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`paused_until` integer DEFAULT 0 NOT NULL
);

CREATE TABLE `suggestions` (
	`media_id` text PRIMARY KEY NOT NULL,
	`media_pk` integer,
	`is_missing` integer DEFAULT 0 NOT NULL,
	`picture` text NOT NULL,
	`state` text NOT NULL,
	`due_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`description` text,
	`candidates` text DEFAULT '[]' NOT NULL,
	`model` text,
	`decision_model` text DEFAULT '' NOT NULL,
	`created_at` integer,
	`verdicts` text DEFAULT '{}' NOT NULL,
	`decided_at` integer,
	`decided_operation` text,
	`decided_revision` integer,
	`verdicts_before` text,
	`search_text` text DEFAULT '' NOT NULL
) WITHOUT ROWID;

CREATE INDEX `suggestions_wanted` ON `suggestions` (`due_at`) WHERE state = 'wanted';
CREATE INDEX `suggestions_open` ON `suggestions` (`is_missing`,`media_id`) WHERE state = 'open';
CREATE INDEX `suggestions_by_operation` ON `suggestions` (`decided_operation`,`media_id`) WHERE decided_operation IS NOT NULL;

-- One row, so that a count costs one.
INSERT INTO suggestion_totals (id, open) VALUES (1, 0);

-- What waits for a person can be searched for, by the row id of the record, as its own words are.
CREATE VIRTUAL TABLE suggestion_search USING fts5(
  search_text,
  content = '', contentless_delete = 1,
  tokenize = "ascii tokenchars '+~=.|'",
  prefix = '1 2 3 4 5 6 7 8'
);

CREATE TRIGGER suggestions_made AFTER INSERT ON suggestions BEGIN
  INSERT INTO suggestion_search (rowid, search_text)
  SELECT new.media_pk, new.search_text WHERE new.search_text <> '' AND new.media_pk IS NOT NULL;
  UPDATE suggestion_totals SET open = open + 1
  WHERE new.state = 'open' AND new.media_pk IS NOT NULL AND new.is_missing = 0;
END;

CREATE TRIGGER suggestions_gone AFTER DELETE ON suggestions BEGIN
  DELETE FROM suggestion_search WHERE rowid = old.media_pk AND old.search_text <> '';
  UPDATE suggestion_totals SET open = open - 1
  WHERE old.state = 'open' AND old.media_pk IS NOT NULL AND old.is_missing = 0;
END;

CREATE TRIGGER suggestions_found AFTER UPDATE OF search_text, media_pk ON suggestions
WHEN new.search_text <> old.search_text OR new.media_pk IS NOT old.media_pk
BEGIN
  DELETE FROM suggestion_search WHERE rowid = old.media_pk AND old.search_text <> '';
  INSERT INTO suggestion_search (rowid, search_text)
  SELECT new.media_pk, new.search_text WHERE new.search_text <> '' AND new.media_pk IS NOT NULL;
END;

CREATE TRIGGER suggestions_counted AFTER UPDATE OF state, media_pk, is_missing ON suggestions
WHEN (new.state = 'open' AND new.media_pk IS NOT NULL AND new.is_missing = 0)
  <> (old.state = 'open' AND old.media_pk IS NOT NULL AND old.is_missing = 0)
BEGIN
  UPDATE suggestion_totals
  SET open = open + CASE WHEN new.state = 'open' AND new.media_pk IS NOT NULL AND new.is_missing = 0 THEN 1 ELSE -1 END;
END;

-- What people decide is learned of the model that gave the scores; a decision that is taken back is forgotten, and other
-- bytes, which begin anew, forget nothing.
CREATE TRIGGER suggestions_learned AFTER UPDATE OF verdicts ON suggestions
WHEN new.verdicts <> old.verdicts AND new.picture = old.picture
BEGIN
  INSERT INTO suggestion_keywords (
    model, folded, accepted_5, accepted_6, accepted_7, accepted_8, accepted_9,
    refused_5, refused_6, refused_7, refused_8, refused_9, decided_at
  )
  SELECT new.decision_model, folded, taken * (band = 5), taken * (band = 6), taken * (band = 7),
    taken * (band = 8), taken * (band = 9), turned_down * (band = 5),
    turned_down * (band = 6), turned_down * (band = 7),
    turned_down * (band = 8), turned_down * (band = 9), coalesce(new.decided_at, 0)
  FROM (
    SELECT c.value ->> 'folded' AS folded,
      min(9, max(5, CAST((c.value ->> 'score') * 10 AS INTEGER))) AS band,
      coalesce(n.value = 'accepted', 0) - coalesce(o.value = 'accepted', 0) AS taken,
      coalesce(n.value = 'refused', 0) - coalesce(o.value = 'refused', 0) AS turned_down
    FROM json_each(new.candidates) c
    LEFT JOIN json_each(new.verdicts, '$.keywords') n ON n.key = c.value ->> 'folded'
    LEFT JOIN json_each(old.verdicts, '$.keywords') o ON o.key = c.value ->> 'folded'
  )
  WHERE taken <> 0 OR turned_down <> 0
  ON CONFLICT (model, folded) DO UPDATE SET
    accepted_5 = accepted_5 + excluded.accepted_5,
    accepted_6 = accepted_6 + excluded.accepted_6,
    accepted_7 = accepted_7 + excluded.accepted_7,
    accepted_8 = accepted_8 + excluded.accepted_8,
    accepted_9 = accepted_9 + excluded.accepted_9,
    refused_5 = refused_5 + excluded.refused_5,
    refused_6 = refused_6 + excluded.refused_6,
    refused_7 = refused_7 + excluded.refused_7,
    refused_8 = refused_8 + excluded.refused_8,
    refused_9 = refused_9 + excluded.refused_9,
    decided_at = max(decided_at, excluded.decided_at);
END;

-- A record that is set apart keeps its suggestions, which nobody finds meanwhile; one that goes for good takes them along.
-- Of one that was not there in its turn models are asked when it is back.
CREATE TRIGGER suggestions_left AFTER DELETE ON media_objects
WHEN EXISTS (SELECT 1 FROM suggestions WHERE media_id = old.id)
BEGIN
  UPDATE suggestions SET media_pk = NULL WHERE media_id = old.id;
  DELETE FROM suggestions WHERE media_id = old.id AND NOT EXISTS (SELECT 1 FROM trashed_media WHERE id = old.id);
END;

CREATE TRIGGER suggestions_purged AFTER DELETE ON trashed_media
WHEN EXISTS (SELECT 1 FROM suggestions WHERE media_id = old.id)
BEGIN
  DELETE FROM suggestions WHERE media_id = old.id AND NOT EXISTS (SELECT 1 FROM media_objects WHERE id = old.id);
END;

CREATE TRIGGER suggestions_returned AFTER INSERT ON media_objects
WHEN EXISTS (SELECT 1 FROM suggestions WHERE media_id = new.id)
BEGIN
  UPDATE suggestions SET media_pk = new.pk, is_missing = new.missing_since IS NOT NULL, due_at = CASE
    WHEN state = 'wanted' AND new.missing_since IS NULL THEN coalesce(due_at, 0) ELSE due_at END
  WHERE media_id = new.id;
END;

CREATE TRIGGER suggestions_presence AFTER UPDATE OF missing_since ON media_objects
WHEN (new.missing_since IS NULL) <> (old.missing_since IS NULL)
  AND EXISTS (SELECT 1 FROM suggestions WHERE media_id = new.id)
BEGIN
  UPDATE suggestions SET is_missing = new.missing_since IS NOT NULL, due_at = CASE
    WHEN state = 'wanted' AND new.missing_since IS NULL THEN coalesce(due_at, 0) ELSE due_at END
  WHERE media_id = new.id;
END;
