import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { extensionOf, isImageKey } from "../../src/media-type.ts";
import { describe } from "../failure.ts";

/** A file to send and the object key it gets. */
export interface LocalFile {
  path: string;
  key: string;
  size: number;
}

/** A file that cannot be sent, and why. */
export interface Problem {
  key: string;
  reason: string;
  /** Whether the reason is that another photo has the key. */
  isTaken?: boolean;
}

/** What files and folders hold. */
export interface Walk {
  /** In the order in which they were given, those of a folder in the order of their paths. */
  files: LocalFile[];
  /** How many were left out of each kind: `.txt`, `hidden`, `@eaDir` … */
  ignored: Map<string, number>;
  problems: Problem[];
}

/** Folders that systems put among people's files; a store of thumbnails that is taken for photos would double each. */
const systemFolders: ReadonlySet<string> = new Set([
  "@eaDir",
  "@Recycle",
  "@Recently-Snapshot",
  "#recycle",
  "#snapshot",
  "$RECYCLE.BIN",
  "System Volume Information",
  "__MACOSX",
  "lost+found",
]);

/** A file, and its key as the file system spells it. */
interface Found extends LocalFile {
  readonly spelt: string;
}

class Walker {
  readonly found: Found[] = [];
  readonly ignored = new Map<string, number>();
  readonly problems: Problem[] = [];

  /** What was given by name: a file is sent although it is hidden, and one that cannot be an image is a problem. */
  async take(path: string, prefix: string): Promise<void> {
    const info = await stat(path);
    if (info.isDirectory()) return this.#visit(path, prefix, []);
    const key = `${prefix}${basename(path)}`;
    if (info.isFile() && isImageKey(key) !== "other") this.#find(path, key, info.size);
    else this.problems.push({ key: key.normalize("NFC"), reason: "is not an image by its name" });
  }

  async #visit(folder: string, prefix: string, above: string[]): Promise<void> {
    const here = await realpath(folder);
    // A link to a folder above would be walked for ever.
    if (above.includes(here)) return;
    const names = await readdir(folder);
    for (const name of names.sort()) {
      const [path, key] = [join(folder, name), `${prefix}${name}`];
      if (name.startsWith(".")) this.#ignore("hidden");
      else if (systemFolders.has(name)) this.#ignore(name);
      else await this.#look(path, key, [...above, here]);
    }
  }

  async #look(path: string, key: string, above: string[]): Promise<void> {
    try {
      const info = await stat(path);
      if (info.isDirectory()) await this.#visit(path, `${key}/`, above);
      else if (!info.isFile()) this.#ignore("special files");
      else if (isImageKey(key) === "other") this.#ignore(`.${extensionOf(key) ?? ""}`);
      else this.#find(path, key, info.size);
    } catch (error) {
      this.problems.push({ key: key.normalize("NFC"), reason: describe(error) });
    }
  }

  #find(path: string, spelt: string, size: number): void {
    this.found.push({ path, key: spelt.normalize("NFC"), spelt, size });
  }

  #ignore(kind: string): void {
    this.ignored.set(kind, (this.ignored.get(kind) ?? 0) + 1);
  }
}

/**
 * Lists the files that may be images, by name, among those that are given and below folders that are: hidden ones and
 * folders of systems are left out, links are followed. A key is the prefix and the path below the given folder. Keys
 * are NFC, as the service has them; of two files that would get the same key the second is a problem.
 */
export async function walkPaths(paths: readonly string[], prefix: string): Promise<Walk> {
  const walker = new Walker();
  for (const path of paths) await walker.take(path, prefix);
  const { ignored, problems } = walker;
  const seen = new Map<string, Found>();
  for (const file of walker.found) {
    const other = seen.get(file.key);
    if (other === undefined) seen.set(file.key, file);
    else if (other.spelt !== file.spelt)
      problems.push({ key: file.key, reason: "another file has the same name in NFC" });
    else if ((await realpath(other.path)) !== (await realpath(file.path)))
      problems.push({ key: file.key, reason: `${other.path} gets this key already`, isTaken: true });
  }
  const files = [...seen.values()].map(({ path, key, size }) => ({ path, key, size }));
  return { files, ignored, problems };
}
