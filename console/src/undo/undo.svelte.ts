import { TaglineError, type MediaObject } from "tagline-client";
import { changes } from "../service/changes.ts";
import { kindOf, type FailureKind } from "../service/failure.ts";
import { patientService } from "../service/patient.ts";
import { service } from "../service/service.ts";
import { session } from "../service/session.svelte.ts";
import { changesKey } from "../service/whose.ts";
import { isSame } from "../words/json.ts";
import { restoreAll } from "./restoring.ts";
import { kept, readKept, type Undoable } from "./undoable.ts";

/** What is told of the last change. */
type Told =
  | { readonly kind: "done"; readonly what: Undoable }
  | { readonly kind: "undoing"; readonly what: Undoable }
  | { readonly kind: "undone"; readonly what: Undoable; readonly skipped: number }
  /** `changed`: somebody has changed the photo since, and their words are not to be lost. */
  | { readonly kind: "failed"; readonly what: Undoable; readonly failure: FailureKind | "changed" };

/** What this tab has changed, the latest last, and the way back; it outlives a reload. */
class Undo {
  #entries = $state.raw<readonly Undoable[]>(readKept(() => sessionStorage.getItem(changesKey)));
  #told = $state.raw<Told | null>(null);

  /** What would be taken back next; null for nothing. */
  get next(): Undoable | null {
    return this.#entries.at(-1) ?? null;
  }

  /** What there is to tell; null for nothing. */
  get told(): Told | null {
    return this.#told;
  }

  /** Notes a change that the service has made. */
  done(what: Undoable): void {
    this.#keep(kept([...this.#entries, what]));
    this.#told = { kind: "done", what };
  }

  /** Tells nothing any more. */
  hush(): void {
    this.#told = null;
  }

  /** Takes the last change back. Nothing happens where there is none, or while one is being taken back. */
  async undo(): Promise<void> {
    const what = this.next;
    if (what === null || this.#told?.kind === "undoing") return;
    this.#told = { kind: "undoing", what };
    try {
      const skipped = await undone(what);
      this.#keep(this.#entries.filter((entry) => entry !== what));
      this.#told = { kind: "undone", what, skipped };
    } catch (error) {
      const failure = failureOf(error);
      // What cannot be taken back must not stand in the way of what was done before.
      if (["changed", "gone", "refused"].includes(failure))
        this.#keep(this.#entries.filter((entry) => entry !== what));
      this.#told = { kind: "failed", what, failure };
    }
  }

  #keep(entries: readonly Undoable[]): void {
    this.#entries = entries;
    if (session.isPassedOn) return;
    try {
      sessionStorage.setItem(changesKey, JSON.stringify(entries));
    } catch {
      // Without storage a reload forgets the way back; the history of each photo does not.
    }
  }
}

/** The page's only list of changes. */
export const undo = new Undo();

/** Takes a change back. Returns how many photos were left as they are, since others have changed them. */
async function undone(what: Undoable): Promise<number> {
  switch (what.kind) {
    case "words": {
      changes.tell({ kind: "media", media: [await wordsUndone(what)] });
      return 0;
    }
    case "trash":
      return restored([what.id, ...(what.more ?? [])]);
    case "operation":
      return operationsUndone([what.operationId, ...(what.more ?? [])]);
  }
}

/** Takes photos out of the trash. Returns how many are no longer there. */
async function restored(ids: readonly string[]): Promise<number> {
  const { gone } = await restoreAll(
    ids,
    async (id) => (await service.api.POST("/v1/media/{id}/restore", { params: { path: { id } } })).data,
    (media) => {
      changes.tell({ kind: "many" });
      changes.tell({ kind: "media", media });
    },
  );
  return gone;
}

/** Takes operations back, the latest first: what the earlier ones left is there again then. */
async function operationsUndone(ids: readonly string[]): Promise<number> {
  let skipped = 0;
  try {
    for (const id of ids.toReversed()) skipped += await operationUndone(id);
  } finally {
    changes.tell({ kind: "many" });
  }
  return skipped;
}

type WordsChange = Extract<Undoable, { kind: "words" }>;

/** Brings the words of before back, unless others have been written since. */
async function wordsUndone({ id, from, to }: WordsChange): Promise<MediaObject> {
  try {
    return await reverted(id, { from, to });
  } catch (error) {
    if (!isChanged(error)) throw error;
    // Changes after this one that were taken back have left its words, at a later revision.
    const now = await revisionWithWordsOf(id, from);
    if (now === null) throw error;
    return reverted(id, { from: now, to });
  }
}

async function reverted(
  id: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<MediaObject> {
  const { data } = await service.api.POST("/v1/media/{id}/revert", {
    params: { path: { id }, header: { "If-Match": `"${from}-0"` } },
    body: { revision: to },
  });
  return data;
}

/** The present revision of a photo, if its words are again those of an earlier one; null else. */
async function revisionWithWordsOf(id: string, revision: number): Promise<number | null> {
  const { data } = await service.api.GET("/v1/media/{id}/history", {
    params: { path: { id }, query: { limit: 200 } },
  });
  const [latest] = data.items;
  const then = data.items.find((item) => item.revision === revision);
  if (latest === undefined || then === undefined) return null;
  return isSame(latest.object_metadata, then.object_metadata) ? latest.revision : null;
}

async function operationUndone(id: string): Promise<number> {
  let skipped = 0;
  let cursor: string | null = null;
  do {
    const {
      data,
    }: { readonly data: { readonly skipped: readonly string[]; readonly next_cursor: string | null } } =
      await patientService.api.POST("/v1/operations/{id}/revert", {
        params: { path: { id } },
        body: cursor === null ? {} : { cursor },
      });
    skipped += data.skipped.length;
    cursor = data.next_cursor;
  } while (cursor !== null);
  return skipped;
}

function failureOf(error: unknown): FailureKind | "changed" {
  return isChanged(error) ? "changed" : (kindOf(error) ?? "offline");
}

function isChanged(error: unknown): boolean {
  return error instanceof TaglineError && error.code === "precondition_failed";
}
