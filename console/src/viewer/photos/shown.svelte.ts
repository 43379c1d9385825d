import { untrack } from "svelte";
import type { MediaObject } from "tagline-client";
import type { Finding } from "../../address/view.ts";
import type { Library } from "../../library/library.ts";
import { changes } from "../../service/changes.ts";
import { service } from "../../service/service.ts";
import { Preloads } from "../picture/preloads.ts";
import { urlOf } from "../picture/sources.ts";
import { lookAround, unknownAround, type Around, type Neighbour } from "./around.ts";
import { Details, pollDelayMs } from "./details.ts";
import { loadMedia, loadNeighbours } from "./load.ts";
import { picturedOfMedia, picturedOfPhoto, type Pictured } from "./pictured.ts";

/** Which photo is shown, and of which list. */
interface Where {
  readonly id: string;
  readonly library: Library;
  readonly finding: Finding;
}

/** The photo that is shown, with what is known of it and the photos beside it. To be made where effects are made. */
export class Shown {
  readonly #where: () => Where;
  readonly #details = new Details({
    load: (id, signal) => loadMedia(service, id, signal),
    changed: () => (this.#changes += 1),
    now: () => performance.now(),
  });
  readonly #preloads = new Preloads(() => new Image());
  #changes = $state(0);
  #looks = $state(0);
  #around = $state.raw<Around>(unknownAround);
  #isLost = $state(false);

  readonly #id = $derived.by(() => this.#where().id);

  /** The place of the photo in the list; null where the list does not know it. */
  readonly index = $derived.by(() => this.#where().library.indexOf(this.#id));

  /** How much is known of the photo. */
  readonly detail = $derived.by(() => this.#detailOf(this.#id));

  /** What is needed to show its picture; null while nobody knows. */
  readonly pictured = $derived.by(() => {
    if (this.detail.kind === "loaded") return picturedOfMedia(this.detail.media);
    const photo = this.index === null ? null : this.#where().library.photo(this.index);
    return photo === null || this.#isRefused ? null : picturedOfPhoto(photo);
  });

  /** Whether the photo is not for this person's eyes: what the list knows of it is no longer true. */
  readonly #isRefused = $derived(
    this.detail.kind === "failed" && ["gone", "notAllowed"].includes(this.detail.failure),
  );

  constructor(where: () => Where) {
    this.#where = where;
    $effect(() => {
      const id = this.#id;
      untrack(() => this.#details.show(id));
    });
    $effect(() => this.#lookAround());
    $effect(() => {
      if (this.#around === unknownAround) return;
      const ids = this.#beside.map(({ id }) => id);
      untrack(() => this.#details.prepare(ids));
    });
    $effect(() => {
      const pictures = [this.pictured, ...this.#beside.map((each) => this.#picturedBeside(each))];
      const urls = pictures.map((each) => (each === null ? null : urlOf(each, "thumbnail-1024")));
      this.#preloads.keep(urls.filter((url) => url !== null));
    });
    $effect(() =>
      changes.listen((change) => {
        if (change.kind === "many") {
          // Another photo may be shown already than the one that is gone.
          this.#details.show(this.#id);
          this.#details.renew();
        } else for (const media of change.media) this.#details.take(media);
      }),
    );
    $effect(() => this.#poll());
    $effect(() => this.#tryAgainOnline());
    $effect(() => () => {
      this.#details.close();
      this.#preloads.keep([]);
    });
  }

  /** The photos on both sides. */
  get around(): Around {
    return this.#around;
  }

  /** Whether nobody could say what the photos on both sides are. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Looks for the photos on both sides once more. */
  look(): void {
    this.#looks += 1;
  }

  /** Asks for the photo once more. */
  refresh(): void {
    this.#details.refresh(this.#id);
  }

  /** Everything known of the photo before this one; null where there is none. Throws where nobody can tell. */
  async mediaBefore(): Promise<MediaObject | null> {
    const { previous } = this.#around;
    if (previous.kind === "unknown") throw new Error("Nobody has told yet which photo is before this one.");
    if (previous.kind === "none") return null;
    const detail = this.#details.of(previous.id);
    if (detail.kind === "loaded") return detail.media;
    return loadMedia(service, previous.id, new AbortController().signal);
  }

  readonly #beside = $derived(
    [this.#around.next, this.#around.previous].flatMap((each) => (each.kind === "photo" ? [each] : [])),
  );

  /** Stays the same while the photo is asked for again and again. */
  readonly #pendingId = $derived(
    this.detail.kind === "loaded" && this.detail.media.state === "pending" ? this.detail.media.id : null,
  );

  #detailOf(id: string): ReturnType<Details["of"]> {
    void this.#changes;
    return this.#details.of(id);
  }

  #picturedBeside({ id, pictured }: Extract<Neighbour, { kind: "photo" }>): Pictured | null {
    const detail = this.#detailOf(id);
    return detail.kind === "loaded" ? picturedOfMedia(detail.media) : pictured;
  }

  #lookAround(): () => void {
    void this.#looks;
    const { library, finding } = this.#where();
    const [id, index] = [this.#id, this.index];
    const stop = new AbortController();
    const walk = {
      library,
      finding,
      ask: (of: string, query: Parameters<typeof loadNeighbours>[1]["query"], signal: AbortSignal) =>
        loadNeighbours(service, { id: of, query }, signal),
    };
    const look = async (): Promise<void> => {
      try {
        const found = await lookAround({ id, index }, walk, stop.signal);
        if (!stop.signal.aborted) this.#around = found;
      } catch {
        // Whoever asks for the next photo has it looked for again, and is told where that fails, too.
        if (!stop.signal.aborted) this.#isLost = true;
      }
    };
    untrack(() => {
      this.#around = unknownAround;
      this.#isLost = false;
      void look();
    });
    return () => stop.abort();
  }

  /** What has failed without a connection is tried again when the connection is back. */
  #tryAgainOnline(): () => void {
    const again = (): void => {
      if (this.detail.kind === "failed") this.refresh();
      if (this.#isLost) this.look();
    };
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }

  /** A photo that is being processed is asked for again, ever more rarely, while somebody looks. */
  #poll(): (() => void) | undefined {
    if (this.#pendingId === null) return undefined;
    let asked = 0;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      timer = setTimeout(() => {
        asked += 1;
        if (!document.hidden) this.refresh();
        wait();
      }, pollDelayMs(asked));
    };
    wait();
    return () => clearTimeout(timer);
  }
}
