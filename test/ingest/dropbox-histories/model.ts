import { kindOfKey } from "../../../src/core/media-type.ts";

/** A file of the Dropbox, as far as records follow it. */
export interface ModelFile {
  readonly path: string;
  readonly ref: string;
  readonly hash: string;
}

/** A record by the rules. */
export interface ModelRecord {
  /** Null until the record was first seen; younger then than all others. */
  id: string | null;
  ref: string;
  hash: string;
  /** Null where another record has taken the place. */
  path: string | null;
  missing: boolean;
  words: string | null;
}

interface Seen {
  readonly file: ModelFile;
  source: ModelRecord | null;
}

/**
 * What a whole look at a Dropbox makes of the records, in plain rules, without pages, marks or messages:
 *
 * 1. A record follows its file by the file's id.
 * 2. Else it follows its bytes, if one record without its object and one object without a record could be meant.
 * 3. Else it stays at its path, whatever lies there now.
 * 4. What has no record gets one, if it is an image by its name.
 * 5. A record without an object takes the place of its only, younger copy that nobody has described.
 * 6. Else it is missing.
 */
export function look(before: readonly ModelRecord[], files: readonly ModelFile[]): ModelRecord[] {
  const records = before.map((record) => ({ ...record }));
  const at = new Map(records.flatMap((record) => (record.path === null ? [] : [[record.path, record]])));
  const seen: Seen[] = [];
  const fresh: ModelRecord[] = [];
  const there = new Set<ModelRecord>();
  for (const file of files) {
    const record = at.get(file.path);
    if (record !== undefined && record.ref === file.ref && record.hash === file.hash) there.add(record);
    else if (record !== undefined || records.some(({ ref, hash }) => ref === file.ref || hash === file.hash))
      seen.push({ file, source: null });
    else if (!isText(file)) fresh.push(recordOf(file));
  }
  const away = new Set(records.filter((record) => !there.has(record)));
  const ambiguous = pair(seen, records, away);
  const taken = new Set(seen.map(({ source }) => source));
  const placed: [ModelRecord, ModelFile][] = [];
  for (const { file, source } of seen) {
    const occupant = at.get(file.path) ?? null;
    if (source !== null) placed.push([source, file]);
    else if (occupant !== null && !taken.has(occupant)) placed.push([occupant, file]);
    else if (!isText(file)) fresh.push(recordOf(file));
    if (occupant !== null && !placed.some(([record]) => record === occupant)) occupant.path = null;
  }
  for (const [record, file] of placed) {
    Object.assign(record, file);
    there.add(record);
  }
  const all = [...records, ...fresh];
  for (const record of fresh) there.add(record);
  return inherit(all, there, ambiguous);
}

/** Finds whose objects these are; answers the bytes of which that cannot be told. */
function pair(seen: readonly Seen[], records: readonly ModelRecord[], away: ReadonlySet<ModelRecord>) {
  for (const each of seen) each.source = records.find(({ ref }) => ref === each.file.ref) ?? null;
  const taken = new Set(seen.map(({ source }) => source));
  const ambiguous = new Set<string>();
  for (const each of seen.filter(({ source }) => source === null)) {
    const { hash } = each.file;
    const targets = seen.filter(({ file }) => file.hash === hash && !isPairedByRef(file, records));
    const sources = records.filter(
      (record) => record.hash === hash && away.has(record) && !taken.has(record),
    );
    const [only] = sources;
    if (only === undefined) continue;
    if (targets.length === 1 && sources.length === 1) each.source = only;
    else ambiguous.add(hash);
  }
  return ambiguous;
}

function isPairedByRef(file: ModelFile, records: readonly ModelRecord[]): boolean {
  return records.some(({ ref }) => ref === file.ref);
}

function inherit(
  all: readonly ModelRecord[],
  there: ReadonlySet<ModelRecord>,
  ambiguous: ReadonlySet<string>,
): ModelRecord[] {
  const removed = new Set<ModelRecord>();
  const gone = all.filter((record) => !there.has(record));
  for (const original of gone.filter(({ missing, hash }) => !missing && !ambiguous.has(hash))) {
    const twins = all.filter((record) => there.has(record) && record.hash === original.hash);
    const others = gone.filter(({ hash }) => hash === original.hash);
    const [twin] = twins;
    if (twin === undefined || twins.length > 1 || others.length > 1) continue;
    if (twin.words !== null || !isOlder(original, twin)) continue;
    Object.assign(original, { path: twin.path, ref: twin.ref });
    removed.add(twin);
  }
  return all
    .filter((record) => !removed.has(record))
    .map((record) => {
      const inherits = gone.includes(record) && [...removed].some(({ ref }) => ref === record.ref);
      return Object.assign(record, { missing: !there.has(record) && !inherits });
    });
}

function isOlder(a: ModelRecord, b: ModelRecord): boolean {
  return a.id !== null && (b.id === null || a.id < b.id);
}

function recordOf({ path, ref, hash }: ModelFile): ModelRecord {
  return { id: null, ref, hash, path, missing: false, words: null };
}

/** What is no image by its name gets no record of its own. */
export function isText({ path }: ModelFile): boolean {
  return kindOfKey(path) === "other";
}
