import type { MediaObject } from "tagline-client";
import { changes } from "../../service/changes.ts";
import { service } from "../../service/service.ts";
import { session } from "../../service/session.svelte.ts";
import { undo } from "../../undo/undo.svelte.ts";
import { Desk, type Described, type Standing } from "./desk.ts";
import type { Draft } from "./draft.ts";
import { sendWords } from "./sending.ts";
import { openDraftStore } from "./store.ts";
import { adoptDrafts, holdTab } from "./tab.ts";

/** The desk of a person: {@link Desk}, of which everything that is read in a component is reactive. */
export interface OpenDesk extends Pick<Desk, "discard" | "edit" | "restore" | "resume" | "save" | "settle"> {
  readonly of: (id: string) => Standing;
  readonly drafts: readonly Draft[];
  readonly isWaiting: boolean;
  /** Whether the device has kept what was typed last. */
  readonly isKept: boolean;
  /** Ends it; what was typed stays on the device. */
  readonly close: () => void;
}

let open: { readonly owner: string; readonly desk: Promise<OpenDesk> } | null = null;

/**
 * The desk of the person of this name, with what they have typed in tabs that are gone. It stays open while the page does,
 * also when the session ends, unless somebody else signs in.
 */
export function openDesk(owner: string): Promise<OpenDesk> {
  if (open?.owner === owner) {
    // Whoever is here again, such as after a session has ended, waits no longer.
    void resumed(open.desk);
    return open.desk;
  }
  void open?.desk.then(
    (desk) => desk.close(),
    () => {
      // There is nothing to close.
    },
  );
  const opening = deskOf(owner);
  open = { owner, desk: opening };
  // One that could not be opened is tried again by whoever asks next.
  opening.catch(() => {
    if (open?.desk === opening) open = null;
  });
  return opening;
}

async function resumed(opening: Promise<OpenDesk>): Promise<void> {
  try {
    const desk = await opening;
    if (desk.isWaiting) desk.resume();
  } catch {
    // Whoever opens the desk hears why there is none.
  }
}

async function deskOf(owner: string): Promise<OpenDesk> {
  let isKept = $state(true);
  const opening = openDraftStore((is) => (isKept = is));
  const [store, { tab, release }] = await Promise.all([opening, holdTab()]);
  let version = $state(0);
  const desk = new Desk({
    store,
    owner,
    tab,
    send: (id, change) => {
      if (session.caller?.name !== owner) throw new DOMException("Its owner is not in.", "AbortError");
      return sendWords(service, id, change);
    },
    load,
    changed: () => (version += 1),
    saved: (media, before) => {
      undo.done({ kind: "words", id: media.id, from: media.revision, to: before });
      changes.tell({ kind: "media", media: [media] });
    },
    seen: (media) => changes.tell({ kind: "media", media: [media] }),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    now: () => new Date().toISOString(),
  });
  const read = <Value>(value: () => Value): Value => {
    void version;
    return value();
  };
  await adoptDrafts(
    async () => (await store.all()).filter((draft) => draft.owner === owner),
    async (drafts) => {
      for (const draft of drafts) desk.adopt(draft);
      await store.settled();
    },
  );
  const resume = (): void => desk.resume();
  window.addEventListener("online", resume);
  return {
    of: (id) => read(() => desk.of(id)),
    get drafts() {
      return read(() => desk.drafts);
    },
    get isWaiting() {
      return read(() => desk.isWaiting);
    },
    get isKept() {
      return isKept;
    },
    edit: (media: Described, name, value) => desk.edit(media, name, value),
    save: (id) => desk.save(id),
    discard: (id) => desk.discard(id),
    restore: (draft) => desk.restore(draft),
    settle: (id, name, choice) => desk.settle(id, name, choice),
    resume,
    close: () => {
      window.removeEventListener("online", resume);
      desk.close();
      release();
    },
  };
}

async function load(id: string): Promise<MediaObject> {
  const { data } = await service.api.GET("/v1/media/{id}", { params: { path: { id } } });
  return data;
}
