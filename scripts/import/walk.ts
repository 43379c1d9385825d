import { readdir, realpath, stat } from "node:fs/promises";
import { basename } from "node:path";
import { extensionOf, kindOfKey } from "../../src/core/media-type.ts";
import { describe } from "../failure.ts";
import { leftOutAs } from "./left-out.ts";
import { type Beside, isAside, type Listed, pairFolder } from "./sidecars/pair.ts";
import { entriesOf, type FilePath, pathIn } from "./names.ts";

/** A file to send and the object key it gets. */
export interface LocalFile {
  path: FilePath;
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
  /** How many files are no images by their names, of each kind: `.txt`, `.mov`, `special files` … */
  ignored: Map<string, number>;
  /** How much was left out that systems and programs make, of each kind: `hidden`, `@eaDir` …; a folder counts once. */
  leftOut: Map<string, number>;
  /** The keys of files whose path is no UTF-8, which are escapes of it. */
  escaped: string[];
  problems: Problem[];
  /** By the keys of photos, the files beside them that tell of them. */
  beside: Map<string, Beside>;
  /** The keys that JSON files of Google Takeout would have, of which no photo was found. */
  unpaired: string[];
}

/** A file, and its key as the file system spells it. */
interface Found extends LocalFile {
  readonly spelt: string;
  /** Whether a part of the key is the escape of a name that is no UTF-8. */
  readonly isEscaped: boolean;
}

/** Where a walk is. */
interface Place {
  readonly path: FilePath;
  /** Of the folder, with a slash behind it, or of the file. */
  readonly key: string;
  readonly isEscaped: boolean;
}

class Walker {
  readonly found: Found[] = [];
  readonly ignored = new Map<string, number>();
  readonly leftOut = new Map<string, number>();
  readonly problems: Problem[] = [];
  readonly beside = new Map<string, Beside>();
  readonly unpaired: string[] = [];

  /** What was given by name: a file is sent although it is hidden, and one that cannot be an image is a problem. */
  async take(path: string, prefix: string): Promise<void> {
    const info = await stat(path);
    if (info.isDirectory()) return this.#visit({ path, key: prefix, isEscaped: false }, []);
    const key = `${prefix}${basename(path)}`;
    if (info.isFile() && kindOfKey(key) !== "other") this.#find({ path, key, isEscaped: false }, info.size);
    else this.problems.push({ key: key.normalize("NFC"), reason: "is not an image by its name" });
  }

  async #visit(folder: Place, above: readonly string[]): Promise<void> {
    const here = await identityOf(folder.path);
    // A link to a folder above would be walked for ever.
    if (above.includes(here)) return;
    const names = await readdir(folder.path, { encoding: "buffer" });
    const listed: Listed = { names: [], asides: new Map() };
    for (const { name, segment, isEscaped } of entriesOf(names)) {
      const kind = leftOutAs(segment, basename(folder.path.toString()));
      if (kind !== null) count(this.leftOut, kind);
      else {
        const path = pathIn(folder.path, name);
        const key = `${folder.key}${segment}`;
        listed.names.push(segment.normalize("NFC"));
        await this.#look({ path, key, isEscaped: isEscaped || folder.isEscaped }, [...above, here], listed);
      }
    }
    if (listed.asides.size > 0) await this.#pair(folder.key, listed);
  }

  async #pair(folder: string, listed: Listed): Promise<void> {
    const { beside, unpaired } = await pairFolder(listed);
    for (const [name, files] of beside) this.beside.set(`${folder}${name}`.normalize("NFC"), files);
    for (const { name, isTakeout } of unpaired) {
      count(this.ignored, `.${extensionOf(name) ?? ""}`);
      if (isTakeout) this.unpaired.push(`${folder}${name}`.normalize("NFC"));
    }
  }

  async #look(place: Place, above: readonly string[], listed: Listed): Promise<void> {
    const { path, key } = place;
    try {
      const info = await stat(path);
      if (info.isDirectory()) await this.#visit({ ...place, key: `${key}/` }, above);
      else if (!info.isFile()) count(this.ignored, "special files");
      else if (isAside(key)) listed.asides.set(basename(key).normalize("NFC"), path);
      else if (kindOfKey(key) === "other") count(this.ignored, `.${extensionOf(key) ?? ""}`);
      else this.#find(place, info.size);
    } catch (error) {
      this.problems.push({ key: key.normalize("NFC"), reason: describe(error) });
    }
  }

  #find({ path, key, isEscaped }: Place, size: number): void {
    this.found.push({ path, key: key.normalize("NFC"), spelt: key, size, isEscaped });
  }
}

function count(kinds: Map<string, number>, kind: string): void {
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
}

/** Where a path really leads, as bytes: names that are no UTF-8 would look alike as text. */
async function identityOf(path: FilePath): Promise<string> {
  return (await realpath(path, { encoding: "buffer" })).toString("hex");
}

/**
 * Lists the files that may be images, by name, among those that are given and below folders that are: hidden ones and
 * what systems put there are left out, links are followed. A key is the prefix and the path below the given folder. Keys
 * are NFC, as the service has them; of two files that would get the same key the second is a problem. A name that is no
 * UTF-8 is escaped, see {@link entriesOf}.
 */
export async function walkPaths(paths: readonly string[], prefix: string): Promise<Walk> {
  const walker = new Walker();
  for (const path of paths) await walker.take(path, prefix);
  const { ignored, leftOut, problems, beside, unpaired } = walker;
  const seen = new Map<string, Found>();
  for (const file of walker.found) {
    const other = seen.get(file.key);
    if (other === undefined) seen.set(file.key, file);
    else if (other.spelt !== file.spelt)
      problems.push({ key: file.key, reason: "another file has the same name in NFC" });
    else if ((await identityOf(other.path)) !== (await identityOf(file.path)))
      problems.push({ key: file.key, reason: `${String(other.path)} gets this key already`, isTaken: true });
  }
  const kept = [...seen.values()];
  const files = kept.map(({ path, key, size }) => ({ path, key, size }));
  const escaped = kept.filter(({ isEscaped }) => isEscaped).map(({ key }) => key);
  return { files, ignored, leftOut, escaped, problems, beside, unpaired };
}
