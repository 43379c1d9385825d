import { contentOf } from "./contents.ts";
import type { Objects } from "./objects.ts";

/** A record as the model knows it: a photo with its words, and where it lies. */
export interface ModelRecord {
  /** The id that the service gave it; empty until it is learned. */
  id: string;
  /** Its object's key, or the last one that it had. */
  key: string;
  /** False once another photo took its place: the key is another record's then. */
  hasPlace: boolean;
  content: number;
  words: string | null;
  /** Whether the words, if any, are a person's and not the file's own. */
  isDescribed: boolean;
  /** Changes by people. */
  revision: number;
  isMissing: boolean;
  /** The last listing that should have held its object did not, but it has not been declared missing. */
  isMarked: boolean;
  state: "pending" | "ready" | "failed" | "unsupported";
  /** Whether its size in pixels is known; only the first file that tells one brings its words. */
  isMeasured: boolean;
  /** How often it changed at all. */
  changes: number;
}

/** A record in the trash, and where an ingest has found its object. */
export interface TrashedModel {
  readonly record: ModelRecord;
  foundAt: string | null;
}

/** The records and what happens to one at a time, told in the plainest way; model-run.ts tells what ingests do. */
export class Model {
  records: ModelRecord[] = [];
  /** In the order in which they were put there. */
  trashed: TrashedModel[] = [];

  /** The record that has this key, its object being there or not. */
  at(key: string): ModelRecord | null {
    return this.records.find((record) => record.hasPlace && record.key === key) ?? null;
  }

  create(key: string, content: number): ModelRecord {
    const record: ModelRecord = {
      id: "",
      key,
      hasPlace: true,
      content,
      words: null,
      isDescribed: false,
      revision: 0,
      isMissing: false,
      isMarked: false,
      state: "pending",
      isMeasured: false,
      changes: 0,
    };
    this.records.push(record);
    return record;
  }

  remove(record: ModelRecord): void {
    this.records = this.records.filter((each) => each !== record);
  }

  /** A person puts a record into the trash; its object stays where it is. */
  trash(record: ModelRecord): void {
    this.remove(record);
    this.trashed.push({ record, foundAt: null });
  }

  /**
   * And takes it out again: to its object, at its key or where an ingest has found it. Without one it is missing, from its
   * key unless that is another's by now, or another photo is there.
   */
  restore(trashed: TrashedModel, objects: Objects): void {
    const { record, foundAt } = trashed;
    const { key, content } = record;
    this.trashed = this.trashed.filter((each) => each !== trashed);
    const isFree = record.hasPlace && this.at(key) === null;
    const isAt = (place: string): boolean => objects.get(place) === content && this.at(place) === null;
    const place = isFree && isAt(key) ? key : foundAt !== null && isAt(foundAt) ? foundAt : null;
    const hasPlace = place !== null || (isFree && !objects.has(key));
    Object.assign(record, { key: place ?? key, hasPlace, isMissing: place === null, isMarked: false });
    if (place !== null || record.state === "ready") record.state = "pending";
    record.changes += 1;
    this.records.push(record);
  }

  /** New bytes for a record: it waits to be looked at anew. */
  replace(record: ModelRecord, content: number): void {
    Object.assign(record, { content, state: "pending", isMissing: false, isMarked: false });
    record.changes += 1;
  }

  /** A person stores an object; what has its key already stays the same record. */
  upload(key: string, content: number, words: string | null): ModelRecord {
    const known = this.at(key);
    const record = known ?? this.create(key, content);
    if (known !== null) this.replace(known, content);
    if (words !== null && record.revision === 0 && record.words === null) {
      Object.assign(record, { words, isDescribed: true });
    }
    return record;
  }

  /** A person writes words, or takes them away; what changes nothing is no change. */
  edit(record: ModelRecord, words: string | null): void {
    if (record.words === words) return;
    Object.assign(record, { words, isDescribed: true });
    record.revision += 1;
    record.changes += 1;
  }

  /** A person puts a record back to work, with the bytes that are at its key; false where there are none. */
  reopen(record: ModelRecord, objects: Objects): boolean {
    const content = record.hasPlace ? objects.get(record.key) : undefined;
    if (content === undefined) return false;
    this.replace(record, content);
    return true;
  }

  /** Looks at the bytes of a record that waits, whatever they are by now. */
  process(record: ModelRecord, objects: Objects): void {
    const content = record.hasPlace ? objects.get(record.key) : undefined;
    if (content === undefined) return this.#gone(record);
    if (content !== record.content) this.replace(record, content);
    const { state, caption } = contentOf(content);
    if (!record.isMeasured && record.revision === 0 && record.words === null && caption !== null) {
      record.words = caption;
    }
    Object.assign(record, { state, isMeasured: state === "ready" });
    record.changes += 1;
  }

  #gone(record: ModelRecord): void {
    if (record.changes === 0 && hasNoWords(record)) return this.remove(record);
    if (record.isMissing) return;
    Object.assign(record, { isMissing: true, isMarked: false });
    record.changes += 1;
  }
}

/** Nobody wrote anything, and the file brought nothing. */
export function hasNoWords(record: ModelRecord): boolean {
  return record.revision === 0 && record.words === null;
}
