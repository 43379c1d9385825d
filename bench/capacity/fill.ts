import type { DatabaseSync } from "node:sqlite";

import { cameraName } from "../../src/db/media/camera-name.ts";
import { metadataColumns } from "../../src/db/media/metadata-columns.ts";
import { cameraText, keyText, wordsText } from "../../src/db/search/index-text.ts";
import { makeBackPatch } from "../../src/media/history/back-patch.ts";
import { photoOf, suggestedFor, wordsOf } from "./records.ts";

/** How many photos are written in a transaction: as many as a page of a listing has. */
const page = 1_000;

/** Writes photos as an ingest leaves them: processed, with their facts and hashes, and not described. */
export function addPhotos(database: DatabaseSync, rows: number): void {
  const insert = database.prepare(`INSERT INTO media_objects (
      id, provider, object_key, path_key, version, content_hash, portable_hash, file_size, content_type, last_modified,
      state, width, height, orientation, taken_at, intrinsic, key_text, camera_text, camera, text_version,
      thumbnail_version, picture_hash, picture_quality, facts_version, observed_at, updated_at, change
    ) VALUES (
      :id, 'r2', :objectKey, :objectKey, :version, :contentHash, :portableHash, :size, 'image/jpeg', :createdAt,
      'ready', 4032, 3024, 1, :takenAt, :intrinsic, :keyText, :cameraText, :camera, 1,
      :thumbnailVersion, :pictureHash, 100, 1, :createdAt, :createdAt, 2
    )`);
  inPages(database, rows, (n) => {
    const { hash, intrinsic, ...photo } = photoOf(n, rows);
    insert.run({
      ...photo,
      version: hash.slice(0, 32),
      contentHash: `md5:${hash.slice(0, 32)}`,
      portableHash: `dropbox:${hash}`,
      pictureHash: hash,
      thumbnailVersion: hash.slice(0, 16),
      size: 1_000_000 + (n % 5_000_000),
      intrinsic: JSON.stringify(intrinsic),
      keyText: keyText(photo.objectKey),
      cameraText: cameraText(intrinsic.camera),
      camera: cameraName(intrinsic.camera),
    });
  });
}

/** Describes every photo, a revision after the other, each with its way back, as `PATCH` does. */
export function addWords(database: DatabaseSync, rows: number): void {
  const keep =
    database.prepare(`INSERT INTO media_revisions (media_id, revision, changed_at, changed_by, patch)
    VALUES (:id, :revision, :changedAt, 'ada@example.org', :patch)`);
  const change = database.prepare(`UPDATE media_objects SET
      object_metadata = :objectMetadata, folded_keywords = :foldedKeywords, keyword_spellings = :keywordSpellings,
      words_text = :wordsText, fields_text = :fieldsText, revision = :revision, change = change + 1, updated_at = :changedAt
    WHERE id = :id`);
  inPages(database, rows, (n) => {
    const { id, createdAt } = photoOf(n, rows);
    const words = wordsOf(n);
    for (const [index, metadata] of words.entries()) {
      const patch = JSON.stringify(makeBackPatch(words[index - 1] ?? {}, metadata));
      const revision = { id, revision: index + 1, changedAt: createdAt + index };
      keep.run({ ...revision, patch });
      change.run({ ...revision, ...metadataColumns(metadata) });
    }
  });
}

/** Gives every photo suggestions that nobody has decided on. */
export function addSuggestions(database: DatabaseSync, rows: number): void {
  const insert = database.prepare(`INSERT INTO suggestions (
      media_id, media_pk, picture, state, description, candidates, model, decision_model, created_at, search_text
    ) SELECT id, pk, thumbnail_version, 'open', :description, :candidates, :model, :decisionModel, :createdAt, :searchText
    FROM media_objects WHERE id = :id`);
  inPages(database, rows, (n) => {
    const { id, createdAt } = photoOf(n, rows);
    const { description, keywords } = suggestedFor(n);
    insert.run({
      id,
      description,
      candidates: JSON.stringify(
        keywords.map((keyword) => ({ keyword, folded: keyword.toLowerCase(), score: 0.87 })),
      ),
      model: "@cf/google/gemma-4-26b-a4b-it",
      decisionModel: "@cf/example/clef-omni",
      createdAt,
      searchText: wordsText({ description, keywords }),
    });
  });
}

/** Gives every photo a further revision by operations of a thousand photos each, as a change in bulk does. */
export function addOperations(database: DatabaseSync, rows: number): void {
  const begin = database.prepare(`INSERT INTO operations (id, kind, changed_by, changed_at, updated)
    VALUES (?, 'bulk', 'ada@example.org', ?, ?)`);
  const keep = database.prepare(`INSERT INTO media_revisions (
      media_id, revision, changed_at, changed_by, operation_id, patch, words_hash
    ) SELECT id, revision + 1, :changedAt, 'ada@example.org', :operation, '{"drop":[4]}', 'AAAAAAAAAAAAAAAA'
    FROM media_objects WHERE id = :id`);
  const change = database.prepare(
    "UPDATE media_objects SET revision = revision + 1, change = change + 1 WHERE id = ?",
  );
  let operation = "";
  inPages(database, rows, (n) => {
    const { id, createdAt } = photoOf(n, rows);
    if (n % page === 0) {
      operation = `${id.slice(0, 14)}7fff${id.slice(18)}`;
      begin.run(operation, createdAt, Math.min(page, rows - n));
    }
    keep.run({ id, operation, changedAt: createdAt });
    change.run(id);
  });
}

function inPages(database: DatabaseSync, rows: number, write: (n: number) => void): void {
  for (let from = 0; from < rows; from += page) {
    database.exec("BEGIN");
    for (let n = from; n < Math.min(from + page, rows); n += 1) write(n);
    database.exec("COMMIT");
  }
}
