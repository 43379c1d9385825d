import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/errors.ts";
import type { DropboxProvider } from "../../../src/storage/dropbox/provider.ts";
import type { DeltaEntry, DeltaPage } from "../../../src/storage/provider.ts";
import { pathOf, walk, type Tree } from "../../support/dropbox/tree.ts";
import { connect } from "../../support/dropbox/network.ts";

const folders = ["", "/A", "/A/b", "/C"];
const path = fc
  .tuple(fc.constantFrom(...folders), fc.constantFrom("x.jpg", "y.jpg", "X.JPG", "b"))
  .map((parts) => parts.join("/"));

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("put" as const), path, content: fc.constantFrom("1", "2") }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("delete" as const),
      path: fc.oneof(path, fc.constantFrom("/A", "/A/b")),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("move" as const),
      path: fc.oneof(path, fc.constantFrom("/A", "/A/b")),
      to: fc.oneof(path, fc.constantFrom("/D", "/C/b")),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("page" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reset" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Does a step unless the tree does not allow it: a name that is taken, a folder moved into itself. */
function change(tree: Tree, taken: Step): void {
  try {
    if (taken.kind === "put") tree.put(taken.path, taken.content);
    if (taken.kind === "delete") tree.delete(taken.path);
    if (taken.kind === "move" && !taken.to.toLowerCase().startsWith(`${taken.path.toLowerCase()}/`)) {
      tree.move(taken.path, taken.to);
    }
  } catch {
    // Dropbox would have refused it, too.
  }
}

/** What somebody knows who applies the entries in order, as the specification of list_folder says. */
class Copy {
  files = new Map<string, string>();

  apply(entries: readonly DeltaEntry[]): void {
    for (const entry of entries) {
      const pathKey = entry.kind === "file" ? entry.info.pathKey : entry.pathKey;
      if (entry.kind !== "folder") this.#removeBelow(pathKey);
      this.files.delete(pathKey);
      if (entry.kind === "file") this.files.set(pathKey, `${entry.info.providerRef} ${entry.info.version}`);
    }
  }

  #removeBelow(pathKey: string): void {
    for (const each of this.files.keys()) if (each.startsWith(`${pathKey}/`)) this.files.delete(each);
  }
}

function truth(tree: Tree): Map<string, string> {
  const files = new Map<string, string>();
  for (const node of walk(tree.root)) {
    if (node.kind === "file")
      files.set(pathOf(node).slice(1).toLowerCase(), `${node.id} ${node.revision.rev}`);
  }
  return files;
}

/** A page, asked for until it comes: the queue would ask again as well. */
async function patiently(provider: DropboxProvider, cursor: string | null): Promise<DeltaPage> {
  for (;;) {
    try {
      return await provider.changes(cursor);
    } catch (error) {
      if (!(error instanceof AppError && error.definition.retryable)) throw error;
    }
  }
}

describe("deltas of a Dropbox that changes all the time", () => {
  it("give what there is, whenever they are followed to their end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 60, size: "max" }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(1000),
        async (steps, pageSize, seed) => {
          const { standIn, provider } = connect({ seed });
          standIn.listings.pageSize = pageSize;
          standIn.faults.randomly({ seed, probability: 0.1, retryAfter: seed % 10 });
          let copy = new Copy();
          let cursor: string | null = null;
          const follow = async (): Promise<boolean> => {
            const page = await patiently(provider, cursor);
            if (page.kind === "reset") [copy, cursor] = [new Copy(), null];
            else {
              copy.apply(page.entries);
              ({ cursor } = page);
            }
            return page.kind === "reset" || page.more;
          };
          for (const taken of steps) {
            change(standIn.tree, taken);
            if (taken.kind === "reset") standIn.listings.reset();
            if (taken.kind === "page") await follow();
          }
          while (await follow());
          expect(copy.files).toEqual(truth(standIn.tree));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("take 20,000 files in eleven calls", async () => {
    const { standIn, provider } = connect();
    for (let n = 0; n < 20_000; n++) standIn.tree.put(`/${n % 100}/${n}.jpg`, "x");
    const copy = new Copy();
    for (let cursor: string | null = null, more = true; more;) {
      const page: DeltaPage = await provider.changes(cursor);
      if (page.kind === "reset") throw new Error("a reset");
      for (const entry of page.entries) if (entry.kind === "file") copy.files.set(entry.info.pathKey, "");
      ({ cursor, more } = page);
    }
    expect(copy.files.size).toBe(20_000);
    expect(standIn.callsOf("files/list_folder") + standIn.callsOf("files/list_folder/continue")).toBe(11);
  });
});
