-- Finding: full text that knows every script, what lacks words, and counters for the shape of the whole; see
-- docs/adr/0019. Whatever is kept by triggers is complete at once, except for full text: it is made of tokens that only
-- the Worker can write, and a task of the next nightly run or scan reads the records from before (text_version = 0) again.

DROP TRIGGER media_search_insert;
DROP TRIGGER media_search_forget;
DROP TRIGGER media_search_relearn;
DROP TRIGGER media_search_delete;
DROP TABLE media_search;
DROP VIEW media_text;
DROP TRIGGER media_keywords_insert;
DROP TRIGGER media_keywords_update;
DROP TRIGGER media_keywords_delete;
DROP TRIGGER media_counts_insert;
DROP TRIGGER media_counts_update;
DROP TRIGGER media_counts_delete;

ALTER TABLE `media_objects` ADD `keyword_spellings` text DEFAULT '[]' NOT NULL;
ALTER TABLE `media_objects` ADD `words_text` text DEFAULT '' NOT NULL;
ALTER TABLE `media_objects` ADD `fields_text` text DEFAULT '' NOT NULL;
ALTER TABLE `media_objects` ADD `key_text` text DEFAULT '' NOT NULL;
ALTER TABLE `media_objects` ADD `camera_text` text DEFAULT '' NOT NULL;
ALTER TABLE `media_objects` ADD `camera` text;
ALTER TABLE `media_objects` ADD `text_version` integer DEFAULT 0 NOT NULL;
ALTER TABLE `media_objects` ADD `written_latitude` real;
ALTER TABLE `media_objects` ADD `written_longitude` real;
ALTER TABLE `media_objects` ADD `is_taken_in_year` integer GENERATED ALWAYS AS ((CASE WHEN "best_taken_at" IS NULL THEN 0 WHEN "best_taken_at" IS "written_taken_at" THEN length("object_metadata" -> '$.taken_at') = 6 ELSE coalesce("intrinsic" ->> '$.taken.precision' = 'year', 0) END)) VIRTUAL;
ALTER TABLE `media_objects` ADD `best_latitude` real GENERATED ALWAYS AS ((CASE WHEN "written_latitude" IS NOT NULL THEN "written_latitude" ELSE "intrinsic" ->> '$.location.latitude' END)) VIRTUAL;
ALTER TABLE `media_objects` ADD `best_longitude` real GENERATED ALWAYS AS ((CASE WHEN "written_latitude" IS NOT NULL THEN "written_longitude" ELSE "intrinsic" ->> '$.location.longitude' END)) VIRTUAL;
ALTER TABLE `media_objects` ADD `known` integer GENERATED ALWAYS AS (((coalesce("object_metadata" ->> '$.description', '') <> '') + 2 * ("folded_keywords" <> '[]') + 4 * ("best_latitude" IS NOT NULL) + 8 * ("best_taken_at" IS NOT NULL))) VIRTUAL;
ALTER TABLE `media_objects` ADD `lacking_words` integer GENERATED ALWAYS AS ((3 - ("known" & 3))) VIRTUAL;
ALTER TABLE `media_objects` ADD `lacks_location` integer GENERATED ALWAYS AS ((CASE WHEN "state" = 'pending' AND "width" IS NULL THEN 0 ELSE "best_latitude" IS NULL END)) VIRTUAL;
ALTER TABLE `media_objects` ADD `created_on` text GENERATED ALWAYS AS ((date(((instr('123456789abcdef', substr("id", 1, 1)) << 44) + (instr('123456789abcdef', substr("id", 2, 1)) << 40) + (instr('123456789abcdef', substr("id", 3, 1)) << 36) + (instr('123456789abcdef', substr("id", 4, 1)) << 32) + (instr('123456789abcdef', substr("id", 5, 1)) << 28) + (instr('123456789abcdef', substr("id", 6, 1)) << 24) + (instr('123456789abcdef', substr("id", 7, 1)) << 20) + (instr('123456789abcdef', substr("id", 8, 1)) << 16) + (instr('123456789abcdef', substr("id", 10, 1)) << 12) + (instr('123456789abcdef', substr("id", 11, 1)) << 8) + (instr('123456789abcdef', substr("id", 12, 1)) << 4) + (instr('123456789abcdef', substr("id", 13, 1)) << 0)) / 1000, 'unixepoch'))) VIRTUAL;

UPDATE media_objects AS m SET
    written_latitude = CASE WHEN json_type(m.object_metadata, '$.location.latitude') IN ('integer', 'real')
    AND json_type(m.object_metadata, '$.location.longitude') IN ('integer', 'real')
    AND m.object_metadata ->> '$.location.latitude' BETWEEN -90 AND 90
    AND m.object_metadata ->> '$.location.longitude' BETWEEN -180 AND 180
    AND json_remove(m.object_metadata -> '$.location', '$.latitude', '$.longitude') = '{}' THEN m.object_metadata ->> '$.location.latitude' END,
    written_longitude = CASE WHEN json_type(m.object_metadata, '$.location.latitude') IN ('integer', 'real')
    AND json_type(m.object_metadata, '$.location.longitude') IN ('integer', 'real')
    AND m.object_metadata ->> '$.location.latitude' BETWEEN -90 AND 90
    AND m.object_metadata ->> '$.location.longitude' BETWEEN -180 AND 180
    AND json_remove(m.object_metadata -> '$.location', '$.latitude', '$.longitude') = '{}' THEN m.object_metadata ->> '$.location.longitude' END
WHERE m.object_metadata -> '$.location' IS NOT NULL;

-- Both keep their names, which the code before this says in its queries, and serve it still.
DROP INDEX media_objects_by_taken;
CREATE INDEX media_objects_by_taken ON media_objects (is_missing, best_taken_at, id);
DROP INDEX media_objects_unsettled;
CREATE INDEX media_objects_unsettled ON media_objects (state, id) WHERE state <> 'ready';

CREATE INDEX media_objects_lacking_words ON media_objects (is_missing, lacking_words, id) WHERE lacking_words > 0;
CREATE INDEX media_objects_lacking_location ON media_objects (is_missing, id) WHERE lacks_location > 0;
CREATE INDEX media_objects_unread ON media_objects (pk, text_version) WHERE text_version < 1;

CREATE TABLE media_totals (
  provider text PRIMARY KEY NOT NULL,
  pending integer DEFAULT 0 NOT NULL,
  ready integer DEFAULT 0 NOT NULL,
  failed integer DEFAULT 0 NOT NULL,
  unsupported integer DEFAULT 0 NOT NULL,
  missing_pending integer DEFAULT 0 NOT NULL,
  missing_ready integer DEFAULT 0 NOT NULL,
  missing_failed integer DEFAULT 0 NOT NULL,
  missing_unsupported integer DEFAULT 0 NOT NULL,
  with_description integer DEFAULT 0 NOT NULL,
  with_keywords integer DEFAULT 0 NOT NULL,
  with_words integer DEFAULT 0 NOT NULL,
  with_location integer DEFAULT 0 NOT NULL,
  with_taken_at integer DEFAULT 0 NOT NULL
) WITHOUT ROWID;

-- Records of the same kind are counted first, in the order of the table: so each is looked at once, and JSON is read once.
INSERT INTO media_totals (provider, pending, ready, failed, unsupported, missing_pending, missing_ready, missing_failed, missing_unsupported, with_description, with_keywords, with_words, with_location, with_taken_at)
SELECT provider,
  sum(n * (present AND state = 'pending')),
  sum(n * (present AND state = 'ready')),
  sum(n * (present AND state = 'failed')),
  sum(n * (present AND state = 'unsupported')),
  sum(n * (NOT present AND state = 'pending')),
  sum(n * (NOT present AND state = 'ready')),
  sum(n * (NOT present AND state = 'failed')),
  sum(n * (NOT present AND state = 'unsupported')),
  sum(n * (present AND (known & 1) <> 0)),
  sum(n * (present AND (known & 2) <> 0)),
  sum(n * (present AND (known & 3) <> 0)),
  sum(n * (present AND (known & 4) <> 0)),
  sum(n * (present AND (known & 8) <> 0))
FROM (
  SELECT provider, state, missing_since IS NULL AS present, known, count(*) AS n
  FROM media_objects NOT INDEXED GROUP BY 1, 2, 3, 4
) GROUP BY provider;

-- What the code before this reads.
DROP TABLE media_counts;
CREATE VIEW media_counts AS
SELECT provider, 'pending' AS state, pending AS present, missing_pending AS missing FROM media_totals
UNION ALL SELECT provider, 'ready' AS state, ready AS present, missing_ready AS missing FROM media_totals
UNION ALL SELECT provider, 'failed' AS state, failed AS present, missing_failed AS missing FROM media_totals
UNION ALL SELECT provider, 'unsupported' AS state, unsupported AS present, missing_unsupported AS missing FROM media_totals;

CREATE TABLE media_days (
  axis text NOT NULL,
  day text NOT NULL,
  count integer NOT NULL,
  imprecise integer DEFAULT 0 NOT NULL,
  PRIMARY KEY (axis, day)
) WITHOUT ROWID;

INSERT INTO media_days (axis, day, count)
SELECT 'created_at', created_on, count(*) FROM media_objects
WHERE missing_since IS NULL AND created_on IS NOT NULL GROUP BY created_on;
INSERT INTO media_days (axis, day, count, imprecise)
SELECT 'taken_at', substr(best_taken_at, 1, 10) AS taken_on, count(*), sum(is_taken_in_year) FROM media_objects
WHERE missing_since IS NULL AND best_taken_at IS NOT NULL GROUP BY taken_on;

CREATE TABLE keywords (
  folded text PRIMARY KEY NOT NULL,
  keyword text NOT NULL,
  count integer NOT NULL,
  tier integer DEFAULT 0 NOT NULL
) WITHOUT ROWID;

-- The spellings come as the records are read again.
INSERT INTO keywords (folded, keyword, count, tier)
SELECT folded, folded, count(*), CASE WHEN count(*) > 8 THEN count(*) ELSE 0 END FROM media_keywords GROUP BY folded;
CREATE INDEX keywords_by_tier ON keywords (tier, folded) WHERE tier > 0;

CREATE TABLE cameras (
  folded text PRIMARY KEY NOT NULL,
  camera text NOT NULL,
  count integer NOT NULL
) WITHOUT ROWID;

CREATE TABLE media_folders (
  folder text NOT NULL,
  provider text NOT NULL,
  PRIMARY KEY (folder, provider)
) WITHOUT ROWID;

-- What stands behind the last slash is cut off. The key is quoted as JSON for it, since `rtrim` takes a list of characters to
-- end at a NUL, which a key of R2 may have.
INSERT OR IGNORE INTO media_folders (folder, provider)
SELECT DISTINCT (rtrim(json_quote(object_key), replace(json_quote(object_key), '/', '')) || '"') ->> '$', provider FROM media_objects WHERE instr(object_key, '/') > 0;

-- Tokens are written by the Worker, which folds and cuts them; the tokenizer only takes them apart at the spaces. Each
-- length of a prefix is an index of its own, so that a word that is being typed is found without looking through all
-- words that begin so.
CREATE VIRTUAL TABLE media_search USING fts5(
  words_text, fields_text, key_text, camera_text,
  content = 'media_objects', content_rowid = 'pk', columnsize = 0,
  tokenize = "ascii tokenchars '+~=.|'",
  prefix = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16'
);

CREATE TRIGGER media_search_insert AFTER INSERT ON media_objects WHEN new.text_version <> 0 BEGIN
  INSERT INTO media_search (rowid, words_text, fields_text, key_text, camera_text)
  VALUES (new.pk, new.words_text, new.fields_text, new.key_text, new.camera_text);
END;

CREATE TRIGGER media_search_learn AFTER UPDATE OF text_version ON media_objects
WHEN old.text_version = 0 AND new.text_version > 0
BEGIN
  INSERT INTO media_search (rowid, words_text, fields_text, key_text, camera_text)
  VALUES (new.pk, new.words_text, new.fields_text, new.key_text, new.camera_text);
END;

-- Before the row changes: an external-content table looks the old words up in the row.
CREATE TRIGGER media_search_update BEFORE UPDATE OF words_text, fields_text, key_text, camera_text ON media_objects
WHEN old.text_version <> 0 AND (
  old.words_text <> new.words_text OR old.fields_text <> new.fields_text
  OR old.key_text <> new.key_text OR old.camera_text <> new.camera_text
)
BEGIN
  UPDATE media_search SET
    words_text = new.words_text, fields_text = new.fields_text, key_text = new.key_text, camera_text = new.camera_text
  WHERE rowid = old.pk;
END;

CREATE TRIGGER media_search_delete BEFORE DELETE ON media_objects WHEN old.text_version <> 0 BEGIN
  INSERT INTO media_search (media_search, rowid, words_text, fields_text, key_text, camera_text)
  VALUES ('delete', old.pk, old.words_text, old.fields_text, old.key_text, old.camera_text);
END;

-- Code before this writes words together with these two columns, which nobody else writes, and moves a record without a
-- thought for the tokens of its key. Such a record is read again; until then it is found by the words that it had. Where a
-- key changes and its tokens do not, that is done in vain.
CREATE TRIGGER media_search_outdated AFTER UPDATE OF keyword_text, custom_text ON media_objects
WHEN new.text_version > 0
BEGIN
  UPDATE media_objects SET text_version = -1 WHERE pk = new.pk;
END;

CREATE TRIGGER media_search_moved AFTER UPDATE OF object_key ON media_objects
WHEN new.text_version > 0 AND old.object_key <> new.object_key AND old.key_text = new.key_text
BEGIN
  UPDATE media_objects SET text_version = -1 WHERE pk = new.pk;
END;

CREATE TRIGGER media_keywords_insert AFTER INSERT ON media_objects
WHEN new.folded_keywords <> '[]'
BEGIN
  INSERT OR IGNORE INTO media_keywords (folded, media_id, media_pk)
  SELECT value, new.id, new.pk FROM json_each(new.folded_keywords);
  INSERT INTO keywords (folded, keyword, count)
  SELECT value, coalesce(json_extract(new.keyword_spellings, '$[' || key || ']'), value), 1 FROM json_each(new.folded_keywords) WHERE true
  ON CONFLICT (folded) DO UPDATE SET count = count + 1, keyword = excluded.keyword;
END;

CREATE TRIGGER media_keywords_update AFTER UPDATE OF folded_keywords ON media_objects
WHEN old.folded_keywords <> new.folded_keywords
BEGIN
  DELETE FROM media_keywords
  WHERE media_id = old.id AND folded IN (
    SELECT value FROM json_each(old.folded_keywords)
    EXCEPT SELECT value FROM json_each(new.folded_keywords)
  );
  UPDATE keywords SET count = count - 1
  WHERE folded IN (
    SELECT value FROM json_each(old.folded_keywords)
    EXCEPT SELECT value FROM json_each(new.folded_keywords)
  );
  DELETE FROM keywords
  WHERE count <= 0 AND folded IN (SELECT value FROM json_each(old.folded_keywords));
  INSERT OR IGNORE INTO media_keywords (folded, media_id, media_pk)
  SELECT value, new.id, new.pk FROM json_each(new.folded_keywords)
  WHERE value NOT IN (SELECT value FROM json_each(old.folded_keywords));
  INSERT INTO keywords (folded, keyword, count)
  SELECT value, coalesce(json_extract(new.keyword_spellings, '$[' || key || ']'), value), 1 FROM json_each(new.folded_keywords)
  WHERE value NOT IN (SELECT value FROM json_each(old.folded_keywords))
  ON CONFLICT (folded) DO UPDATE SET count = count + 1, keyword = excluded.keyword;
END;

-- A keyword that stays and is spelt otherwise: the spelling that was used last is the one that is shown.
CREATE TRIGGER keywords_spelling AFTER UPDATE OF keyword_spellings ON media_objects
WHEN old.keyword_spellings <> new.keyword_spellings AND new.folded_keywords <> '[]'
BEGIN
  UPDATE keywords SET keyword = spelt.keyword
  FROM (
    SELECT value AS folded, json_extract(new.keyword_spellings, '$[' || key || ']') AS keyword FROM json_each(new.folded_keywords)
    WHERE value IN (SELECT value FROM json_each(old.folded_keywords))
      AND json_extract(new.keyword_spellings, '$[' || key || ']') NOT IN (SELECT value FROM json_each(old.keyword_spellings))
  ) AS spelt
  WHERE keywords.folded = spelt.folded AND keywords.keyword <> spelt.keyword;
END;

CREATE TRIGGER media_keywords_delete AFTER DELETE ON media_objects
WHEN old.folded_keywords <> '[]'
BEGIN
  DELETE FROM media_keywords
  WHERE media_id = old.id AND folded IN (SELECT value FROM json_each(old.folded_keywords));
  UPDATE keywords SET count = count - 1 WHERE folded IN (SELECT value FROM json_each(old.folded_keywords));
  DELETE FROM keywords
  WHERE count <= 0 AND folded IN (SELECT value FROM json_each(old.folded_keywords));
END;

-- The index in the order of counts is written only when a count has left the neighbourhood of its tier; going down it
-- leaves room, so that a keyword that is taken from many records does not write it each time.
CREATE TRIGGER keywords_tier AFTER UPDATE OF count ON keywords
WHEN new.count < new.tier OR new.count > new.tier + new.tier / 8 + 8
BEGIN
  UPDATE keywords SET tier = CASE
    WHEN new.count <= 8 THEN 0
    WHEN new.count < new.tier THEN new.count - new.count / 16
    ELSE new.count
  END WHERE folded = new.folded;
END;

CREATE TRIGGER cameras_insert AFTER INSERT ON media_objects WHEN new.camera IS NOT NULL BEGIN
  INSERT INTO cameras (folded, camera, count) VALUES (lower(new.camera), new.camera, 1)
  ON CONFLICT (folded) DO UPDATE SET count = count + 1, camera = excluded.camera;
END;

CREATE TRIGGER cameras_update AFTER UPDATE OF camera ON media_objects WHEN old.camera IS NOT new.camera BEGIN
  UPDATE cameras SET count = count - 1 WHERE folded = lower(old.camera);
  INSERT INTO cameras (folded, camera, count) SELECT lower(new.camera), new.camera, 1 WHERE new.camera IS NOT NULL
  ON CONFLICT (folded) DO UPDATE SET count = count + 1, camera = excluded.camera;
  DELETE FROM cameras WHERE folded = lower(old.camera) AND count <= 0;
END;

CREATE TRIGGER cameras_delete AFTER DELETE ON media_objects WHEN old.camera IS NOT NULL BEGIN
  UPDATE cameras SET count = count - 1 WHERE folded = lower(old.camera);
  DELETE FROM cameras WHERE folded = lower(old.camera) AND count <= 0;
END;

CREATE TRIGGER media_folders_insert AFTER INSERT ON media_objects WHEN instr(new.object_key, '/') > 0 BEGIN
  INSERT OR IGNORE INTO media_folders (folder, provider)
  VALUES ((rtrim(json_quote(new.object_key), replace(json_quote(new.object_key), '/', '')) || '"') ->> '$', new.provider);
END;

CREATE TRIGGER media_folders_update AFTER UPDATE OF object_key, provider ON media_objects
WHEN instr(new.object_key, '/') > 0 AND (old.object_key <> new.object_key OR old.provider <> new.provider)
BEGIN
  INSERT OR IGNORE INTO media_folders (folder, provider)
  VALUES ((rtrim(json_quote(new.object_key), replace(json_quote(new.object_key), '/', '')) || '"') ->> '$', new.provider);
END;

-- A place is kept apart from the words, so that a change of other words leaves the index of what lacks a place alone.
CREATE TRIGGER media_place_insert AFTER INSERT ON media_objects
WHEN new.object_metadata -> '$.location' IS NOT NULL
BEGIN
  UPDATE media_objects SET
    written_latitude = CASE WHEN json_type(new.object_metadata, '$.location.latitude') IN ('integer', 'real')
    AND json_type(new.object_metadata, '$.location.longitude') IN ('integer', 'real')
    AND new.object_metadata ->> '$.location.latitude' BETWEEN -90 AND 90
    AND new.object_metadata ->> '$.location.longitude' BETWEEN -180 AND 180
    AND json_remove(new.object_metadata -> '$.location', '$.latitude', '$.longitude') = '{}' THEN new.object_metadata ->> '$.location.latitude' END,
    written_longitude = CASE WHEN json_type(new.object_metadata, '$.location.latitude') IN ('integer', 'real')
    AND json_type(new.object_metadata, '$.location.longitude') IN ('integer', 'real')
    AND new.object_metadata ->> '$.location.latitude' BETWEEN -90 AND 90
    AND new.object_metadata ->> '$.location.longitude' BETWEEN -180 AND 180
    AND json_remove(new.object_metadata -> '$.location', '$.latitude', '$.longitude') = '{}' THEN new.object_metadata ->> '$.location.longitude' END
  WHERE pk = new.pk;
END;

CREATE TRIGGER media_place_update AFTER UPDATE OF object_metadata ON media_objects
WHEN old.object_metadata -> '$.location' IS NOT new.object_metadata -> '$.location'
BEGIN
  UPDATE media_objects SET
    written_latitude = CASE WHEN json_type(new.object_metadata, '$.location.latitude') IN ('integer', 'real')
    AND json_type(new.object_metadata, '$.location.longitude') IN ('integer', 'real')
    AND new.object_metadata ->> '$.location.latitude' BETWEEN -90 AND 90
    AND new.object_metadata ->> '$.location.longitude' BETWEEN -180 AND 180
    AND json_remove(new.object_metadata -> '$.location', '$.latitude', '$.longitude') = '{}' THEN new.object_metadata ->> '$.location.latitude' END,
    written_longitude = CASE WHEN json_type(new.object_metadata, '$.location.latitude') IN ('integer', 'real')
    AND json_type(new.object_metadata, '$.location.longitude') IN ('integer', 'real')
    AND new.object_metadata ->> '$.location.latitude' BETWEEN -90 AND 90
    AND new.object_metadata ->> '$.location.longitude' BETWEEN -180 AND 180
    AND json_remove(new.object_metadata -> '$.location', '$.latitude', '$.longitude') = '{}' THEN new.object_metadata ->> '$.location.longitude' END
  WHERE pk = new.pk;
END;

-- Every change is added as a difference: nobody knows in which order the triggers of a statement come.
CREATE TRIGGER media_totals_insert AFTER INSERT ON media_objects BEGIN
  INSERT INTO media_totals (provider, pending, ready, failed, unsupported, missing_pending, missing_ready, missing_failed, missing_unsupported, with_description, with_keywords, with_words, with_location, with_taken_at)
  VALUES (new.provider,
    (new.missing_since IS NULL AND new.state = 'pending'),
    (new.missing_since IS NULL AND new.state = 'ready'),
    (new.missing_since IS NULL AND new.state = 'failed'),
    (new.missing_since IS NULL AND new.state = 'unsupported'),
    (new.missing_since IS NOT NULL AND new.state = 'pending'),
    (new.missing_since IS NOT NULL AND new.state = 'ready'),
    (new.missing_since IS NOT NULL AND new.state = 'failed'),
    (new.missing_since IS NOT NULL AND new.state = 'unsupported'),
    (new.missing_since IS NULL AND (new.known & 1) <> 0),
    (new.missing_since IS NULL AND (new.known & 2) <> 0),
    (new.missing_since IS NULL AND (new.known & 3) <> 0),
    (new.missing_since IS NULL AND (new.known & 4) <> 0),
    (new.missing_since IS NULL AND (new.known & 8) <> 0))
  ON CONFLICT (provider) DO UPDATE SET
    pending = pending + excluded.pending,
    ready = ready + excluded.ready,
    failed = failed + excluded.failed,
    unsupported = unsupported + excluded.unsupported,
    missing_pending = missing_pending + excluded.missing_pending,
    missing_ready = missing_ready + excluded.missing_ready,
    missing_failed = missing_failed + excluded.missing_failed,
    missing_unsupported = missing_unsupported + excluded.missing_unsupported,
    with_description = with_description + excluded.with_description,
    with_keywords = with_keywords + excluded.with_keywords,
    with_words = with_words + excluded.with_words,
    with_location = with_location + excluded.with_location,
    with_taken_at = with_taken_at + excluded.with_taken_at;
END;

CREATE TRIGGER media_totals_update AFTER UPDATE ON media_objects
WHEN old.provider = new.provider AND (
  old.state <> new.state OR old.known <> new.known OR (old.missing_since IS NULL) <> (new.missing_since IS NULL)
)
BEGIN
  INSERT INTO media_totals (provider, pending, ready, failed, unsupported, missing_pending, missing_ready, missing_failed, missing_unsupported, with_description, with_keywords, with_words, with_location, with_taken_at)
  VALUES (new.provider,
    (new.missing_since IS NULL AND new.state = 'pending') - (old.missing_since IS NULL AND old.state = 'pending'),
    (new.missing_since IS NULL AND new.state = 'ready') - (old.missing_since IS NULL AND old.state = 'ready'),
    (new.missing_since IS NULL AND new.state = 'failed') - (old.missing_since IS NULL AND old.state = 'failed'),
    (new.missing_since IS NULL AND new.state = 'unsupported') - (old.missing_since IS NULL AND old.state = 'unsupported'),
    (new.missing_since IS NOT NULL AND new.state = 'pending') - (old.missing_since IS NOT NULL AND old.state = 'pending'),
    (new.missing_since IS NOT NULL AND new.state = 'ready') - (old.missing_since IS NOT NULL AND old.state = 'ready'),
    (new.missing_since IS NOT NULL AND new.state = 'failed') - (old.missing_since IS NOT NULL AND old.state = 'failed'),
    (new.missing_since IS NOT NULL AND new.state = 'unsupported') - (old.missing_since IS NOT NULL AND old.state = 'unsupported'),
    (new.missing_since IS NULL AND (new.known & 1) <> 0) - (old.missing_since IS NULL AND (old.known & 1) <> 0),
    (new.missing_since IS NULL AND (new.known & 2) <> 0) - (old.missing_since IS NULL AND (old.known & 2) <> 0),
    (new.missing_since IS NULL AND (new.known & 3) <> 0) - (old.missing_since IS NULL AND (old.known & 3) <> 0),
    (new.missing_since IS NULL AND (new.known & 4) <> 0) - (old.missing_since IS NULL AND (old.known & 4) <> 0),
    (new.missing_since IS NULL AND (new.known & 8) <> 0) - (old.missing_since IS NULL AND (old.known & 8) <> 0))
  ON CONFLICT (provider) DO UPDATE SET
    pending = pending + excluded.pending,
    ready = ready + excluded.ready,
    failed = failed + excluded.failed,
    unsupported = unsupported + excluded.unsupported,
    missing_pending = missing_pending + excluded.missing_pending,
    missing_ready = missing_ready + excluded.missing_ready,
    missing_failed = missing_failed + excluded.missing_failed,
    missing_unsupported = missing_unsupported + excluded.missing_unsupported,
    with_description = with_description + excluded.with_description,
    with_keywords = with_keywords + excluded.with_keywords,
    with_words = with_words + excluded.with_words,
    with_location = with_location + excluded.with_location,
    with_taken_at = with_taken_at + excluded.with_taken_at;
END;

CREATE TRIGGER media_totals_provider AFTER UPDATE OF provider ON media_objects WHEN old.provider <> new.provider BEGIN
  INSERT INTO media_totals (provider, pending, ready, failed, unsupported, missing_pending, missing_ready, missing_failed, missing_unsupported, with_description, with_keywords, with_words, with_location, with_taken_at)
  VALUES (old.provider,
    -(old.missing_since IS NULL AND old.state = 'pending'),
    -(old.missing_since IS NULL AND old.state = 'ready'),
    -(old.missing_since IS NULL AND old.state = 'failed'),
    -(old.missing_since IS NULL AND old.state = 'unsupported'),
    -(old.missing_since IS NOT NULL AND old.state = 'pending'),
    -(old.missing_since IS NOT NULL AND old.state = 'ready'),
    -(old.missing_since IS NOT NULL AND old.state = 'failed'),
    -(old.missing_since IS NOT NULL AND old.state = 'unsupported'),
    -(old.missing_since IS NULL AND (old.known & 1) <> 0),
    -(old.missing_since IS NULL AND (old.known & 2) <> 0),
    -(old.missing_since IS NULL AND (old.known & 3) <> 0),
    -(old.missing_since IS NULL AND (old.known & 4) <> 0),
    -(old.missing_since IS NULL AND (old.known & 8) <> 0))
  ON CONFLICT (provider) DO UPDATE SET
    pending = pending + excluded.pending,
    ready = ready + excluded.ready,
    failed = failed + excluded.failed,
    unsupported = unsupported + excluded.unsupported,
    missing_pending = missing_pending + excluded.missing_pending,
    missing_ready = missing_ready + excluded.missing_ready,
    missing_failed = missing_failed + excluded.missing_failed,
    missing_unsupported = missing_unsupported + excluded.missing_unsupported,
    with_description = with_description + excluded.with_description,
    with_keywords = with_keywords + excluded.with_keywords,
    with_words = with_words + excluded.with_words,
    with_location = with_location + excluded.with_location,
    with_taken_at = with_taken_at + excluded.with_taken_at;
  INSERT INTO media_totals (provider, pending, ready, failed, unsupported, missing_pending, missing_ready, missing_failed, missing_unsupported, with_description, with_keywords, with_words, with_location, with_taken_at)
  VALUES (new.provider,
    (new.missing_since IS NULL AND new.state = 'pending'),
    (new.missing_since IS NULL AND new.state = 'ready'),
    (new.missing_since IS NULL AND new.state = 'failed'),
    (new.missing_since IS NULL AND new.state = 'unsupported'),
    (new.missing_since IS NOT NULL AND new.state = 'pending'),
    (new.missing_since IS NOT NULL AND new.state = 'ready'),
    (new.missing_since IS NOT NULL AND new.state = 'failed'),
    (new.missing_since IS NOT NULL AND new.state = 'unsupported'),
    (new.missing_since IS NULL AND (new.known & 1) <> 0),
    (new.missing_since IS NULL AND (new.known & 2) <> 0),
    (new.missing_since IS NULL AND (new.known & 3) <> 0),
    (new.missing_since IS NULL AND (new.known & 4) <> 0),
    (new.missing_since IS NULL AND (new.known & 8) <> 0))
  ON CONFLICT (provider) DO UPDATE SET
    pending = pending + excluded.pending,
    ready = ready + excluded.ready,
    failed = failed + excluded.failed,
    unsupported = unsupported + excluded.unsupported,
    missing_pending = missing_pending + excluded.missing_pending,
    missing_ready = missing_ready + excluded.missing_ready,
    missing_failed = missing_failed + excluded.missing_failed,
    missing_unsupported = missing_unsupported + excluded.missing_unsupported,
    with_description = with_description + excluded.with_description,
    with_keywords = with_keywords + excluded.with_keywords,
    with_words = with_words + excluded.with_words,
    with_location = with_location + excluded.with_location,
    with_taken_at = with_taken_at + excluded.with_taken_at;
END;

CREATE TRIGGER media_totals_delete AFTER DELETE ON media_objects BEGIN
  INSERT INTO media_totals (provider, pending, ready, failed, unsupported, missing_pending, missing_ready, missing_failed, missing_unsupported, with_description, with_keywords, with_words, with_location, with_taken_at)
  VALUES (old.provider,
    -(old.missing_since IS NULL AND old.state = 'pending'),
    -(old.missing_since IS NULL AND old.state = 'ready'),
    -(old.missing_since IS NULL AND old.state = 'failed'),
    -(old.missing_since IS NULL AND old.state = 'unsupported'),
    -(old.missing_since IS NOT NULL AND old.state = 'pending'),
    -(old.missing_since IS NOT NULL AND old.state = 'ready'),
    -(old.missing_since IS NOT NULL AND old.state = 'failed'),
    -(old.missing_since IS NOT NULL AND old.state = 'unsupported'),
    -(old.missing_since IS NULL AND (old.known & 1) <> 0),
    -(old.missing_since IS NULL AND (old.known & 2) <> 0),
    -(old.missing_since IS NULL AND (old.known & 3) <> 0),
    -(old.missing_since IS NULL AND (old.known & 4) <> 0),
    -(old.missing_since IS NULL AND (old.known & 8) <> 0))
  ON CONFLICT (provider) DO UPDATE SET
    pending = pending + excluded.pending,
    ready = ready + excluded.ready,
    failed = failed + excluded.failed,
    unsupported = unsupported + excluded.unsupported,
    missing_pending = missing_pending + excluded.missing_pending,
    missing_ready = missing_ready + excluded.missing_ready,
    missing_failed = missing_failed + excluded.missing_failed,
    missing_unsupported = missing_unsupported + excluded.missing_unsupported,
    with_description = with_description + excluded.with_description,
    with_keywords = with_keywords + excluded.with_keywords,
    with_words = with_words + excluded.with_words,
    with_location = with_location + excluded.with_location,
    with_taken_at = with_taken_at + excluded.with_taken_at;
END;

CREATE TRIGGER media_days_insert AFTER INSERT ON media_objects WHEN new.missing_since IS NULL BEGIN
  INSERT INTO media_days (axis, day, count) SELECT 'created_at', new.created_on, 1 WHERE new.created_on IS NOT NULL
  ON CONFLICT (axis, day) DO UPDATE SET count = count + 1;
  INSERT INTO media_days (axis, day, count, imprecise)
  SELECT 'taken_at', substr(new.best_taken_at, 1, 10), 1, new.is_taken_in_year WHERE new.best_taken_at IS NOT NULL
  ON CONFLICT (axis, day) DO UPDATE SET count = count + 1, imprecise = imprecise + excluded.imprecise;
END;

CREATE TRIGGER media_days_presence AFTER UPDATE OF missing_since ON media_objects
WHEN (old.missing_since IS NULL) <> (new.missing_since IS NULL) AND new.created_on IS NOT NULL
BEGIN
  INSERT INTO media_days (axis, day, count)
  VALUES ('created_at', new.created_on, CASE WHEN new.missing_since IS NULL THEN 1 ELSE -1 END)
  ON CONFLICT (axis, day) DO UPDATE SET count = count + excluded.count;
  DELETE FROM media_days WHERE axis = 'created_at' AND day = new.created_on AND count = 0;
END;

CREATE TRIGGER media_days_taken AFTER UPDATE ON media_objects
WHEN (old.missing_since IS NULL) <> (new.missing_since IS NULL)
  OR substr(old.best_taken_at, 1, 10) IS NOT substr(new.best_taken_at, 1, 10) OR old.is_taken_in_year <> new.is_taken_in_year
BEGIN
  INSERT INTO media_days (axis, day, count, imprecise)
  SELECT 'taken_at', substr(new.best_taken_at, 1, 10), 1, new.is_taken_in_year WHERE new.missing_since IS NULL AND new.best_taken_at IS NOT NULL
  ON CONFLICT (axis, day) DO UPDATE SET count = count + 1, imprecise = imprecise + excluded.imprecise;
  UPDATE media_days SET count = count - 1, imprecise = imprecise - old.is_taken_in_year
  WHERE axis = 'taken_at' AND day = substr(old.best_taken_at, 1, 10) AND old.missing_since IS NULL;
  DELETE FROM media_days WHERE axis = 'taken_at' AND day = substr(old.best_taken_at, 1, 10) AND count = 0;
END;

CREATE TRIGGER media_days_delete AFTER DELETE ON media_objects WHEN old.missing_since IS NULL BEGIN
  UPDATE media_days SET count = count - 1 WHERE axis = 'created_at' AND day = old.created_on;
  DELETE FROM media_days WHERE axis = 'created_at' AND day = old.created_on AND count = 0;
  UPDATE media_days SET count = count - 1, imprecise = imprecise - old.is_taken_in_year
  WHERE axis = 'taken_at' AND day = substr(old.best_taken_at, 1, 10);
  DELETE FROM media_days WHERE axis = 'taken_at' AND day = substr(old.best_taken_at, 1, 10) AND count = 0;
END;
