import { TaglineError, type MediaObject } from "tagline-client";
import { delayMs } from "../../service/again.ts";
import { kindOf, type FailureKind } from "../../service/failure.ts";
import { isSame } from "../json.ts";
import {
  edited,
  rebased,
  withEdit,
  withoutSent,
  type Conflict,
  type Draft,
  type Edits,
  type Words,
} from "./draft.ts";
import { takenIn, type Suggestions, type Taken } from "../suggestions/suggested.ts";
import type { DraftStore } from "./store.ts";

/** A photo as far as its words are concerned, and what a machine suggests for them. */
export type Described = Pick<MediaObject, "id" | "revision" | "object_metadata"> & {
  readonly suggestions?: Suggestions | null;
};

/** Words that are to be changed. */
export interface Change {
  /** The revision that the words have to be at. */
  readonly revision: number;
  readonly edits: Edits;
  /** What among the edits a machine has suggested; null for nothing. */
  readonly taken: Taken | null;
}

/** What {@link Desk} needs of its surroundings. */
export interface DeskSurroundings {
  readonly store: DraftStore;
  /** Who types, and in which tab. */
  readonly owner: string;
  readonly tab: string;
  /** Changes words that are at this revision, and nothing else. Throws a `TaglineError`. */
  readonly send: (id: string, change: Change) => Promise<MediaObject>;
  /** The photo as it is now. Throws a `TaglineError`. */
  readonly load: (id: string) => Promise<MediaObject>;
  /** Is called whenever the desk tells something else. */
  readonly changed: () => void;
  /** Is called when the service has words, with the revision before. */
  readonly saved: (media: MediaObject, before: number) => void;
  /** Is called with a photo that somebody else has changed. */
  readonly seen: (media: MediaObject) => void;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** RFC 3339. */
  readonly now: () => string;
}

/** What keeps a draft from being sent, until the person does something. */
export type Obstacle =
  /** Somebody else has written something different. */
  | { readonly kind: "conflict"; readonly conflicts: readonly Conflict[]; readonly current: MediaObject }
  /** The service refuses it: what was typed is kept here. `errors` names fields by `path`. */
  | {
      readonly kind: "refused";
      readonly failure: FailureKind;
      readonly errors: readonly { readonly path: string; readonly message: string }[];
    };

/** How a photo's words stand. */
export interface Standing {
  readonly draft: Draft | null;
  readonly obstacle: Obstacle | null;
  /** Whether the draft is on its way. */
  readonly isSending: boolean;
}

const nothing: Standing = { draft: null, obstacle: null, isSending: false };

/**
 * The words that are being typed. Every one is kept on the device first, and leaves it only when the service has it, or the
 * person gives it up. Photos are saved one after the other, in the order in which they were saved here.
 */
export class Desk {
  readonly #around: DeskSurroundings;
  readonly #standings = new Map<string, Standing>();
  #isSending = false;
  #failures = 0;
  /** Photos that the service could not take a moment ago: the others are not to wait behind them. */
  readonly #passed = new Set<string>();
  /** Photos whose last answer was lost: the service may have their words. */
  readonly #unanswered = new Set<string>();
  #isClosed = false;
  #wake: () => void = () => {};

  constructor(around: DeskSurroundings) {
    this.#around = around;
  }

  /** How the words of a photo stand. */
  of(id: string): Standing {
    return this.#standings.get(id) ?? nothing;
  }

  /** The photos of which something was typed that the service does not have yet, the oldest first. */
  get drafts(): readonly Draft[] {
    return [...this.#standings.values()].flatMap(({ draft }) => draft ?? []);
  }

  /** Whether what was saved could not be sent the last time that it was tried. */
  get isWaiting(): boolean {
    return this.#failures > 0;
  }

  /** Takes up a draft of a tab that is gone; one that was saved there is sent. */
  adopt(draft: Draft): void {
    const own = { ...draft, tab: this.#around.tab };
    this.#keep(own);
    this.#around.store.delete(draft);
    if (own.saved !== null) void this.#sendAll();
  }

  /** Keeps what is typed into a field; null or undefined for nothing. Back at what was there, nothing is kept. */
  edit(media: Described, name: string, value: unknown): void {
    const { draft } = this.of(media.id);
    const { revision, base, edits: typed, saved } = draft ?? freshOf(media);
    const edits = withEdit({ base, edits: typed }, name, value);
    // What was saved is sent, so that what it replaces is no longer what the service has.
    if (Object.keys(edits).length === 0 && saved === null) return void this.discard(media.id);
    const { owner, tab, now } = this.#around;
    const suggested = media.suggestions ?? draft?.suggested ?? null;
    this.#keep({ id: media.id, owner, tab, revision, base, edits, saved, typedAt: now(), suggested });
  }

  /**
   * Gives up what was typed of a photo and not saved. Returns what was there, so that it can be brought back; null where
   * nothing was.
   */
  discard(id: string): Draft | null {
    const { draft } = this.of(id);
    if (draft === null) return null;
    const { saved } = draft;
    if (saved !== null) this.#keep({ ...draft, edits: saved });
    else this.#forget(draft);
    return draft;
  }

  /** Brings back what was given up, over what has been saved since. */
  restore(draft: Draft): void {
    const { draft: present } = this.of(draft.id);
    this.#keep({ ...draft, saved: present?.saved ?? null });
  }

  /** Sends what was typed of a photo, as soon as it can be. */
  save(id: string): void {
    const { draft } = this.of(id);
    if (draft === null) return;
    this.#keep({ ...draft, saved: draft.edits });
    void this.#sendAll();
  }

  /** Takes one of both texts of a field in conflict; once every field is decided, the words are sent. */
  settle(id: string, name: string, choice: "mine" | "theirs"): void {
    const { draft, obstacle } = this.of(id);
    if (draft === null || obstacle?.kind !== "conflict") return;
    const conflicts = obstacle.conflicts.filter((conflict) => conflict.name !== name);
    const { [name]: mine, ...others } = draft.edits;
    const edits = choice === "theirs" ? others : { ...others, [name]: mine };
    if (conflicts.length > 0) {
      this.#keep({ ...draft, edits }, { ...obstacle, conflicts });
      return;
    }
    const { revision, object_metadata: base } = obstacle.current;
    this.#continue({ ...draft, revision, base, edits, saved: edits });
    void this.#sendAll();
  }

  /** Tries at once what waits: the connection is back, or the person is. */
  resume(): void {
    this.#failures = 0;
    this.#passed.clear();
    this.#wake();
    void this.#sendAll();
  }

  /** Sends nothing any more. What was typed stays on the device. */
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  async #sendAll(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let next = this.#nextSaved(); next !== undefined; next = this.#nextSaved()) {
        if (this.#isClosed) return;
        const outcome = await this.#send(next);
        if (outcome === "done") this.#failures = 0;
        else if (outcome === "later" || this.#passed.has(this.#nextSaved()?.id ?? next.id))
          await this.#pause();
      }
    } finally {
      this.#isSending = false;
      this.#around.changed();
    }
  }

  /** The first that is to be sent; one that was passed over only where there is no other. */
  #nextSaved(): SavedDraft | undefined {
    const waiting = this.drafts.flatMap((draft): SavedDraft[] => {
      const { id, saved } = draft;
      return saved !== null && this.of(id).obstacle === null ? [{ ...draft, saved }] : [];
    });
    return waiting.find(({ id }) => !this.#passed.has(id)) ?? waiting[0];
  }

  /** Waits before the next attempt, unless {@link resume} asks for it. */
  async #pause(): Promise<void> {
    const failures = this.#failures;
    this.#failures += 1;
    this.#around.changed();
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    await Promise.race([this.#around.wait(delayMs(failures)), woken]);
    this.#passed.clear();
  }

  async #send(sent: SavedDraft): Promise<Outcome> {
    const { id, revision, saved: edits } = sent;
    const taken = takenIn(sent.suggested ?? null, { base: sent.base, edits });
    this.#set(id, { ...this.of(id), isSending: true });
    let media: MediaObject;
    try {
      media = await this.#around.send(id, { revision, edits, taken });
    } catch (error) {
      this.#set(id, { ...this.of(id), isSending: false });
      return this.#failed(sent, error);
    }
    this.#set(id, { ...this.of(id), isSending: false });
    this.#unanswered.delete(id);
    this.#arrived(sent, media);
    return "done";
  }

  /** The service has the words; what was typed since then goes on over them. */
  #arrived(sent: SavedDraft, media: MediaObject): void {
    const { draft } = this.of(sent.id);
    if (draft !== null) {
      const { revision, object_metadata: base } = media;
      const left = (edits: Edits): Edits => editsLeft({ base: draft.base, edits }, sent.saved, base);
      const wasSavedAgain = draft.saved !== null && !isSame(draft.saved, sent.saved);
      const saved = wasSavedAgain ? someOf(left(draft.saved)) : null;
      this.#continue({ ...draft, revision, base, edits: left(draft.edits), saved });
    }
    if (media.revision !== sent.revision) this.#around.saved(media, sent.revision);
  }

  async #failed(sent: SavedDraft, error: unknown): Promise<Outcome> {
    const { id } = sent;
    const failure = kindOf(error) ?? "offline";
    if (error instanceof TaglineError && error.code === "precondition_failed") return this.#rebase(sent);
    if (failure === "offline") this.#unanswered.add(id);
    if (failure === "broken") {
      this.#passed.add(id);
      return "passed";
    }
    if (["offline", "busy", "signedOut"].includes(failure)) return "later";
    const errors = error instanceof TaglineError ? error.errors : [];
    const { draft } = this.of(id);
    if (draft !== null) this.#keep({ ...draft, saved: null }, { kind: "refused", failure, errors });
    return "done";
  }

  /** Somebody else has changed the photo: brings what was typed over their words, where nothing contradicts. */
  async #rebase(sent: SavedDraft): Promise<Outcome> {
    const { id, revision: before } = sent;
    let media: MediaObject;
    try {
      media = await this.#around.load(id);
    } catch (error) {
      return this.of(id).draft === null ? "done" : this.#failed(sent, error);
    }
    this.#around.seen(media);
    const wasUnanswered = this.#unanswered.delete(id);
    const { draft } = this.of(id);
    if (draft === null) return "done";
    const { revision, object_metadata: base } = media;
    const { edits, conflicts } = rebased(draft, base);
    if (conflicts.length > 0) {
      this.#keep({ ...draft, edits, saved: null }, { kind: "conflict", conflicts, current: media });
      return "done";
    }
    const saved = draft.saved === null ? null : someOf(rebased({ ...draft, edits: draft.saved }, base).edits);
    this.#continue({ ...draft, revision, base, edits, saved });
    // The words are there already: it was their answer that was lost.
    if (saved === null && wasUnanswered && revision === before + 1) this.#around.saved(media, before);
    return "done";
  }

  /** Keeps a draft that goes on over other words, or forgets one of which nothing is left. */
  #continue(draft: Draft): void {
    if (Object.keys(draft.edits).length > 0 || draft.saved !== null) this.#keep(draft);
    else this.#forget(draft);
  }

  #forget(draft: Draft): void {
    this.#set(draft.id, nothing);
    this.#around.store.delete(draft);
  }

  /** What is typed counts at once, also where the device fails to keep it. */
  #keep(draft: Draft, obstacle: Obstacle | null = null): void {
    this.#set(draft.id, { draft, obstacle, isSending: this.of(draft.id).isSending });
    this.#around.store.put(draft);
  }

  #set(id: string, standing: Standing): void {
    if (standing.draft === null) this.#standings.delete(id);
    else this.#standings.set(id, standing);
    this.#around.changed();
  }
}

type SavedDraft = Draft & { readonly saved: Edits };

/** How an attempt to send has ended: `later` waits for the service, `passed` lets other photos go before. */
type Outcome = "done" | "later" | "passed";

function freshOf({
  object_metadata: base,
  revision,
}: Described): Pick<Draft, "base" | "revision" | "edits" | "saved"> {
  return { base, revision, edits: {}, saved: null };
}

/** What is left of edits of which some have arrived: a field that was set back meanwhile is an edit now. */
function editsLeft({ base, edits }: Pick<Draft, "base" | "edits">, sent: Edits, arrived: Words): Edits {
  const wanted = edited(base, edits);
  let left = withoutSent(edits, sent);
  for (const name of Object.keys(sent))
    if (!(name in edits)) left = withEdit({ base: arrived, edits: left }, name, wanted[name]);
  return left;
}

function someOf(edits: Edits): Edits | null {
  return Object.keys(edits).length === 0 ? null : edits;
}
