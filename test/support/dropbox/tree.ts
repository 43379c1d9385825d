/** A revision of a file: what it held, and when it came. */
export interface Revision {
  readonly rev: string;
  readonly fileId: string;
  readonly bytes: Uint8Array;
  readonly modified: string;
  readonly isDownloadable: boolean;
  /** Where the file lay when the revision was made, for a file that is gone. */
  readonly path: string;
}

interface Node {
  readonly id: string;
  name: string;
  /** The parent's spelling when this was written: `path_display` may keep an old one (files.stone, Metadata). */
  shownParent: string;
  parent: Folder | null;
}

/** A folder of the tree. */
export interface Folder extends Node {
  readonly kind: "folder";
  readonly children: Map<string, TreeNode>;
}

export interface TreeFile extends Node {
  readonly kind: "file";
  revision: Revision;
}

/** What lies at a path. */
export type TreeNode = Folder | TreeFile;

/** Something that happened at a path; a deletion tells of everything below it. */
export interface Happening {
  readonly kind: "written" | "deleted";
  readonly pathLower: string;
  readonly pathDisplay: string;
}

/** What a file is written with. */
export interface PutOptions {
  readonly isDownloadable?: boolean;
  /** Seconds are all that Dropbox tells. */
  readonly modified?: string;
}

/** Numbers of a tree are unique over all namespaces of one stand-in. */
export interface Numbers {
  next: number;
}

/** The lower-case form by which paths are compared. */
export const lower = (path: string): string => path.toLowerCase();

/** One namespace: files and folders, every revision, and a journal of what happened. */
export class Tree {
  readonly root: Folder = {
    kind: "folder",
    id: "",
    name: "",
    shownParent: "",
    parent: null,
    children: new Map(),
  };
  readonly journal: Happening[] = [];
  /** The place in the journal of what last happened at a path. */
  readonly lastAt = new Map<string, number>();
  readonly #byId = new Map<string, TreeNode>();
  readonly #revisions = new Map<string, Revision>();
  /** What was deleted last at a path, with all that was in it. */
  readonly #deletedAt = new Map<string, TreeNode>();
  readonly #numbers: Numbers;
  readonly #deletionFirst: () => boolean;

  constructor(numbers: Numbers, deletionFirst: () => boolean) {
    this.#numbers = numbers;
    this.#deletionFirst = deletionFirst;
  }

  /** Writes a file: a new one, or a new revision of the one that is there. Folders that are missing are made. */
  put(path: string, content: Uint8Array | string, options: PutOptions = {}): TreeFile {
    const { folder, name } = this.#place(path);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const found = folder.children.get(lower(name));
    if (found?.kind === "folder") throw new Error(`${path} is a folder`);
    const id = found?.id ?? this.#newId();
    const revision = this.#newRevision(id, bytes, path, options);
    if (found !== undefined) found.revision = revision;
    const file: TreeFile = found ?? { kind: "file", id, revision, ...this.#node(name, folder) };
    folder.children.set(lower(name), file);
    this.#byId.set(id, file);
    this.#written(file);
    return file;
  }

  /** Makes a folder, and those above it. */
  mkdir(path: string): Folder {
    let folder = this.root;
    for (const name of path.split("/").slice(1)) {
      const found = folder.children.get(lower(name));
      if (found?.kind === "file") throw new Error(`${path}: ${name} is a file`);
      folder = found ?? this.#newFolder(name, folder);
    }
    return folder;
  }

  /** Deletes a file, or a folder with all that is in it, which the journal tells as one deletion. */
  delete(path: string): void {
    const node = this.#required(path);
    this.#deleted(pathOf(node));
    this.#deletedAt.set(lower(path), node);
    node.parent?.children.delete(lower(node.name));
    for (const each of walk(node)) this.#byId.delete(each.id);
  }

  /** Whether something was deleted at a path, and nothing is there now. */
  canRestore(path: string): boolean {
    return this.#deletedAt.has(lower(path)) && this.at(path) === null;
  }

  /** Brings back what was deleted last at a path, with the ids that it had. */
  restore(path: string): void {
    const node = this.#deletedAt.get(lower(path));
    if (node === undefined || !this.canRestore(path)) throw new Error(`${path} cannot be restored`);
    const { folder, name } = this.#place(path);
    this.#deletedAt.delete(lower(path));
    Object.assign(node, this.#node(node.name, folder));
    folder.children.set(lower(name), node);
    for (const each of walk(node)) {
      this.#byId.set(each.id, each);
      this.#written(each);
    }
  }

  /** Moves or renames a file or folder. Ids stay; a change of case alone is not told in the journal. */
  move(from: string, to: string): void {
    const node = this.#required(from);
    const before = pathOf(node);
    if (lower(from) === lower(to)) {
      node.name = to.slice(to.lastIndexOf("/") + 1);
      return;
    }
    const { folder, name } = this.#place(to);
    if (folder.children.has(lower(name))) throw new Error(`${to} is taken`);
    node.parent?.children.delete(lower(node.name));
    Object.assign(node, this.#node(name, folder));
    folder.children.set(lower(name), node);
    const first = this.#deletionFirst();
    if (first) this.#deleted(before);
    for (const each of walk(node)) {
      each.shownParent = each.parent === null ? "" : displayOf(each.parent);
      this.#written(each);
    }
    if (!first) this.#deleted(before);
  }

  /** Old revisions are not kept for ever: forgets all but those of the files that are there. */
  forgetRevisions(): void {
    for (const [rev, { fileId }] of this.#revisions) {
      const node = this.#byId.get(fileId);
      if (node?.kind !== "file" || node.revision.rev !== rev) this.#revisions.delete(rev);
    }
  }

  at(path: string): TreeNode | null {
    let node: TreeNode = this.root;
    for (const name of path.split("/").slice(1)) {
      const next: TreeNode | undefined = node.kind === "folder" ? node.children.get(lower(name)) : undefined;
      if (next === undefined) return null;
      node = next;
    }
    return node;
  }

  withId(id: string): TreeNode | null {
    return this.#byId.get(id) ?? null;
  }

  revision(rev: string): Revision | null {
    return this.#revisions.get(rev) ?? null;
  }

  #place(path: string): { folder: Folder; name: string } {
    const cut = path.lastIndexOf("/");
    return { folder: this.mkdir(path.slice(0, cut)), name: path.slice(cut + 1) };
  }

  #required(path: string): TreeNode {
    const node = this.at(path);
    if (node === null || node === this.root) throw new Error(`nothing at ${path}`);
    return node;
  }

  #newFolder(name: string, parent: Folder): Folder {
    const folder: Folder = {
      kind: "folder",
      id: this.#newId(),
      children: new Map(),
      ...this.#node(name, parent),
    };
    parent.children.set(lower(name), folder);
    this.#byId.set(folder.id, folder);
    this.#written(folder);
    return folder;
  }

  #newRevision(fileId: string, bytes: Uint8Array, path: string, options: PutOptions): Revision {
    const rev = (this.#numbers.next++).toString(16).padStart(14, "0");
    const { modified = "2024-05-12T15:50:38Z", isDownloadable = true } = options;
    const revision = { rev, fileId, bytes, path, modified, isDownloadable };
    this.#revisions.set(rev, revision);
    return revision;
  }

  #newId(): string {
    return `id:${(this.#numbers.next++).toString(36).padStart(22, "A")}`;
  }

  #node(name: string, parent: Folder) {
    return { name, parent, shownParent: displayOf(parent) };
  }

  #written(node: TreeNode): void {
    this.#happened({ kind: "written", pathLower: lower(pathOf(node)), pathDisplay: displayOf(node) });
  }

  #deleted(path: string): void {
    this.#happened({ kind: "deleted", pathLower: lower(path), pathDisplay: path });
  }

  #happened(happening: Happening): void {
    this.lastAt.set(happening.pathLower, this.journal.length);
    this.journal.push(happening);
  }
}

/** Where a node lies, in today's spelling; empty for the root. */
export function pathOf(node: TreeNode): string {
  return node.parent === null ? "" : `${pathOf(node.parent)}/${node.name}`;
}

/** Where a node lies, for people: the last component is right, those above it may be spelt as they once were. */
export function displayOf(node: TreeNode): string {
  return node.parent === null ? "" : `${node.shownParent}/${node.name}`;
}

/** A node and everything below it, parents first. */
export function* walk(node: TreeNode): Generator<TreeNode> {
  yield node;
  if (node.kind === "folder") for (const child of node.children.values()) yield* walk(child);
}
