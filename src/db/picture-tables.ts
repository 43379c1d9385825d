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
 * The records that show the same picture as another: a row for each, under the group that it is in. A group is led by its
 * oldest record, the one with the least id, and its own id says nothing but which came first. Triggers remove the row of a
 * record that is removed, set apart or given another picture.
 */
export const pictureCopies = sqliteTable(
  "picture_copies",
  {
    /** A UUIDv7 that was made when the group was. */
    groupId: text("group_id").notNull(),
    mediaId: text("media_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.groupId, table.mediaId] }),
    uniqueIndex("picture_copies_by_media").on(table.mediaId),
  ],
);
