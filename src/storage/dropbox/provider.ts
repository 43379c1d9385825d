import type { ByteRange } from "../../core/byte-range.ts";
import { AppError } from "../../core/errors.ts";
import { compareKeys } from "../../core/text/key-order.ts";
import {
  nativeThumbnailMaxBytes,
  type DeltaPage,
  type DeltaProvider,
  type ObjectInfo,
  type ObjectPage,
  type OpenOptions,
  type OpenResult,
  type PutResult,
} from "../provider.ts";
import { listing, metadata } from "./answers.ts";
import { badRequest, downloadedFile, type Answer, type Download, type DropboxClient } from "./client.ts";
import { formatCursor, parseCursor, type CursorOwner } from "./cursor.ts";
import { deletesRoot, deltaEntry, objectInfo } from "./entries.ts";
import { unavailable, usualPatience, type Patience, readAtMost } from "./exchange.ts";
import { depthOf } from "./paths.ts";

/** The most entries that a page may have (`ListFolderArg.limit`); Dropbox takes it for about that many. */
const pageEntries = 2000;

/** What a provider of this type is made of. */
export interface DropboxOptions {
  readonly name: string;
  /** `/a/b`, or empty for everything that the app can see. */
  readonly root: string;
  /** The namespace that `root` lies in; null for the account's home. */
  readonly pathRoot: string | null;
  readonly client: DropboxClient;
}

/**
 * A folder of a Dropbox, read only. Object keys are in Dropbox's own spelling; path keys are its lower-case ones, unique
 * regardless of case. The version of an object is the file's `rev`, by which exactly its bytes are opened, even when the
 * file has moved meanwhile. Nothing is taken for missing before the root has been seen to be there.
 */
export class DropboxProvider implements DeltaProvider {
  readonly type = "dropbox";
  readonly writable = false;
  readonly name: string;
  readonly #root: string;
  readonly #depth: number;
  readonly #owner: CursorOwner;
  readonly #client: DropboxClient;

  constructor({ name, root, pathRoot, client }: DropboxOptions) {
    this.name = name;
    this.#root = root;
    this.#depth = depthOf(root);
    this.#owner = { root, pathRoot };
    this.#client = client;
  }

  async changes(cursor: string | null): Promise<DeltaPage> {
    const own = cursor === null ? null : parseCursor(cursor, this.#owner);
    if (cursor !== null && own === null) return { kind: "reset" };
    const answer = await (own === null ? this.#listAnew() : this.#goOn(own));
    if (answer.kind === "answered") return this.#page(answer.value);
    if (own !== null && endsCursor(answer.reason)) return { kind: "reset" };
    // The folder is gone, or was when this cursor's turn came. If it is back, what there is now has to be listed anew.
    await this.#requireRoot();
    if (own !== null) return { kind: "reset" };
    throw unavailable(`files/list_folder: ${answer.reason}`);
  }

  /**
   * Part of everything there is, in the order of path keys. Dropbox lists in an order of its own, so that each page costs
   * a whole listing; an ingest asks for `changes` instead.
   */
  async list(options: { prefix: string; after: string | null; limit: number }): Promise<ObjectPage> {
    const { prefix, after, limit } = options;
    const isWanted = ({ objectKey, pathKey }: ObjectInfo): boolean =>
      objectKey.startsWith(prefix) && (after === null || compareKeys(pathKey, after) > 0);
    const wanted = (await this.#everything()).filter(isWanted);
    wanted.sort((a, b) => compareKeys(a.pathKey, b.pathKey));
    const objects = wanted.slice(0, limit);
    return { objects, next: wanted.length > objects.length ? (objects.at(-1)?.pathKey ?? null) : null };
  }

  async stat(pathKey: string): Promise<ObjectInfo | null> {
    const route = "files/get_metadata";
    const answer = await this.#client.rpc(route, { path: this.#path(pathKey) }, metadata);
    if (answer.kind === "refused") return this.#absent(route, answer.reason);
    const entry = deltaEntry(answer.value, this.#depth);
    return entry?.kind === "file" ? entry.info : null;
  }

  async open(pathKey: string, { range, version }: OpenOptions = {}): Promise<OpenResult> {
    const path = version === undefined ? this.#path(pathKey) : `rev:${version}`;
    const answer = await this.#download(path, range);
    if (answer.kind === "answered") return this.#opened(pathKey, answer.value, range);
    await this.#absent("files/download", answer.reason);
    if (version === undefined) return { kind: "missing" };
    // Old revisions are not kept for ever: what is there instead?
    const info = await this.stat(pathKey);
    if (info === null) return { kind: "missing" };
    if (info.version !== version) return { kind: "changed", info };
    throw unavailable("files/download: a revision that is there and is not");
  }

  async put(): Promise<PutResult> {
    throw readOnly(this.name);
  }

  async remove(): Promise<void> {
    throw readOnly(this.name);
  }

  async probe(signal?: AbortSignal): Promise<void> {
    await this.#requireRoot({ attempts: 1, signal });
  }

  async nativeThumbnail({ version }: Pick<ObjectInfo, "version">): Promise<Uint8Array | null> {
    const answer = await this.#client.download("files/get_thumbnail_v2", {
      resource: { ".tag": "path", path: `rev:${version}` },
      // The largest size, so that a picture of usual proportions fills our largest thumbnail either way round.
      size: "w2048h1536",
      mode: "bestfit",
      format: "jpeg",
    });
    if (answer.kind === "refused" && answer.reason === badRequest)
      throw unavailable("files/get_thumbnail_v2: status 400");
    // Whatever else the reason, and be it one that nobody knows yet: there is no thumbnail of this picture.
    if (answer.kind === "refused") return null;
    return readAtMost(answer.value.body, nativeThumbnailMaxBytes).catch((cause: unknown) => {
      throw unavailable("files/get_thumbnail_v2: the picture broke off", cause);
    });
  }

  async #listAnew(): Promise<Answer<typeof listing._output>> {
    const wanted = { recursive: true, include_deleted: false, include_non_downloadable_files: false };
    const argument = { path: this.#root, ...wanted, limit: pageEntries };
    return this.#client.rpc("files/list_folder", argument, listing);
  }

  async #goOn(cursor: string): Promise<Answer<typeof listing._output>> {
    return this.#client.rpc("files/list_folder/continue", { cursor }, listing);
  }

  #page(answer: typeof listing._output): DeltaPage {
    // The loss of the whole folder is no deletion of every photo in it.
    if (answer.entries.some((entry) => deletesRoot(entry, this.#depth))) return { kind: "reset" };
    const entries = answer.entries.flatMap((entry) => deltaEntry(entry, this.#depth) ?? []);
    return { kind: "page", entries, cursor: formatCursor(answer.cursor, this.#owner), more: answer.has_more };
  }

  async #everything(): Promise<ObjectInfo[]> {
    const byPath = new Map<string, ObjectInfo>();
    for (let cursor: string | null = null, more = true; more;) {
      const page: DeltaPage = await this.changes(cursor);
      if (page.kind === "reset") throw unavailable("files/list_folder: the listing was broken off");
      // Within one listing nothing is deleted; a page that was asked for twice tells the same files again.
      for (const entry of page.entries) if (entry.kind === "file") byPath.set(entry.info.pathKey, entry.info);
      ({ cursor, more } = page);
    }
    return [...byPath.values()];
  }

  async #download(path: string, range: ByteRange | undefined): Promise<Answer<Download>> {
    const bytes =
      range === undefined ? undefined : `bytes=${range.offset}-${range.offset + range.length - 1}`;
    return this.#client.download("files/download", { path }, bytes);
  }

  async #opened(pathKey: string, download: Download, range: ByteRange | undefined): Promise<OpenResult> {
    const file = downloadedFile(download);
    // The whole for a part would have the wrong bytes taken for it.
    if (range !== undefined && download.response.status !== 206) {
      await download.body.cancel();
      throw unavailable(`files/download: status ${download.response.status} for a part`);
    }
    // A revision also opens when its file lies outside by now; it is still what was asked for.
    const place = { path_lower: this.#path(pathKey), path_display: this.#path(pathKey) };
    const info = objectInfo(file, this.#depth) ?? objectInfo({ ...file, ...place }, this.#depth);
    if (info === null) throw unavailable("files/download: a file without a path");
    return { kind: "opened", info, body: download.body };
  }

  /** Null if a refusal says that nothing is there, and the root is; throws otherwise. */
  async #absent(route: string, reason: string): Promise<null> {
    if (!absences.has(reason)) throw unavailable(`${route}: ${reason}`);
    if (this.#root !== "") await this.#requireRoot();
    return null;
  }

  async #requireRoot(patience: Patience = usualPatience): Promise<void> {
    const argument = { path: this.#root, limit: 1 };
    const answer = await this.#client.rpc("files/list_folder", argument, listing, patience);
    if (answer.kind === "answered") return;
    const detail = `The folder of the storage provider "${this.name}" does not exist, or the app may not read the folder.`;
    throw new AppError("storage_unavailable", detail, {
      cause: new Error(`Dropbox files/list_folder "${this.#root}": ${answer.reason}`),
    });
  }

  #path(pathKey: string): string {
    return `${this.#root}/${pathKey}`;
  }
}

/** Refusals that say that there is no file (`files.LookupError`). */
const absences: ReadonlySet<string> = new Set(["path/not_found", "path/not_file", "path/malformed_path"]);

/** A cursor is invalidated by a `reset`; one that is not of this account or app is not even understood. */
function endsCursor(reason: string): boolean {
  return reason === badRequest || reason.startsWith("reset");
}

function readOnly(name: string): AppError {
  return new AppError("read_only_provider", `The storage provider "${name}" is read-only.`);
}
