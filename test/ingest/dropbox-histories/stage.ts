import { env } from "cloudflare:workers";
import { z } from "zod";

import type { Run } from "../../../src/protocol/run.ts";
import { displayOf, pathOf, walk } from "../../support/dropbox/tree.ts";
import { DropboxStandIn } from "../../support/dropbox/stand-in.ts";
import { answerWith, dropboxWorld } from "../support/dropbox-world.ts";
import { describe } from "../support/rows.ts";
import { restore, setInTrash, trashRows, type TrashedRow } from "../support/trash.ts";
import { exhausted, type World } from "../support/world.ts";
import type { Deed, Event } from "./history.ts";
import type { ModelFile } from "./model.ts";

const root = "/Photos";

const record = z.object({
  id: z.string(),
  path: z.string(),
  key: z.string(),
  ref: z.string().nullable(),
  version: z.string(),
  state: z.string(),
  missing: z.number().transform(Boolean),
  vanished: z.number().transform(Boolean),
  words: z.string().nullable(),
});

export type StoredRecord = Readonly<z.infer<typeof record>>;

/** A file with all that its record has to say of it. */
export interface StagedFile extends ModelFile {
  readonly key: string;
  readonly version: string;
  /** Where in the Dropbox's journal it was last written. */
  readonly journalPlace: number;
}

/** A world with a Dropbox, emptied for each history. */
export class Stage {
  readonly world: World;
  dropbox = new DropboxStandIn();
  /** What every version that ever was held. */
  readonly hashes = new Map<string, string>();
  #descriptions = 0;

  private constructor(world: World) {
    this.world = world;
  }

  static async create(): Promise<Stage> {
    return new Stage((await dropboxWorld(root)).world);
  }

  async clear(pageSize: number): Promise<void> {
    this.dropbox = new DropboxStandIn();
    this.dropbox.listings.pageSize = pageSize;
    this.dropbox.tree.mkdir(root);
    answerWith(this.dropbox);
    const tables = ["media_objects", "trashed_media", "sightings", "provider_state"];
    await env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
    this.world.advance(60_000);
  }

  /** The files below the root, as they are. */
  files(): StagedFile[] {
    const folder = this.dropbox.tree.at(root);
    if (folder === null) return [];
    return [...walk(folder)].flatMap((node) => {
      if (node.kind !== "file") return [];
      const { rev: version, bytes } = node.revision;
      const hash = new TextDecoder().decode(bytes);
      this.hashes.set(version, hash);
      const key = displayOf(node).slice(root.length + 1);
      const path = pathOf(node).toLowerCase();
      const journalPlace = this.dropbox.tree.lastAt.get(path) ?? 0;
      return [{ path: path.slice(root.length + 1), ref: node.id, hash, version, key, journalPlace }];
    });
  }

  async records(): Promise<StoredRecord[]> {
    const { results } = await env.DB.prepare(
      `SELECT id, path_key AS path, object_key AS key, provider_ref AS ref, version, state,
         missing_since IS NOT NULL AS missing, vanished_run IS NOT NULL AS vanished,
         object_metadata ->> 'description' AS words
       FROM media_objects ORDER BY id`,
    ).all();
    return results.map((row) => record.parse(row));
  }

  /** Describes one of the records; answers which and how. */
  async describe(number: number): Promise<{ id: string; words: string } | null> {
    const records = await this.records();
    const chosen = records[number % Math.max(1, records.length)];
    if (chosen === undefined) return null;
    const words = `words ${this.#descriptions++}`;
    await describe(chosen.id, words);
    return { id: chosen.id, words };
  }

  async trashed(): Promise<TrashedRow[]> {
    return trashRows();
  }

  /** Puts one of the records into the trash; answers which. */
  async trash(number: number): Promise<string | null> {
    const records = await this.records();
    const chosen = records[number % Math.max(1, records.length)];
    return chosen !== undefined && (await setInTrash(chosen.id)) ? chosen.id : null;
  }

  /** Takes one of the records out of the trash; answers which. */
  async untrash(number: number): Promise<string | null> {
    const records = await this.trashed();
    const chosen = records[number % Math.max(1, records.length)];
    return chosen !== undefined && (await restore(this.world, chosen.id)) ? chosen.id : null;
  }

  /** A run that nobody disturbs. */
  async run(full: boolean): Promise<Run> {
    this.world.advance(1000);
    const { run } = await this.world.ingest({ full, confirmMissing: true });
    return run;
  }

  /** A run while the root is not there. */
  async runInOutage(): Promise<Run> {
    const { tree } = this.dropbox;
    tree.move(root, "/Elsewhere");
    this.world.advance(1000);
    const { id } = await this.world.startIngest();
    for (
      let message = this.world.outbox.shift();
      message !== undefined;
      message = this.world.outbox.shift()
    ) {
      const { acknowledged } = await this.world.deliver(message);
      if (!acknowledged) await this.world.deliver(message, { attempts: exhausted });
    }
    tree.move("/Elsewhere", root);
    return this.world.run(id);
  }

  /** Does a deed, unless there is nothing to do it to. */
  do(event: Exclude<Event, { kind: "describe" }>): void {
    if (event.kind === "reset") this.dropbox.listings.reset();
    else this.#try(event);
    this.files();
  }

  #try(deed: Deed): void {
    try {
      this.#do(deed);
    } catch (cause) {
      // What lies in the way of a deed is for the tree to say: a folder where a file is to be put, or the reverse.
      if (!(cause instanceof Error) || !/ is a (file|folder)$/.test(cause.message)) throw cause;
    }
  }

  #do(deed: Deed): void {
    const { tree } = this.dropbox;
    switch (deed.kind) {
      case "put":
        tree.put(root + deed.path, `content ${deed.content}`);
        return;
      case "move":
        return this.#move(root + deed.from, root + deed.to);
      case "copy": {
        const node = tree.at(root + deed.from);
        if (node?.kind === "file" && tree.at(root + deed.to) === null)
          tree.put(root + deed.to, node.revision.bytes);
        return;
      }
      case "swap":
        return this.#swap(root + deed.from, root + deed.to);
      case "delete":
        if (tree.at(root + deed.path) !== null) tree.delete(root + deed.path);
        return;
      case "restore":
        if (tree.canRestore(root + deed.path)) tree.restore(root + deed.path);
        return;
      case "respell":
        return this.#respell(root + deed.path);
      case "remake":
        return this.#remake(root + deed.path);
    }
  }

  #move(from: string, to: string): void {
    const { tree } = this.dropbox;
    const fits = tree.at(from) !== null && tree.at(to) === null && !to.startsWith(`${from}/`);
    if (fits && from !== to) tree.move(from, to);
  }

  #swap(a: string, b: string): void {
    const { tree } = this.dropbox;
    if (a === b || tree.at(a) === null || tree.at(b) === null) return;
    tree.move(a, "/aside");
    tree.move(b, a);
    tree.move("/aside", b);
  }

  #respell(path: string): void {
    const node = this.dropbox.tree.at(path);
    if (node === null) return;
    const name = node.name === node.name.toUpperCase() ? node.name.toLowerCase() : node.name.toUpperCase();
    this.dropbox.tree.move(path, path.slice(0, path.lastIndexOf("/") + 1) + name);
  }

  /** The same bytes under new ids. */
  #remake(path: string): void {
    const { tree } = this.dropbox;
    const node = tree.at(path);
    if (node === null) return;
    const files = [...walk(node)].flatMap((each) =>
      each.kind === "file" ? [{ at: pathOf(each), bytes: each.revision.bytes }] : [],
    );
    tree.delete(path);
    for (const { at, bytes } of files) tree.put(at, bytes);
  }
}
