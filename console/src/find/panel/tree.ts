/** A folder of the archive, or, where there are several storage providers, all that one of them holds. */
export interface Folder {
  /** Null where the archive has one provider only. */
  readonly provider: string | null;
  /** With a slash at its end; empty for all of a provider. */
  readonly path: string;
  readonly name: string;
  /** How many photos lie anywhere in it; null where nobody has counted. */
  readonly count: number | null;
  /** Whether there may be more than `count`. */
  readonly isMore: boolean;
}

/** The folders right below a folder, as far as they are loaded. */
interface Branch {
  readonly folders: readonly Folder[];
  /** Where the next page begins; null behind the last one. */
  readonly cursor: string | null;
  readonly state: "loading" | "ready" | "failed";
}

/** What one call of `GET /v1/folders` tells of the folders right below another one. */
export interface FolderPage {
  readonly folders: readonly Folder[];
  /** Where the next page begins; null behind the last one. */
  readonly cursor: string | null;
}

/** What is known of the folders, and which of them are open. Folders are named by {@link keyOf}. */
export interface Tree {
  readonly branches: ReadonlyMap<string, Branch>;
  readonly open: ReadonlySet<string>;
}

/** A line of the tree that can be seen. */
export interface Row {
  /** Different from that of every other line. */
  readonly key: string;
  /** The folder; for the other kinds the folder that they lie in, null for the root. */
  readonly folder: Folder | null;
  /**
   * - `folder`: a folder;
   * - `more`: the next page of folders;
   * - `loading`: folders are being loaded;
   * - `failed`: folders could not be loaded, and can be asked for again.
   */
  readonly kind: "folder" | "more" | "loading" | "failed";
  /** From 1 on. */
  readonly level: number;
  /** The place among the lines of the same folder, from 1 on. */
  readonly position: number;
  /** How many lines these are; -1 where that is not known, as `aria-setsize` has it. */
  readonly size: number;
  /** Null for what cannot be opened: it is known to have no folders, or is no folder. */
  readonly isOpen: boolean | null;
  /** The key of the line of the folder that it lies in; null at the first level. */
  readonly parent: string | null;
}

/** The key of what all folders lie in. */
export const rootKey = "root";

/** A tree of which nothing is known. */
export const unknownTree: Tree = { branches: new Map(), open: new Set() };

const unknownBranch: Branch = { folders: [], cursor: null, state: "loading" };

/** The key of a folder; null stands for what all folders lie in. */
export function keyOf(folder: Pick<Folder, "provider" | "path"> | null): string {
  return folder === null ? rootKey : JSON.stringify([folder.provider, folder.path]);
}

/** The tree with a folder open. */
export function opened(tree: Tree, key: string): Tree {
  return { ...tree, open: new Set([...tree.open, key]) };
}

/** The tree with a folder closed. What is open below it is open again with it. */
export function closed(tree: Tree, key: string): Tree {
  return { ...tree, open: new Set([...tree.open].filter((each) => each !== key)) };
}

/** The tree while the first or the next page of a folder is being loaded. */
export function loading(tree: Tree, key: string): Tree {
  return withBranch(tree, key, { ...(tree.branches.get(key) ?? unknownBranch), state: "loading" });
}

/** The tree with one page more of a folder. A folder that came before, since others were added meanwhile, is left out. */
export function loaded(tree: Tree, key: string, { folders, cursor }: FolderPage): Tree {
  const before = tree.branches.get(key)?.folders ?? [];
  const known = new Set(before.map(keyOf));
  const fresh = folders.filter((folder) => !known.has(keyOf(folder)));
  return withBranch(tree, key, { folders: [...before, ...fresh], cursor, state: "ready" });
}

/** The tree when a page of a folder could not be loaded. */
export function failed(tree: Tree, key: string): Tree {
  return withBranch(tree, key, { ...(tree.branches.get(key) ?? unknownBranch), state: "failed" });
}

/** Whether a page of a folder has to be loaded before its folders can be seen. */
export function lacksPage(tree: Tree, key: string): boolean {
  return !tree.branches.has(key);
}

/** The lines that can be seen, from the top. */
export function rowsOf(tree: Tree): Row[] {
  return rowsBelow(tree, { folder: null, level: 1, parent: null });
}

interface Place {
  readonly folder: Folder | null;
  readonly level: number;
  readonly parent: string | null;
}

function rowsBelow(tree: Tree, { folder, level, parent }: Place): Row[] {
  const key = keyOf(folder);
  const branch = tree.branches.get(key) ?? unknownBranch;
  const last = lastKindOf(branch);
  const isWhole = last === null;
  const size = isWhole ? branch.folders.length : -1;
  const rows = branch.folders.flatMap((each, index): Row[] => {
    const own = keyOf(each);
    const isOpen = canOpen(tree, own) ? tree.open.has(own) : null;
    const row: Row = {
      key: own,
      folder: each,
      kind: "folder",
      level,
      position: index + 1,
      size,
      isOpen,
      parent,
    };
    const below = isOpen === true ? rowsBelow(tree, { folder: each, level: level + 1, parent: own }) : [];
    return [row, ...below];
  });
  if (last === null) return rows;
  const position = branch.folders.length + 1;
  return [
    ...rows,
    { key: `${last} ${key}`, folder, kind: last, level, position, size, isOpen: null, parent },
  ];
}

function lastKindOf({ state, cursor }: Branch): "more" | "loading" | "failed" | null {
  if (state !== "ready") return state;
  return cursor === null ? null : "more";
}

/** A folder of which nothing is known may have folders: the service does not tell before it is asked for them. */
function canOpen(tree: Tree, key: string): boolean {
  const branch = tree.branches.get(key);
  return branch === undefined || branch.folders.length > 0 || lastKindOf(branch) !== null;
}

function withBranch(tree: Tree, key: string, branch: Branch): Tree {
  return { ...tree, branches: new Map([...tree.branches, [key, branch]]) };
}
