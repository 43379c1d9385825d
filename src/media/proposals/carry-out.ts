import { waitUntil } from "cloudflare:workers";

import { AppError } from "../../core/errors.ts";
import type { Database } from "../../db/connection.ts";
import { writeAllEdits } from "../../db/history/edits.ts";
import { findOperation, noteReverted, type Operation } from "../../db/history/operations.ts";
import type { Services } from "../../services.ts";
import { prepareWriting, wakeWriting, writersOf } from "../sidecars/wake.ts";
import type { Proposal } from "./proposal.ts";

/** Who carries a proposal out, as which operation, and the records as the proposal saw them. */
export interface Order {
  /** The id of the operation, which was chosen when the proposal was made. */
  readonly operation: string;
  readonly by: string | null;
  readonly fingerprint: string;
}

/** What came of an order: the operation, and whether it had been carried out before. */
export interface CarriedOut {
  readonly status: "applied" | "already_applied";
  readonly operation: Pick<Operation, "id" | "updated">;
}

/**
 * Carries out what was proposed, whole or not at all: each record must be as it was looked at, and `propose` looks again.
 * An order that was carried out before writes nothing, whoever has lost the answer. Throws `precondition_failed` where
 * anything has changed since.
 */
export async function carryOut(
  services: Services,
  { operation, by, fingerprint }: Order,
  propose: () => Promise<Proposal>,
): Promise<CarriedOut> {
  const db = services.db.primary();
  const done = await findDone(db, operation);
  if (done !== null) return done;
  const proposal = await propose();
  if (proposal.fingerprint !== fingerprint || proposal.edits.length === 0 || proposal.obstacles.length > 0)
    throw changedSince();
  const hasWriters = writersOf(services.config).length > 0;
  if (hasWriters) await prepareWriting(services);
  const { reverts, edits } = proposal;
  const kind = reverts === null ? "bulk" : "revert";
  const written = await writeAllEdits(
    db,
    edits.map(({ edit }) => edit),
    { by, now: Date.now(), operation: { id: operation, kind, reverts, details: null } },
  );
  // Somebody was faster: with one of the records, or with this very order.
  if (written === null) {
    const meanwhile = await findDone(services.db.latest(), operation);
    if (meanwhile === null) throw changedSince();
    return meanwhile;
  }
  if (reverts !== null) await noteReverted(db, reverts, operation);
  if (hasWriters) waitUntil(wake(services));
  return { status: "applied", operation: { id: operation, updated: written.length } };
}

/**
 * An order that was carried out. What it takes back is noted again, should a worker have died before it had, unless the
 * order has been taken back itself, or another has taken the rest back since.
 */
async function findDone(db: Database, id: string): Promise<CarriedOut | null> {
  const found = await findOperation(db, id);
  if (found === null) return null;
  if (found.reverts !== null && found.revertedBy === null) {
    const reverted = await findOperation(db, found.reverts);
    if (reverted?.revertedBy === null) await noteReverted(db, found.reverts, id);
  }
  return { status: "already_applied", operation: { id, updated: found.updated } };
}

async function wake(services: Services): Promise<void> {
  try {
    await wakeWriting(services);
  } catch (cause) {
    services.log.warn("sidecars.wake_failed", {}, cause);
  }
}

function changedSince(): AppError {
  return new AppError(
    "precondition_failed",
    "Nothing was written: at least one of the photos has changed since the dry run, or is not there any more. Call the tool again without token for a new dry run.",
  );
}
