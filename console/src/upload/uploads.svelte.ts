import { untrack } from "svelte";
import { tagline } from "tagline-client";
import { Again } from "../service/again.ts";
import { changes } from "../service/changes.ts";
import { kindOf } from "../service/failure.ts";
import { service } from "../service/service.ts";
import { session } from "../service/session.svelte.ts";
import { uploadTexts } from "../texts/upload.ts";
import { fileSizeText } from "../viewer/formats/amounts.ts";
import { carry } from "./carry.ts";
import { judge } from "./judge.ts";
import { filesOf, type Dropped, type Picked } from "./picked.ts";
import { UploadQueue } from "./queue.ts";

// The client of the page has a `fetch` of its own, by which nobody sees the bytes go.
const sender = tagline({
  url: location.origin,
  key: null,
  timeoutMs: 60_000,
  retry: { attempts: 4, maxWaitMs: 20_000 },
});

let version = $state(0);
let most = $state<number | null>(null);
let isReading = $state(false);
let unreadable = $state(0);
let foundNothing = $state(false);

const queue = new UploadQueue(
  async (carried) => {
    const outcome = await carry(sender, carried);
    if (outcome.kind !== "halted") again.answered();
    else if (outcome.why === "signedOut") session.end();
    return outcome;
  },
  {
    onChange: () => {
      showSoon();
      again.note(queue.halt);
      if (queue.isUnfinished) window.addEventListener("beforeunload", ask);
      else window.removeEventListener("beforeunload", ask);
    },
    onEnd: () => void tellWhatCame(),
  },
);

const again = new Again(
  () => queue.goOn(),
  () => navigator.onLine,
);

window.addEventListener("online", () => {
  if (queue.halt === "offline") queue.goOn();
});

// Whoever signs in again is the same person: for another one the page is loaded anew.
$effect.root(() => {
  $effect(() => {
    const isIn = session.may("write");
    if (isIn && untrack(() => queue.halt) === "signedOut") queue.goOn();
  });
});

/** The page shows changes no more often than this, in milliseconds: of thousands of files on their way there are many. */
const shownEveryMs = 200;

let shownAt = 0;
let isShownSoon = false;

/** Shows what has changed: at once what a person did, and what follows from it in steps. */
function showSoon(): void {
  if (isShownSoon) return;
  isShownSoon = true;
  setTimeout(
    () => {
      isShownSoon = false;
      shownAt = performance.now();
      version += 1;
    },
    Math.max(0, shownAt + shownEveryMs - performance.now()),
  );
}

/** Whoever leaves while files are on their way, or wait for it, is asked whether they mean it. */
function ask(event: BeforeUnloadEvent): void {
  // Whoever has signed in instead is not asked for files that they know nothing of.
  if (!session.isPassedOn) event.preventDefault();
}

const told = new Set<string>();

/** Photos have come in: they are told at once, and again when the last of them has its picture. */
async function tellWhatCame(): Promise<void> {
  const ids = queue.items.flatMap(({ state }) => (state.kind === "done" ? [state.id] : []));
  const fresh = ids.filter((id) => !told.has(id));
  const last = fresh.at(-1);
  if (last === undefined) return;
  for (const id of fresh) told.add(id);
  changes.tell({ kind: "many" });
  try {
    await service.waitUntilReady(last);
    changes.tell({ kind: "many" });
  } catch (error) {
    // The photos are in the archive all the same; whoever looks later sees their pictures.
    if (kindOf(error) === "broken") throw error;
  }
}

function refusal({ file, path }: Picked): string | null {
  const unfit = judge({ path, size: file.size }, most);
  const { reasons } = uploadTexts;
  if (unfit === null) return null;
  return unfit === "tooLarge" ? reasons.tooLarge(fileSizeText(most ?? 0)) : reasons[unfit];
}

function read<Value>(value: () => Value): Value {
  void version;
  return value();
}

/** The page's only files on their way: they go on while somebody is in another room. */
export const uploads = {
  get items() {
    return read(() => queue.items);
  },
  get halt() {
    return read(() => queue.halt);
  },
  get isActive() {
    return read(() => queue.isActive);
  },
  /** Whether what was dropped is being looked through. */
  get isReading() {
    return isReading;
  },
  /** How many files or folders of what was dropped last could not be read. */
  get unreadable() {
    return unreadable;
  },
  /** Whether there was no file in what was chosen last. */
  get foundNothing() {
    return foundNothing;
  },

  /** Takes in what was dropped, with all that is in its folders. */
  async drop(dropped: readonly Dropped[]): Promise<void> {
    isReading = true;
    const found = await filesOf(dropped);
    isReading = false;
    unreadable = found.unreadable.length;
    await this.add(found.picked);
  },

  /** Takes files in; nothing is sent before {@link start}. */
  async add(picked: readonly Picked[]): Promise<void> {
    foundNothing = picked.length === 0;
    try {
      most ??= (await service.api.GET("/v1/about")).data.limits.upload_bytes;
    } catch (error) {
      // Without the limit the service refuses what is too large.
      if (kindOf(error) === null) throw error;
    }
    queue.add(picked, refusal);
  },
  start: (folder: string) => queue.start(folder),
  stop: () => queue.stop(),
  goOn: () => queue.goOn(),
  retry: (number: number | null = null) => queue.retry(number),
  rename: (number: number | null = null) => queue.rename(number),
  leaveOut: (number: number) => queue.leaveOut(number),
  clear: () => queue.clear(),
};
