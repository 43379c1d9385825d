import { integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * The bytes that two records or more have had at the same time, by content hash and size; kept by triggers. Most of them
 * still have, so that a page of copies is read from here, without a walk over all records. NOTE: `WITHOUT ROWID`, by hand;
 * so is `picture_copies`.
 */
export const repeatedBytes = sqliteTable(
  "repeated_bytes",
  {
    contentHash: text("content_hash").notNull(),
    fileSize: integer("file_size").notNull(),
  },
  (table) => [primaryKey({ columns: [table.contentHash, table.fileSize] })],
);

/**
 * The records that show the same picture as another: a row for each, under the id of the oldest record of its group. A row
 * counts only while its record has the thumbnail version with which it was compared. A trigger removes the row of a record
 * that is removed or set apart; one that comes back is compared again.
 */
export const pictureCopies = sqliteTable(
  "picture_copies",
  {
    groupId: text("group_id").notNull(),
    mediaId: text("media_id").notNull(),
    thumbnailVersion: text("thumbnail_version").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.mediaId] }),
    uniqueIndex("picture_copies_by_media").on(table.mediaId),
  ],
);
