import { lower, pathOf, walk, type Tree, type TreeNode } from "./tree.ts";

/** What of `ListFolderArg` the stand-in minds. */
export interface ListArgument {
  readonly path: string;
  readonly recursive: boolean;
  readonly include_non_downloadable_files: boolean;
  readonly limit: number;
}

/** An entry before it is written down: what is there, or what is not there any more. */
export type Listed =
  | { readonly kind: "there"; readonly node: TreeNode }
  | { readonly kind: "deleted"; readonly pathLower: string; readonly pathDisplay: string };

/** A page: entries, the cursor after them, and whether there are more. */
export interface ListedPage {
  readonly entries: readonly Listed[];
  readonly cursor: string;
  readonly hasMore: boolean;
}

/** Why a listing is refused. */
export type ListRefusal = "reset" | "not_found" | "not_folder" | "malformed";

interface Cursor {
  readonly argument: ListArgument;
  readonly namespace: string;
  readonly epoch: number;
  /** The paths of a first listing that are still to be told; null once it is over. */
  readonly remaining: { readonly paths: readonly string[]; readonly from: number } | null;
  /** From where in the journal changes are told. */
  readonly journalFrom: number;
}

/** Listings and their cursors. A cursor stays good for ever, and answers anew whenever it is used. */
export class Listings {
  /** Entries of a page at most, whatever is asked for. */
  pageSize = 2000;
  readonly #cursors = new Map<string, Cursor>();
  #epoch = 0;

  /** Every cursor that was given out is invalid from now on. */
  reset(): void {
    this.#epoch += 1;
  }

  begin(tree: Tree, namespace: string, argument: ListArgument): ListedPage | ListRefusal {
    const found = folderAt(tree, argument.path);
    if (typeof found === "string") return found;
    const nodes = argument.recursive
      ? [...walk(found)]
      : found.kind === "folder"
        ? [...found.children.values()]
        : [];
    const paths = nodes.filter((node) => node !== tree.root).map((node) => lower(pathOf(node)));
    const remaining = { paths, from: 0 };
    const journalFrom = tree.journal.length;
    return this.#page(tree, { argument, namespace, epoch: this.#epoch, remaining, journalFrom });
  }

  /** The cursor for the state of now, without entries. */
  latest(tree: Tree, namespace: string, argument: ListArgument): { cursor: string } | ListRefusal {
    const found = folderAt(tree, argument.path);
    if (typeof found === "string") return found;
    const journalFrom = tree.journal.length;
    return { cursor: this.#keep({ argument, namespace, epoch: this.#epoch, remaining: null, journalFrom }) };
  }

  continue(tree: Tree, namespace: string, text: string): ListedPage | ListRefusal {
    const cursor = this.#cursors.get(text);
    if (cursor === undefined) return "malformed";
    if (cursor.epoch !== this.#epoch || cursor.namespace !== namespace) return "reset";
    const found = folderAt(tree, cursor.argument.path);
    return typeof found === "string" ? found : this.#page(tree, cursor);
  }

  #page(tree: Tree, cursor: Cursor): ListedPage {
    return cursor.remaining === null
      ? this.#changes(tree, cursor)
      : this.#listed(tree, cursor, cursor.remaining);
  }

  #listed(tree: Tree, cursor: Cursor, { paths, from }: NonNullable<Cursor["remaining"]>): ListedPage {
    const to = Math.min(paths.length, from + this.#limit(cursor));
    const entries = paths.slice(from, to).flatMap((path): Listed[] => {
      // What went meanwhile is told as a deletion when the journal's turn comes.
      const node = tree.at(path);
      return node !== null && isWanted(node, cursor.argument) ? [{ kind: "there", node }] : [];
    });
    const isOver = to === paths.length;
    const hasMore = !isOver || cursor.journalFrom < tree.journal.length;
    return {
      entries,
      hasMore,
      cursor: this.#keep({ ...cursor, remaining: isOver ? null : { paths, from: to } }),
    };
  }

  #changes(tree: Tree, cursor: Cursor): ListedPage {
    const { journal } = tree;
    const to = Math.min(journal.length, cursor.journalFrom + this.#limit(cursor));
    const entries: Listed[] = [];
    for (let place = cursor.journalFrom; place < to; place++) {
      const listed = told(tree, place, cursor.argument);
      if (listed !== null) entries.push(listed);
    }
    return { entries, hasMore: to < journal.length, cursor: this.#keep({ ...cursor, journalFrom: to }) };
  }

  #limit(cursor: Cursor): number {
    return Math.min(cursor.argument.limit, this.pageSize);
  }

  #keep(cursor: Cursor): string {
    const text = `AAE${btoa(String(this.#cursors.size)).replaceAll("=", "-")}_${cursor.epoch}`;
    this.#cursors.set(text, cursor);
    return text;
  }
}

/** What the journal tells at a place: every deletion, and what was written if that was the last at its path. */
function told(tree: Tree, place: number, argument: ListArgument): Listed | null {
  const happening = tree.journal[place];
  if (happening === undefined || !isBelow(happening.pathLower, argument)) return null;
  const { kind, pathLower, pathDisplay } = happening;
  if (kind === "deleted") return { kind, pathLower, pathDisplay };
  const node = tree.lastAt.get(pathLower) === place ? tree.at(pathLower) : null;
  return node !== null && isWanted(node, argument) ? { kind: "there", node } : null;
}

function isBelow(pathLower: string, { path, recursive }: ListArgument): boolean {
  const root = lower(path);
  // The folder itself and those above it are told too: their deletion concerns everything that was listed.
  if (pathLower === root || root.startsWith(`${pathLower}/`)) return true;
  if (!pathLower.startsWith(`${root}/`)) return false;
  return recursive || !pathLower.slice(root.length + 1).includes("/");
}

function isWanted(node: TreeNode, argument: ListArgument): boolean {
  return node.kind === "folder" || node.revision.isDownloadable || argument.include_non_downloadable_files;
}

function folderAt(tree: Tree, path: string): TreeNode | ListRefusal {
  const node = path.startsWith("id:") ? tree.withId(path) : tree.at(path);
  if (node === null) return "not_found";
  return node.kind === "folder" ? node : "not_folder";
}
