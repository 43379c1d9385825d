-- Full text, keywords and counters: all kept by triggers, so that no writer can forget them, and each trigger
-- writes only what differs.

-- What full text is made of. FTS5 reads it back for highlights and when it is rebuilt; it fails to rebuild from a
-- view that uses json_each, which is why writers fill the columns of keywords and custom fields.
CREATE VIEW media_text AS
SELECT
  pk,
  object_metadata ->> '$.description' AS description,
  keyword_text AS keywords,
  object_key,
  concat_ws(' ', intrinsic ->> '$.camera.make', intrinsic ->> '$.camera.model', intrinsic ->> '$.camera.lens') AS camera,
  custom_text AS custom
FROM media_objects;

CREATE VIRTUAL TABLE media_search USING fts5(
  description, keywords, object_key, camera, custom,
  content = 'media_text', content_rowid = 'pk',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER media_search_insert AFTER INSERT ON media_objects BEGIN
  INSERT INTO media_search (rowid, description, keywords, object_key, camera, custom)
  SELECT pk, description, keywords, object_key, camera, custom FROM media_text WHERE pk = new.pk;
END;

-- An external-content table must be told the old text before the row changes, or it keeps the old words.
CREATE TRIGGER media_search_forget BEFORE UPDATE OF object_metadata, object_key, intrinsic ON media_objects
WHEN old.object_metadata IS NOT new.object_metadata
  OR old.object_key IS NOT new.object_key
  OR old.intrinsic -> '$.camera' IS NOT new.intrinsic -> '$.camera'
BEGIN
  INSERT INTO media_search (media_search, rowid, description, keywords, object_key, camera, custom)
  SELECT 'delete', pk, description, keywords, object_key, camera, custom FROM media_text WHERE pk = old.pk;
END;

CREATE TRIGGER media_search_relearn AFTER UPDATE OF object_metadata, object_key, intrinsic ON media_objects
WHEN old.object_metadata IS NOT new.object_metadata
  OR old.object_key IS NOT new.object_key
  OR old.intrinsic -> '$.camera' IS NOT new.intrinsic -> '$.camera'
BEGIN
  INSERT INTO media_search (rowid, description, keywords, object_key, camera, custom)
  SELECT pk, description, keywords, object_key, camera, custom FROM media_text WHERE pk = new.pk;
END;

CREATE TRIGGER media_search_delete BEFORE DELETE ON media_objects BEGIN
  INSERT INTO media_search (media_search, rowid, description, keywords, object_key, camera, custom)
  SELECT 'delete', pk, description, keywords, object_key, camera, custom FROM media_text WHERE pk = old.pk;
END;

CREATE TRIGGER media_keywords_insert AFTER INSERT ON media_objects
WHEN new.folded_keywords <> '[]'
BEGIN
  INSERT OR IGNORE INTO media_keywords (folded, media_id, media_pk)
  SELECT value, new.id, new.pk FROM json_each(new.folded_keywords);
END;

CREATE TRIGGER media_keywords_update AFTER UPDATE OF folded_keywords ON media_objects
WHEN old.folded_keywords <> new.folded_keywords
BEGIN
  DELETE FROM media_keywords
  WHERE media_id = old.id AND folded IN (
    SELECT value FROM json_each(old.folded_keywords)
    EXCEPT SELECT value FROM json_each(new.folded_keywords)
  );
  INSERT OR IGNORE INTO media_keywords (folded, media_id, media_pk)
  SELECT value, new.id, new.pk FROM json_each(new.folded_keywords)
  WHERE value NOT IN (SELECT value FROM json_each(old.folded_keywords));
END;

CREATE TRIGGER media_keywords_delete AFTER DELETE ON media_objects
WHEN old.folded_keywords <> '[]'
BEGIN
  DELETE FROM media_keywords
  WHERE media_id = old.id AND folded IN (SELECT value FROM json_each(old.folded_keywords));
END;

CREATE TRIGGER media_counts_insert AFTER INSERT ON media_objects BEGIN
  INSERT INTO media_counts (provider, state, present, missing)
  VALUES (new.provider, new.state, new.missing_since IS NULL, new.missing_since IS NOT NULL)
  ON CONFLICT (provider, state) DO UPDATE SET
    present = present + excluded.present, missing = missing + excluded.missing;
END;

CREATE TRIGGER media_counts_update AFTER UPDATE OF provider, state, missing_since ON media_objects
WHEN old.provider <> new.provider
  OR old.state <> new.state
  OR (old.missing_since IS NULL) <> (new.missing_since IS NULL)
BEGIN
  UPDATE media_counts SET
    present = present - (old.missing_since IS NULL), missing = missing - (old.missing_since IS NOT NULL)
  WHERE provider = old.provider AND state = old.state;
  INSERT INTO media_counts (provider, state, present, missing)
  VALUES (new.provider, new.state, new.missing_since IS NULL, new.missing_since IS NOT NULL)
  ON CONFLICT (provider, state) DO UPDATE SET
    present = present + excluded.present, missing = missing + excluded.missing;
END;

CREATE TRIGGER media_counts_delete AFTER DELETE ON media_objects BEGIN
  UPDATE media_counts SET
    present = present - (old.missing_since IS NULL), missing = missing - (old.missing_since IS NOT NULL)
  WHERE provider = old.provider AND state = old.state;
END;
