import { TaglineError, type Tagline } from "tagline-client";
import type { Typed } from "./completion.ts";
import { Kept } from "./kept.ts";
import {
  fieldSuggestions,
  knownSuggestions,
  matchingNames,
  namedSuggestions,
  takenSuggestions,
  type CountedName,
  type CountedPeriod,
  type Suggestion,
  type SuggestionGroup,
  type SuggestionKind,
} from "./suggestions.ts";

/** What of the client the suggestions need. */
export type SuggestionClient = Pick<Tagline, "api">;

/** How suggestions are asked for. */
interface SuggestionOptions {
  /** The clock, in milliseconds. */
  readonly now?: () => number;
  /** How long is waited, in milliseconds: what comes later would be in the way of what is typed by then. */
  readonly patienceMs?: number;
}

/** How many are suggested: of one field, and of each where no field is named. */
const most = { ofField: 10, keywords: 6, others: 3, periods: 12 } as const;

/** The longest prefix of `GET /v1/keywords`, in characters. */
const longestPrefix = 64;

/** Cameras are few: an archive with more than a page of them gets the most used ones. */
const camerasAsked = 500;

/** How many pages of a folder's folders are looked through for a name. */
const mostFolderPages = 10;

/** What completes terms: names of the archive, and what the language of search has. */
export class SuggestionSource {
  readonly #client: SuggestionClient;
  readonly #patienceMs: number;
  readonly #knownCameras: Kept<readonly CountedName[]>;
  readonly #knownMonths: Kept<readonly CountedPeriod[]>;
  readonly #knownFolders: Kept<FolderPage>;

  constructor(client: SuggestionClient, { now = Date.now, patienceMs = 4_000 }: SuggestionOptions = {}) {
    this.#client = client;
    this.#patienceMs = patienceMs;
    this.#knownCameras = new Kept(now);
    this.#knownMonths = new Kept(now);
    this.#knownFolders = new Kept(now);
  }

  /**
   * What the term may become, without empty groups. What the service cannot tell just now is left out: who types must not
   * be disturbed by it, and the search itself will say what is wrong.
   */
  async suggest(typed: Typed, signal: AbortSignal): Promise<SuggestionGroup[]> {
    const { field } = typed;
    const patience = AbortSignal.timeout(this.#patienceMs);
    const either = AbortSignal.any([signal, patience]);
    const value = typed.value.split("*", 1)[0] ?? "";
    const groups = await Promise.all(
      field === null ? this.#ofWord(value, either) : [this.#ofField(field, value, either)],
    );
    signal.throwIfAborted();
    return groups.filter(({ suggestions }) => suggestions.length > 0);
  }

  #ofWord(value: string, signal: AbortSignal): Promise<SuggestionGroup>[] {
    const group = async (kind: SuggestionKind, names: Promise<Suggestion[]>): Promise<SuggestionGroup> => ({
      kind,
      suggestions: await names,
    });
    return [
      group("keyword", this.#keywords(value, most.keywords, signal)),
      ...(value === ""
        ? []
        : [
            group("camera", this.#cameras(value, most.others, signal)),
            group("folder", this.#folders(value, most.others, signal)),
          ]),
      group("field", Promise.resolve(fieldSuggestions(value))),
    ];
  }

  async #ofField(
    field: Exclude<SuggestionKind, "field">,
    value: string,
    signal: AbortSignal,
  ): Promise<SuggestionGroup> {
    const of = {
      keyword: () => this.#keywords(value, most.ofField, signal),
      camera: () => this.#cameras(value, most.ofField, signal),
      folder: () => this.#folders(value, most.ofField, signal),
      taken: async () => takenSuggestions(value, await this.#months(signal)).slice(0, most.periods),
      has: async () => knownSuggestions(value),
    };
    return { kind: field, suggestions: await of[field]() };
  }

  async #keywords(value: string, limit: number, signal: AbortSignal): Promise<Suggestion[]> {
    const prefix = value.trim();
    if (Array.from(prefix).length > longestPrefix) return [];
    const query = { sort: "count", limit, ...(prefix === "" ? {} : { prefix }) } as const;
    const names = await unlessDown([], async () => {
      const { data } = await this.#client.api.GET("/v1/keywords", { params: { query }, signal });
      return data.items.map(({ keyword, count }) => ({ name: keyword, count }));
    });
    return namedSuggestions("keyword", names);
  }

  async #cameras(value: string, limit: number, signal: AbortSignal): Promise<Suggestion[]> {
    const query = { sort: "count", limit: camerasAsked } as const;
    const names = await unlessDown([], () =>
      this.#knownCameras.get("", async () => {
        const { data } = await this.#client.api.GET("/v1/cameras", { params: { query }, signal });
        return data.items.map(({ camera, count }) => ({ name: camera, count }));
      }),
    );
    return namedSuggestions("camera", matchingNames(names, value.trim()).slice(0, limit));
  }

  async #months(signal: AbortSignal): Promise<readonly CountedPeriod[]> {
    const query = { by: "month" } as const;
    return unlessDown([], () =>
      this.#knownMonths.get("", async () => {
        const { data } = await this.#client.api.GET("/v1/timeline", { params: { query }, signal });
        return data.items;
      }),
    );
  }

  /** The folders of the folder that the value names so far, whose names begin as it goes on: `2024/be` is `2024/beach/`. */
  async #folders(value: string, limit: number, signal: AbortSignal): Promise<Suggestion[]> {
    const written = value.replace(/^\//, "");
    const parting = written.lastIndexOf("/") + 1;
    const path = written.slice(0, parting);
    const name = written.slice(parting);
    const found = await unlessDown([], async () => {
      let cursor: string | null = null;
      for (let pages = 0; pages < mostFolderPages; pages++) {
        const page: FolderPage = await this.#folderPage(path, cursor, signal);
        const matching = matchingNames(page.folders, name);
        if (matching.length > 0 || page.next === null) return matching;
        cursor = page.next;
      }
      return [];
    });
    const names = found
      .slice(0, limit)
      .map(({ path: whole, count, isMore }) => ({ name: whole, count, isMore }));
    return namedSuggestions("folder", names);
  }

  #folderPage(path: string, cursor: string | null, signal: AbortSignal): Promise<FolderPage> {
    const query = {
      limit: 1,
      ...(path === "" ? {} : { path }),
      ...(cursor === null ? {} : { folders_cursor: cursor }),
    };
    return this.#knownFolders.get(JSON.stringify([path, cursor]), async () => {
      const { data } = await this.#client.api.GET("/v1/folders", { params: { query }, signal });
      const folders = data.folders.map(({ name, path, count, capped }) => ({
        name,
        path,
        count,
        isMore: capped,
      }));
      return { folders, next: data.folders_cursor };
    });
  }
}

interface FolderPage {
  readonly folders: readonly {
    readonly name: string;
    readonly path: string;
    readonly count: number;
    readonly isMore: boolean;
  }[];
  readonly next: string | null;
}

/** What is asked for, or something else where the service does not answer in time, refuses, or asks to come later. */
async function unlessDown<Answer>(other: Answer, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const isStopped = error instanceof DOMException;
    if (isStopped || error instanceof TaglineError) return other;
    throw error;
  }
}
