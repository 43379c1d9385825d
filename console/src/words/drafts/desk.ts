import { TaglineError, type MediaObject } from "tagline-client";
import { delayMs } from "../../service/again.ts";
import { kindOf, type FailureKind } from "../../service/failure.ts";
import { edited, rebased, withEdit, withoutSent, type Conflict, type Draft, type Edits } from "./draft.ts";
import type { DraftStore } from "./store.ts";

/** A photo as far as its words are concerned. */
export type Described = Pick<MediaObject, "id" | "revision" | "object_metadata">;

/** What {@link Desk} needs of its surroundings. */
export interface DeskSurroundings {
  readonly store: DraftStore;
  /** Who types, and in which tab. */
  readonly owner: string;
  readonly tab: string;
  /** Changes words that are at this revision, and nothing else. Throws a `TaglineError`. */
  readonly send: (
    id: string,
    change: { readonly revision: number; readonly edits: Edits },
  ) => Promise<MediaObject>;
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
    if (own.isSaved) void this.#sendAll();
  }

  /** Keeps what is typed into a field; null or undefined for nothing. Back at what was there, nothing is kept. */
  edit(media: Described, name: string, value: unknown): void {
    const { draft } = this.of(media.id);
    const before = draft ?? {
      base: media.object_metadata,
      revision: media.revision,
      edits: {},
      isSaved: false,
    };
    const edits = withEdit(before, name, value);
    const { isSending } = this.of(media.id);
    // What is on its way may arrive, so that what it replaces is no longer what the service has.
    if (Object.keys(edits).length === 0 && !isSending) return void this.discard(media.id);
    const { revision, base } = before;
    const { owner, tab, now } = this.#around;
    this.#keep({ id: media.id, owner, tab, revision, base, edits, isSaved: false, typedAt: now() });
  }

  /** Gives up what was typed of a photo. Returns it, so that it can be brought back; null where nothing was. */
  discard(id: string): Draft | null {
    const { draft } = this.of(id);
    if (draft === null) return null;
    this.#standings.delete(id);
    this.#around.store.delete(draft);
    this.#around.changed();
    return draft;
  }

  /** Brings back what was given up. */
  restore(draft: Draft): void {
    this.#keep({ ...draft, isSaved: false });
  }

  /** Sends what was typed of a photo, as soon as it can be. */
  save(id: string): void {
    const { draft } = this.of(id);
    if (draft === null) return;
    this.#keep({ ...draft, isSaved: true });
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
    this.#continue({ ...draft, revision, base, edits, isSaved: true });
    void this.#sendAll();
  }

  /** Tries at once what waits: the connection is back, or the person is. */
  resume(): void {
    this.#failures = 0;
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
        if (await this.#send(next)) this.#failures = 0;
        else await this.#pause();
      }
    } finally {
      this.#isSending = false;
      this.#around.changed();
    }
  }

  #nextSaved(): Draft | undefined {
    return this.drafts.find(({ id, isSaved }) => isSaved && this.of(id).obstacle === null);
  }

  /** Waits before the next attempt, unless {@link resume} asks for it. */
  async #pause(): Promise<void> {
    const failures = this.#failures;
    this.#failures += 1;
    this.#around.changed();
    const woken = new Promise<void>((resolve) => (this.#wake = resolve));
    await Promise.race([this.#around.wait(delayMs(failures)), woken]);
  }

  /** Sends a draft. False where it has to be tried again later. */
  async #send(draft: Draft): Promise<boolean> {
    const { id, revision, edits } = draft;
    this.#set(id, { draft, obstacle: null, isSending: true });
    let media: MediaObject;
    try {
      media = await this.#around.send(id, { revision, edits });
    } catch (error) {
      this.#set(id, { ...this.of(id), isSending: false });
      return this.#failed(draft, error);
    }
    this.#set(id, { ...this.of(id), isSending: false });
    this.#arrived(draft, media);
    return true;
  }

  /** The service has the words; what was typed since then goes on over them. */
  #arrived(sent: Draft, media: MediaObject): void {
    const { draft } = this.of(sent.id);
    if (draft !== null) {
      const edits = this.#editsLeft(draft, sent, media);
      this.#continue({ ...draft, revision: media.revision, base: media.object_metadata, edits });
    }
    if (media.revision !== sent.revision) this.#around.saved(media, sent.revision);
  }

  /** What was typed while words were on their way: fields that were set back to what they were are edits now. */
  #editsLeft(draft: Draft, sent: Draft, media: MediaObject): Edits {
    const wanted = edited(draft.base, draft.edits);
    const touched = Object.keys(sent.edits).filter((name) => !(name in draft.edits));
    const undone = touched.map((name) => [name, wanted[name] ?? null] as const);
    let edits = withoutSent(draft.edits, sent.edits);
    for (const [name, value] of undone) edits = withEdit({ base: media.object_metadata, edits }, name, value);
    return edits;
  }

  async #failed(draft: Draft, error: unknown): Promise<boolean> {
    const failure = kindOf(error) ?? "offline";
    if (error instanceof TaglineError && error.code === "precondition_failed") return this.#rebase(draft.id);
    if (["offline", "busy", "broken", "signedOut"].includes(failure)) return false;
    const errors = error instanceof TaglineError ? error.errors : [];
    const kept = this.of(draft.id).draft;
    if (kept !== null) this.#keep({ ...kept, isSaved: false }, { kind: "refused", failure, errors });
    return true;
  }

  /** Somebody else has changed the photo: brings what was typed over their words, where nothing contradicts. */
  async #rebase(id: string): Promise<boolean> {
    let media: MediaObject;
    try {
      media = await this.#around.load(id);
    } catch (error) {
      const { draft } = this.of(id);
      return draft === null ? true : this.#failed(draft, error);
    }
    this.#around.seen(media);
    const { draft } = this.of(id);
    if (draft === null) return true;
    const { edits, conflicts } = rebased(draft, media.object_metadata);
    if (conflicts.length > 0) {
      this.#keep({ ...draft, edits, isSaved: false }, { kind: "conflict", conflicts, current: media });
      return true;
    }
    this.#continue({ ...draft, revision: media.revision, base: media.object_metadata, edits });
    return true;
  }

  /** Keeps a draft that goes on over other words, or forgets one of which nothing is left. */
  #continue(draft: Draft): void {
    if (Object.keys(draft.edits).length > 0) return this.#keep(draft);
    this.#standings.delete(draft.id);
    this.#around.store.delete(draft);
    this.#around.changed();
  }

  #keep(draft: Draft, obstacle: Obstacle | null = null): void {
    this.#around.store.put(draft);
    this.#set(draft.id, { draft, obstacle, isSending: this.of(draft.id).isSending });
  }

  #set(id: string, standing: Standing): void {
    if (standing.draft === null) this.#standings.delete(id);
    else this.#standings.set(id, standing);
    this.#around.changed();
  }
}
