import { migrationNames } from "../../../src/db/migration-names.ts";
import type { Operation } from "./document.ts";

/** The most that a request may cost in D1, as D1 counts it: index rows included. */
export interface Budget {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly statements: number;
}

/** What a budget may depend on. */
export interface Asked {
  readonly query: URLSearchParams;
  /** How many records there are. */
  readonly records: number;
}

const nothing: Budget = { rowsRead: 0, rowsWritten: 0, statements: 0 };

/** A record by its id, and again at the primary where a replica may not have it yet. */
const oneRecord: Budget = { rowsRead: 2, rowsWritten: 0, statements: 2 };

/** The same, and a look whether it still has the picture that was made of it. */
const oneThumbnail: Budget = { rowsRead: 4, rowsWritten: 0, statements: 4 };

/** The counts by provider, state and presence: one provider, four states, there or not. */
const counters = 8;

/** Names of migrations are read twice, and what SQLite tells of its tables. */
const health: Budget = {
  rowsRead: 2 * migrationNames.length + 128 + counters,
  rowsWritten: 0,
  statements: 3,
};

/** Keywords that a fuzzed request takes away or gives, at the most. */
const keywords = 16;
/** Rows that a changed keyword costs: itself, its indexes, and the full text. */
const perKeyword = 12;
/** A write is tried again when something else was faster, which in a fuzz only a run of ingest can be. */
const attempts = 2;

/** A record that is read, and changed with its words. */
const change: Budget = {
  rowsRead: attempts * (12 + perKeyword * keywords),
  rowsWritten: 12 + perKeyword * keywords,
  statements: 2 * attempts,
};

/** A record that goes for good passes through the trash: each step states in a statement of its own what must still be so. */
const deletion: Budget = { ...change, statements: 12 };

/** How many records of a fuzz are in the trash, at the most. */
const mostTrashed = 200;

/** Parameters that leave records out: those that are looked at and left out cost as well. */
const filters = [
  "provider",
  "prefix",
  "keyword",
  "content_type",
  "state",
  "missing",
  "taken_after",
  "taken_before",
  "updated_after",
  "id",
  "object_key",
  "has",
  "without",
  "within",
];

/**
 * A page: a row for each record and one more, of two walks where `missing=any` or the sort has records without a key; what
 * an offset passes over; the counters. Shuffled, each record is looked up in the index first, and holes that deleted
 * records left are looked up in vain: 1,000 row ids, or four for each record. With filters each record may be looked at, up to 10,000 of them: in the index and in the table by the page, and for
 * each filter by the probe for the shortest way and by the count. An id is looked up to list and to count.
 */
function list({ query, records }: Asked): Budget {
  const statements = 8;
  // Each record in the trash in the index and in the table: to find the page and to show it, to count, to look where it ends.
  if (query.get("trashed") === "true")
    return { rowsRead: 8 * mostTrashed + counters, rowsWritten: 0, statements };
  const given = filters.reduce((sum, name) => sum + query.getAll(name).length, 0);
  if (given > 0) {
    const walks = query.get("missing") === "any" ? 2 : 1;
    const ids = 6 * query.getAll("id").length;
    return { rowsRead: walks * (3 + 2 * given) * records + ids + counters, rowsWritten: 0, statements };
  }
  const limit = Math.min(500, numberOf(query, "limit") ?? 100) + 1;
  const offset = Math.min(records, numberOf(query, "offset") ?? 0);
  const holes = query.get("shuffle") === "true" ? Math.max(1000, 4 * records) : 0;
  return { rowsRead: 3 * (limit + offset) + holes + counters, rowsWritten: 0, statements };
}

/** No request looks at more records to find or to count some. */
function looksOf(records: number): number {
  return Math.min(10_000, records);
}

/**
 * A page, with a row of full text and one of row ids for each record, and with an offset another, also for what it passes
 * over. With words, filters or facets each record may be looked at: by the page, with two groups of full text, by the
 * count, and by each of four facets with its keywords.
 */
function search({ query, records }: Asked): Budget {
  const statements = 16;
  if (["q", "facets", ...filters].some((name) => query.has(name)))
    return {
      rowsRead: (8 + 2 + 4 * 3 + keywords) * looksOf(records) + counters + 200,
      rowsWritten: 0,
      statements,
    };
  const limit = Math.min(500, numberOf(query, "limit") ?? 100) + 1;
  const offset = Math.min(records, numberOf(query, "offset") ?? 0);
  const rowsEach = offset > 0 ? 4 : 3;
  return { rowsRead: rowsEach * (limit + offset) + counters, rowsWritten: 0, statements };
}

/** Both neighbours are looked for as a page is. */
function neighbours({ records }: Asked): Budget {
  return { rowsRead: 24 * looksOf(records) + 100, rowsWritten: 0, statements: 40 };
}

/** The record, what has its bytes, the neighbours that the index tells, and a page of records. */
const similar: Budget = { rowsRead: 2 + 1000 + 200 + 50, rowsWritten: 0, statements: 12 };

/** Each record may be looked at in its group, in the index and in the table, with a row for the group; then those shown. */
function duplicates({ records }: Asked): Budget {
  return { rowsRead: 4 * looksOf(records), rowsWritten: 0, statements: 60 };
}

/** The record, a look for whole words, and the changes of a page; a fuzz does not change a record more often. */
const history: Budget = { rowsRead: 500, rowsWritten: 0, statements: 24 };

/** Each record is looked at and may be changed with its words; the operation is kept. */
function bulk({ records }: Asked): Budget {
  return {
    rowsRead: (8 + 12 + perKeyword * keywords) * looksOf(records) + 3000,
    rowsWritten: (16 + perKeyword * keywords) * looksOf(records) + 1,
    statements: 200,
  };
}

/** The shortest way is looked for, each record is looked at, and its keywords with their spellings. */
function selectedKeywords({ records }: Asked): Budget {
  return { rowsRead: (8 + 3 * keywords) * looksOf(records) + 3000, rowsWritten: 0, statements: 4 };
}

/** Two records that are read and written, with the words and the revisions of both. */
const relink: Budget = {
  rowsRead: 2 * change.rowsRead,
  rowsWritten: 2 * change.rowsWritten + 24,
  statements: 24,
};

/** How many days have photos in a fuzz, at the most: of its records, and of what it writes. */
const days = 500;

/**
 * The days that have photos, and the counters. With filters each record may be looked at, as by a list: by two probes for the
 * shortest way, and by the count, in the index and in the table.
 */
function timeline({ query, records }: Asked): Budget {
  const isFiltered = filters.some((name) => query.has(name));
  const walks = query.get("missing") === "any" ? 2 : 1;
  return {
    rowsRead: isFiltered ? walks * 5 * records + counters : days + counters,
    rowsWritten: 0,
    statements: 3,
  };
}

/** Names by their counts are read whole, where they are few; a fuzz has no more of them than keywords for each record. */
function names({ query, records }: Asked): Budget {
  const limit = Math.min(500, numberOf(query, "limit") ?? 100) + 1;
  const rowsRead = query.get("sort") === "count" ? Math.min(10_000, keywords * records) : limit;
  return { rowsRead, rowsWritten: 0, statements: 12 };
}

/**
 * Eight rows for each folder right below the path, of which the fuzz has some two hundred, each record that is counted in
 * one of them, and a page of files.
 */
function folders({ records }: Asked): Budget {
  return { rowsRead: 8 * 200 + looksOf(records) + 510, rowsWritten: 0, statements: 24 };
}

/**
 * An export reads its first thousand records before it is answered; the fuzz reads it to its end, so each record once. With a
 * history each revision is read twice, to know its size and to have it. A cursor may be an id, whose history is looked at.
 */
function exported({ query, records }: Asked): Budget {
  const rows = query.has("cursor") || query.has("history") ? 200 : 4;
  return { rowsRead: records + rows, rowsWritten: 0, statements: 4 + Math.ceil(records / 1000) };
}

/** An import of the few lines of a fuzz: each is looked for by id, by key and by hash. */
const imported: Budget = { ...change, rowsRead: change.rowsRead + 40, statements: 16 };

/** A parameter that is a number; null where it is none, and the request will be refused. */
function numberOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name) ?? "";
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** By method and path. What is not here fails: a route that was added needs its budget. */
export const budgets: Readonly<Record<string, Budget | ((asked: Asked) => Budget)>> = {
  "GET /v1/media": list,
  "GET /v1/search": search,
  "POST /v1/media": change,
  "GET /v1/media/{id}": oneRecord,
  "PATCH /v1/media/{id}": change,
  "DELETE /v1/media/{id}": deletion,
  "POST /v1/media/{id}/process": change,
  "POST /v1/media/{id}/restore": change,
  "POST /v1/media/{id}/sidecar": change,
  // No models are asked in the fuzz.
  "POST /v1/media/{id}/suggestions/accept": nothing,
  "DELETE /v1/media/{id}/suggestions": nothing,
  // No provider of the fuzz has its sidecars written.
  "POST /v1/sidecars": nothing,
  "POST /v1/media/{id}/links": oneRecord,
  "GET /v1/media/{id}/neighbours": neighbours,
  "POST /v1/media/bulk": bulk,
  "POST /v1/media/keywords": selectedKeywords,
  "GET /v1/media/{id}/history": history,
  "POST /v1/media/{id}/revert": change,
  "POST /v1/media/{id}/relink": relink,
  "GET /v1/media/{id}/similar": similar,
  "GET /v1/duplicates": duplicates,
  // Ids that a fuzz makes up.
  "POST /v1/duplicates/unite": { rowsRead: 50, rowsWritten: 0, statements: 1 },
  // A page of operations and one more.
  "GET /v1/operations": { rowsRead: 501, rowsWritten: 0, statements: 1 },
  // No id in a fuzz is one of an operation.
  "POST /v1/operations/{id}/revert": { rowsRead: 1, rowsWritten: 0, statements: 1 },
  "GET /v1/media/{id}/data": oneRecord,
  "GET /v1/media/{id}/thumbnail": oneThumbnail,
  "GET /v1/media/{id}/xmp": oneRecord,
  "GET /v1/overview": { rowsRead: counters, rowsWritten: 0, statements: 1 },
  "GET /v1/timeline": timeline,
  "GET /v1/keywords": names,
  "GET /v1/cameras": names,
  "GET /v1/folders": folders,
  "GET /v1/export": exported,
  "POST /v1/import": imported,
  // Whatever a tool does that a fuzz could guess: it knows no names of tools.
  "POST /mcp": nothing,
  "POST /v1/ingest": nothing,
  "GET /v1/ingest/status": nothing,
  "POST /v1/ingest/cancel": nothing,
  "GET /v1/ingest/runs": nothing,
  "GET /v1/ingest/runs/{id}": nothing,
  // A page of failures and one more.
  "GET /v1/ingest/runs/{id}/failures": { rowsRead: 502, rowsWritten: 0, statements: 1 },
  // The missing records of a fuzz, each looked at and shown; a page of noted moves with their records.
  "GET /v1/ingest/runs/{id}/missing": { rowsRead: 1500, rowsWritten: 0, statements: 12 },
  "GET /v1/ingest/runs/{id}/ambiguous": { rowsRead: 500, rowsWritten: 0, statements: 12 },
  "GET /v1/ingest/events": nothing,
  // Whether there is a record that full text does not hold.
  "POST /v1/database/scan": { rowsRead: 1, rowsWritten: 0, statements: 1 },
  "GET /v1/database/health": health,
  "GET /v1/about": nothing,
  "GET /v1/session": nothing,
  "POST /v1/session": nothing,
  "DELETE /v1/session": nothing,
  "GET /health": health,
  "GET /webhooks/dropbox": nothing,
  "POST /webhooks/dropbox": nothing,
  "GET /openapi.json": nothing,
  "GET /docs": nothing,
  "GET /docs/": nothing,
  "GET /docs/errors": nothing,
  "GET /docs/errors/": nothing,
  "GET /favicon.ico": nothing,
};

/** What a request may cost that comes to this route; null for one that comes to none, which reads nothing. */
export function budgetOf(operation: Operation | null, asked: Asked): Budget {
  if (operation === null) return nothing;
  const budget = budgets[nameOf(operation)];
  if (budget === undefined) throw new Error(`${nameOf(operation)} has no budget`);
  return typeof budget === "function" ? budget(asked) : budget;
}

/** A route as the table names it. */
export function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}
