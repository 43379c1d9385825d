import { eq, isNotNull, sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What a record's suggestions are on their way to. */
export const suggestionStates = ["wanted", "open", "closed", "failed"] as const;

/**
 * The words that a machine would write about a record, one row for each record that it was ever asked about. They lie apart
 * from the record, so that nobody takes them for words of a person, and a service without models never reads them.
 */
export const suggestions = sqliteTable(
  "suggestions",
  {
    mediaId: text("media_id").primaryKey(),
    /** The row id of the record, by which searches find it; null while the record is in the trash. Kept by triggers. */
    mediaPk: integer("media_pk"),
    /** 1 while the record's object is missing; kept by a trigger. */
    isMissing: integer("is_missing").notNull().default(0),
    /** The thumbnail version of the picture that the words are about: other bytes make other suggestions. */
    picture: text().notNull(),
    /**
     * `wanted`: a model is to be asked. `open`: something waits for a person. `closed`: everything is decided, or the models
     * had nothing to say. `failed`: every attempt to ask has failed.
     */
    state: text({ enum: suggestionStates }).notNull(),
    /** When a model is to be asked, in milliseconds since the epoch; null where none is. */
    dueAt: integer("due_at"),
    /** How often asking has failed. */
    attempts: integer().notNull().default(0),
    /** The description that a model wrote; it stays when somebody has decided, so that the decision can be taken back. */
    description: text(),
    /** JSON: the keywords that a model gave a chance of at least one half, the likeliest first. */
    candidates: text().notNull().default("[]"),
    /** The models that were asked, for people. */
    model: text(),
    /** The model that gave the keywords their scores: what is learned is learned of it. */
    decisionModel: text("decision_model").notNull().default(""),
    createdAt: integer("created_at"),
    /** JSON: what people have decided; see db/suggestions/record.ts. */
    verdicts: text().notNull().default("{}"),
    decidedAt: integer("decided_at"),
    /** The operation of the last decision; null for a decision on a single record. */
    decidedOperation: text("decided_operation"),
    /** The revision of the record that the last decision made; null where it made none. */
    decidedRevision: integer("decided_revision"),
    /** JSON: the verdicts before the last decision, for taking it back. */
    verdictsBefore: text("verdicts_before"),
    /** What full text finds of the words that wait for a person, as tokens; empty where none do. */
    searchText: text("search_text").notNull().default(""),
  },
  (table) => [
    index("suggestions_wanted")
      .on(table.dueAt)
      .where(eq(table.state, sql`'wanted'`)),
    index("suggestions_open")
      .on(table.isMissing, table.mediaId)
      .where(eq(table.state, sql`'open'`)),
    index("suggestions_by_operation")
      .on(table.decidedOperation, table.mediaId)
      .where(isNotNull(table.decidedOperation)),
  ],
);

/** A row of {@link suggestions} as it is selected. */
export type SuggestionRow = typeof suggestions.$inferSelect;

/** How many records that are there have open suggestions: one row, kept by triggers. */
export const suggestionTotals = sqliteTable("suggestion_totals", {
  id: integer().primaryKey(),
  open: integer().notNull(),
});

/**
 * How often people took a keyword that a model suggested, and how often they refused it, by the tenth that the model's score
 * lay in; kept by a trigger on the verdicts, so that a decision that is taken back is forgotten.
 * NOTE: `WITHOUT ROWID`, by hand; so are the two tables behind it.
 */
export const suggestionKeywords = sqliteTable(
  "suggestion_keywords",
  {
    model: text().notNull(),
    folded: text().notNull(),
    accepted5: integer("accepted_5").notNull().default(0),
    accepted6: integer("accepted_6").notNull().default(0),
    accepted7: integer("accepted_7").notNull().default(0),
    accepted8: integer("accepted_8").notNull().default(0),
    accepted9: integer("accepted_9").notNull().default(0),
    refused5: integer("refused_5").notNull().default(0),
    refused6: integer("refused_6").notNull().default(0),
    refused7: integer("refused_7").notNull().default(0),
    refused8: integer("refused_8").notNull().default(0),
    refused9: integer("refused_9").notNull().default(0),
    /** When somebody decided last: what is learned fades from then on. */
    decidedAt: integer("decided_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.model, table.folded] })],
);

/** How many calls of models a day had; `YYYY-MM-DD` of UTC. */
export const suggestionCalls = sqliteTable("suggestion_calls", {
  day: text().primaryKey(),
  calls: integer().notNull(),
});

/**
 * When the message comes that has models asked, in milliseconds since the epoch, and what the calls before came to: one row.
 * While a message is on its way, nobody sends another.
 */
export const suggestionWakes = sqliteTable("suggestion_wakes", {
  id: integer().primaryKey(),
  at: integer().notNull(),
  /** How many calls in a row have failed. */
  failures: integer().notNull().default(0),
  /** Until when no model is asked, since one has failed. */
  pausedUntil: integer("paused_until").notNull().default(0),
});
