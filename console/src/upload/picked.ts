import { language } from "../texts/texts.ts";

/** A file that somebody has chosen or dropped. */
export interface Picked {
  readonly file: File;
  /** Its path from what was chosen on: `Holiday/IMG_1.jpg` of a folder, else its name. */
  readonly path: string;
}

/** What was dropped: an entry of a file system, or a file where the browser knows no entry for it. */
export type Dropped = Entry | File;

/** What of an entry is looked at (File and Directory Entries API); it is a {@link FileEntry} or a {@link FolderEntry}. */
export interface Entry {
  readonly name: string;
  readonly isFile: boolean;
  readonly isDirectory: boolean;
}

export interface FileEntry extends Entry {
  readonly file: (found: (file: File) => void, failed: (error: unknown) => void) => void;
}

export interface FolderEntry extends Entry {
  readonly createReader: () => {
    readonly readEntries: (found: (entries: Entry[]) => void, failed: (error: unknown) => void) => void;
  };
}

/** What systems put among people's photos, beside what begins with a dot. */
const systemNames: ReadonlySet<string> = new Set([
  "@eadir",
  "#recycle",
  "#snapshot",
  "@recycle",
  "$recycle.bin",
  "recycler",
  "system volume information",
  "thumbs.db",
  "ehthumbs.db",
  "desktop.ini",
  "__macosx",
  "lost+found",
  "icon\r",
]);

/** Whether a file or a folder is none of a person's own. */
function isOfSystem(name: string): boolean {
  return name.startsWith(".") || systemNames.has(name.toLowerCase());
}

/** Files that were chosen in a dialog; of a folder the browser tells the paths. */
export function pickedFrom(files: Iterable<File>): Picked[] {
  return [...files]
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(({ path }) => !path.split("/").some(isOfSystem))
    .toSorted(inNaturalOrder);
}

/** The files of all that was dropped, with those of folders within folders. What cannot be read is told by name. */
export async function filesOf(
  dropped: readonly Dropped[],
): Promise<{ readonly picked: readonly Picked[]; readonly unreadable: readonly string[] }> {
  const picked: Picked[] = [];
  const unreadable: string[] = [];
  const walk = async (entry: Dropped, folder: string): Promise<void> => {
    if (isOfSystem(entry.name)) return;
    const path = folder + entry.name;
    try {
      if (entry instanceof File) picked.push({ file: entry, path });
      else if (isFile(entry)) picked.push({ file: await fileOf(entry), path });
      else if (isFolder(entry)) for (const each of await entriesIn(entry)) await walk(each, `${path}/`);
    } catch {
      unreadable.push(path);
    }
  };
  for (const entry of dropped) await walk(entry, "");
  return { picked: picked.toSorted(inNaturalOrder), unreadable };
}

const collator = new Intl.Collator(language, { numeric: true });

/** As people number their files: `IMG_9` before `IMG_10`. */
function inNaturalOrder(one: Picked, other: Picked): number {
  return collator.compare(one.path, other.path);
}

function isFile(entry: Entry): entry is FileEntry {
  return entry.isFile;
}

function isFolder(entry: Entry): entry is FolderEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** All entries of a folder: a reader gives some at a time, and none at the end. */
async function entriesIn(folder: FolderEntry): Promise<Entry[]> {
  const reader = folder.createReader();
  const all: Entry[] = [];
  for (;;) {
    const some = await new Promise<Entry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
