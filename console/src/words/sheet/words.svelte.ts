import type { MediaObject } from "tagline-client";
import { changes } from "../../service/changes.ts";
import { kindOf } from "../../service/failure.ts";
import { service } from "../../service/service.ts";
import { newest } from "./newest.ts";

/** Everything known of the photos of a page, in one answer. To be made where effects are made. */
export class SheetWords {
  readonly #ids: () => readonly string[];
  #known = $state.raw<ReadonlyMap<string, MediaObject>>(new Map());
  #hasFailed = $state(false);
  #asked = $state(0);

  constructor(ids: () => readonly string[]) {
    this.#ids = ids;
    $effect(() => {
      void this.#asked;
      const wanted = this.#ids();
      if (wanted.length === 0) return;
      const stop = new AbortController();
      void this.#load(wanted, stop.signal);
      return () => stop.abort();
    });
    $effect(() =>
      changes.listen((change) => {
        if (change.kind === "many") this.retry();
        else this.#take(change.media.filter(({ id }) => this.#known.has(id)));
      }),
    );
  }

  /** Whether the words could not be loaded. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** A photo with its words; null while they have not come. */
  of(id: string): MediaObject | null {
    return this.#known.get(id) ?? null;
  }

  /** Asks for the words once more. */
  retry(): void {
    this.#asked += 1;
  }

  async #load(ids: readonly string[], signal: AbortSignal): Promise<void> {
    this.#hasFailed = false;
    try {
      const query = { id: [...ids], limit: ids.length };
      let cursor: string | null = null;
      do {
        const {
          data,
        }: {
          readonly data: { readonly items: readonly MediaObject[]; readonly next_cursor: string | null };
        } = await service.api.GET("/v1/media", {
          params: { query: cursor === null ? query : { ...query, cursor } },
          signal,
        });
        if (signal.aborted) return;
        this.#take(data.items);
        cursor = data.next_cursor;
      } while (cursor !== null);
    } catch (error) {
      if (kindOf(error) !== null && !signal.aborted) this.#hasFailed = true;
    }
  }

  #take(media: readonly MediaObject[]): void {
    this.#known = newest(this.#known, media);
  }
}
