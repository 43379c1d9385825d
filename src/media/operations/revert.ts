import type { Database } from "../../db/connection.ts";
import { writeDecisions, writeEdits, type Edit } from "../../db/history/edits.ts";
import { groupsBySize } from "../../db/json-slices.ts";
import { findOperation, noteReverted, type Operation } from "../../db/history/operations.ts";
import { touchedAfter, tracedRecords, type TracedRecord } from "../../db/history/traces.ts";
import type { LoneDecision } from "../../db/suggestions/decisions.ts";
import type { Services } from "../../services.ts";
import { unknownOperation } from "../failures.ts";
import { makeEdit } from "../history/edit.ts";
import { relinkOf, revertRelink, type RevertAuthorship } from "./revert-relink.ts";
import { revertedDecision, revertible } from "../suggestions/take-back.ts";
import { ownTraces, wordsBefore } from "./take-back.ts";

/** A call to take an operation back. */
export interface Revert extends RevertAuthorship {
  /** The operation that is taken back. */
  readonly operation: string;
  /** The record behind which an earlier call has ended; empty for the first call. */
  readonly after: string;
}

/** What a call came to. */
export interface Reverted {
  readonly reverted: number;
  /** Records that have other words than the operation left, or that are gone: the ids of the first. */
  readonly skipped: readonly string[];
  /** The record to go on behind; null at the end. */
  readonly next: string | null;
}

/**
 * How much one call takes back: records, records read at a time and bytes of theirs, and statements after which the rest
 * is left to the next call (D1 takes 1,000 of an invocation).
 */
const bounds = {
  records: 10_000,
  atATime: 500,
  bytes: 1_000_000,
  statements: 800,
  skippedShown: 500,
} as const;

/** How often records are tried again that somebody else has changed meanwhile. */
const maxAttempts = 3;

/**
 * Takes an operation back, some of its records: each gets the words that it had before, if it has the words that the
 * operation left, and what it has decided on suggestions is open again. A revert is an operation itself. What an earlier
 * revert has taken back is passed over. At the end of the walk the operation is noted as reverted. Throws
 * `resource_not_found` for an operation that there is not.
 */
export async function revertOperation(services: Services, revert: Revert): Promise<Reverted> {
  const db = services.db.primary();
  const operation = await findOperation(db, revert.operation);
  if (operation === null) throw unknownOperation();
  const walk = new Walk(db, operation, { ...revert, suggestions: services.suggester !== null });
  const details = relinkOf(operation);
  if (details === null) await walk.goOn();
  else {
    const ended = await revertRelink(services, { operation, details }, revert);
    if (ended.kind === "reverted") walk.reverted += 1;
    if (ended.kind === "skipped") walk.skipped.push(details.id);
    if (ended.kind === "done") walk.earlier = ended.by;
  }
  if (walk.next === null) await walk.note();
  return {
    reverted: walk.reverted,
    skipped: walk.skipped.slice(0, bounds.skippedShown),
    next: walk.next,
  };
}

/** A walk over the records that an operation has changed, in the order of ids. */
class Walk {
  reverted = 0;
  readonly skipped: string[] = [];
  /** An earlier revert of the same operation, where one was met. */
  earlier: string | null = null;
  /** Where the next call goes on; null at the end. */
  next: string | null = null;
  readonly #db: Database;
  readonly #operation: Operation;
  readonly #revert: Revert & { readonly suggestions: boolean };

  constructor(db: Database, operation: Operation, revert: Revert & { readonly suggestions: boolean }) {
    this.#db = db;
    this.#operation = operation;
    this.#revert = revert;
  }

  /** Takes back as much as one call may. */
  async goOn(): Promise<void> {
    const { suggestions } = this.#revert;
    let { after } = this.#revert;
    for (let looked = 0; ;) {
      const limit = Math.min(bounds.atATime, bounds.records - looked);
      const touched = await touchedAfter(this.#db, this.#operation.id, { after, limit, suggestions });
      for (const slice of groupsBySize(touched, bounds.bytes, ({ bytes }) => bytes)) {
        await this.#takeBack(slice.map(({ id }) => id));
        looked += slice.length;
        after = slice.at(-1)?.id ?? after;
        this.next = after;
        if (this.#db.cost.statements > bounds.statements) return;
      }
      this.next = touched.length < limit ? null : after;
      if (this.next === null || looked >= bounds.records) return;
    }
  }

  /** Notes that the operation is taken back: by this revert, if it has changed anything, else by an earlier one. */
  async note(): Promise<void> {
    const own = await findOperation(this.#db, this.#revert.id);
    const by = own?.id ?? this.earlier;
    if (by !== null) await noteReverted(this.#db, this.#operation.id, by);
  }

  async #takeBack(ids: readonly string[]): Promise<void> {
    let rest = ids;
    for (let attempt = 0; attempt < maxAttempts && rest.length > 0; attempt++) {
      const found = new Map(
        (await tracedRecords(this.#db, this.#operation.id, rest)).map((record) => [record.id, record]),
      );
      const made = this.#revert.suggestions ? await revertible(this.#db, rest) : null;
      const [edits, decisions]: [Edit[], LoneDecision[]] = [[], []];
      for (const id of rest) {
        const record = found.get(id);
        const edit = record === undefined ? null : await this.#editOf(record);
        if (edit === null || record === undefined) {
          this.skipped.push(id);
          continue;
        }
        const before = record.objectMetadata;
        const words = edit === "done" ? before : edit.metadata;
        const suggested = made?.get(id);
        const reverted = { before, words, operation: this.#operation.id };
        const decision = suggested === undefined ? null : revertedDecision(suggested, reverted);
        if (edit !== "done") edits.push({ ...edit, decision });
        else if (decision !== null) decisions.push({ id, revision: record.revision, decision });
      }
      const { id, by } = this.#revert;
      const operation = { id, kind: "revert", reverts: this.#operation.id, details: null } as const;
      const authorship = { by, now: Date.now(), operation };
      const written = [
        ...(await writeEdits(this.#db, edits, authorship)),
        ...(await writeDecisions(this.#db, decisions, authorship)),
      ];
      const done = new Set(written.map((each) => each.id));
      this.reverted += done.size;
      rest = [...edits, ...decisions].map((each) => each.id).filter((each) => !done.has(each));
    }
    this.skipped.push(...rest);
  }

  /** The edit that takes back what the operation has done to a record; null where its words are others. */
  async #editOf(record: TracedRecord): Promise<Edit | "done" | null> {
    if (record.takenBackBy !== null) {
      this.earlier = record.takenBackBy;
      return "done";
    }
    if (ownTraces(record.traces).length === 0) return "done";
    const words = await wordsBefore(record.objectMetadata, record.traces);
    if (words === null) return null;
    const isSame = JSON.stringify(words) === JSON.stringify(record.objectMetadata);
    return isSame ? "done" : makeEdit(record, words, "to operation");
  }
}
