import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keptFocus, moveOf, typedAhead } from "../../../../console/src/find/panel/tree-keys.ts";
import {
  closed,
  failed,
  keyOf,
  lacksPage,
  loaded,
  loading,
  opened,
  rootKey,
  rowsOf,
  unknownTree,
  type Folder,
  type Row,
  type Tree,
} from "../../../../console/src/find/panel/tree.ts";

function folder(path: string): Folder {
  const name = path.split("/").at(-2) ?? "";
  return { provider: null, path, name, count: 1, isMore: false };
}

const page = (...paths: string[]): { folders: Folder[]; cursor: null } => ({
  folders: paths.map(folder),
  cursor: null,
});

const key = (path: string): string => keyOf(folder(path));

/** `2024` open with `beach` and `Bergen`, `2025` closed; a folder's name is enough to see which line it is. */
const small: Tree = [
  (tree: Tree) => loaded(tree, rootKey, page("2024/", "2025/")),
  (tree: Tree) => opened(loaded(tree, key("2024/"), page("2024/beach/", "2024/Bergen/")), key("2024/")),
].reduce((tree, step) => step(tree), unknownTree);

const seen = (tree: Tree): string[] =>
  rowsOf(tree).map(({ kind, folder, level }) => `${level} ${kind === "folder" ? folder?.name : kind}`);

describe("the lines of a tree", () => {
  it("are what is open, in order", () => {
    expect(seen(small)).toEqual(["1 2024", "2 beach", "2 Bergen", "1 2025"]);
  });

  it("tell place, number, and what can be opened", () => {
    expect(rowsOf(small).map(({ position, size, isOpen }) => [position, size, isOpen])).toEqual([
      [1, 2, true],
      [1, 2, false],
      [2, 2, false],
      [2, 2, false],
    ]);
  });

  it("have no folders of a folder that is closed, and have them again when it is open", () => {
    const shut = closed(small, key("2024/"));
    expect(seen(shut)).toEqual(["1 2024", "1 2025"]);
    expect(seen(opened(shut, key("2024/")))).toEqual(seen(small));
  });

  it("tell of a folder that is known to have no folders that it cannot be opened", () => {
    const tree = opened(loaded(small, key("2025/"), page()), key("2025/"));
    expect(rowsOf(tree).at(-1)).toMatchObject({ folder: folder("2025/"), isOpen: null });
  });

  it("end in a line that waits, asks for more, or has failed, and do not tell a number then", () => {
    const open = opened(small, key("2025/"));
    expect(lacksPage(open, key("2025/"))).toBe(true);
    expect(seen(loading(open, key("2025/"))).at(-1)).toBe("2 loading");
    const more = loaded(open, key("2025/"), { folders: [folder("2025/a/")], cursor: "next" });
    expect(seen(more).slice(-2)).toEqual(["2 a", "2 more"]);
    expect(rowsOf(more).at(-1)).toMatchObject({ position: 2, size: -1, folder: folder("2025/") });
    expect(seen(failed(more, key("2025/"))).slice(-2)).toEqual(["2 a", "2 failed"]);
    expect(seen(failed(open, key("2025/"))).at(-1)).toBe("2 failed");
  });

  it("have a folder once that two pages tell", () => {
    const again = loaded(small, rootKey, page("2025/", "2026/"));
    expect(seen(closed(again, key("2024/")))).toEqual(["1 2024", "1 2025", "1 2026"]);
  });

  it("are one that waits while nothing is known", () => {
    expect(seen(unknownTree)).toEqual(["1 loading"]);
  });
});

const at = (tree: Tree, path: string, pressed: string): unknown => moveOf(rowsOf(tree), key(path), pressed);
const rowOf = (tree: Tree, path: string): Row | undefined =>
  rowsOf(tree).find((row) => row.key === key(path));

describe("a key on a line", () => {
  it.each([
    ["2024/", "ArrowDown", "2024/beach/"],
    ["2025/", "ArrowUp", "2024/Bergen/"],
    ["2025/", "Home", "2024/"],
    ["2024/", "End", "2025/"],
    ["2024/", "ArrowRight", "2024/beach/"],
    ["2024/Bergen/", "ArrowLeft", "2024/"],
  ])("on %s, %s goes to %s", (from, pressed, to) => {
    expect(at(small, from, pressed)).toEqual({ kind: "focus", key: key(to) });
  });

  it.each([
    ["2025/", "ArrowRight", "open"],
    ["2024/", "ArrowLeft", "close"],
    ["2025/", "Enter", "choose"],
    ["2025/", " ", "choose"],
  ])("on %s, %s is to %s", (path, pressed, kind) => {
    expect(at(small, path, pressed)).toEqual({ kind, row: rowOf(small, path) });
  });

  it.each([
    ["2024/", "ArrowUp"],
    ["2025/", "ArrowDown"],
    ["2025/", "ArrowLeft"],
    ["2025/", "Tab"],
    ["gone/", "ArrowDown"],
  ])("on %s, %s does nothing", (path, pressed) => {
    expect(at(small, path, pressed)).toBeNull();
  });

  it("goes nowhere to the right of what has no folders", () => {
    const tree = loaded(small, key("2025/"), page());
    expect(at(tree, "2025/", "ArrowRight")).toBeNull();
  });
});

describe("a name that is typed", () => {
  const typed = (from: string, text: string): string | null => typedAhead(rowsOf(small), key(from), text);

  it("finds the next folder that begins so, and goes round", () => {
    expect(typed("2024/", "b")).toBe(key("2024/beach/"));
    expect(typed("2024/beach/", "B")).toBe(key("2024/Bergen/"));
    expect(typed("2024/Bergen/", "b")).toBe(key("2024/beach/"));
  });

  it("stays on the line that it still fits", () => {
    expect(typed("2024/beach/", "be")).toBe(key("2024/beach/"));
    expect(typed("2024/beach/", "ber")).toBe(key("2024/Bergen/"));
  });

  it("may be the name of none, and is looked for from the top where no line has the focus", () => {
    expect(typed("2024/", "x")).toBeNull();
    expect(typed("gone/", "2024")).toBe(key("2024/"));
  });
});

describe("the focus", () => {
  it("stays on its line, goes to the folder around it, or to the first line", () => {
    const before = rowsOf(small);
    const shut = rowsOf(closed(small, key("2024/")));
    expect(keptFocus(shut, key("2025/"), before)).toBe(key("2025/"));
    expect(keptFocus(shut, key("2024/beach/"), before)).toBe(key("2024/"));
    expect(keptFocus(shut, key("gone/"), before)).toBe(key("2024/"));
    expect(keptFocus([], null, before)).toBeNull();
  });
});

/** What may happen to a tree. */
type Step = "open" | "close" | "loading" | "failed" | "page" | "last";

const steps = fc.array(
  fc.tuple(
    fc.constantFrom<Step>("open", "close", "loading", "failed", "page", "last"),
    fc.nat(20),
    fc.nat(3),
  ),
  { maxLength: 30 },
);

/** A step at one of the lines that can be seen, or at the root. */
function stepped(tree: Tree, [step, place, count]: readonly [Step, number, number]): Tree {
  const folders = [null, ...rowsOf(tree).flatMap((row) => (row.kind === "folder" ? [row.folder] : []))];
  const of = folders[place % folders.length] ?? null;
  const own = keyOf(of);
  const below = Array.from({ length: count }, (_, index) => folder(`${of?.path ?? ""}${index}/`));
  switch (step) {
    case "open":
      return opened(tree, own);
    case "close":
      return closed(tree, own);
    case "loading":
      return loading(tree, own);
    case "failed":
      return failed(tree, own);
    case "page":
      return loaded(tree, own, { folders: below, cursor: "next" });
    case "last":
      return loaded(tree, own, { folders: below, cursor: null });
  }
}

describe("whatever happens to a tree", () => {
  it("its lines have keys of their own, and each lies right in a line before it", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const rows = rowsOf(taken.reduce(stepped, unknownTree));
        expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
        for (const [index, row] of rows.entries()) {
          const around = rows.slice(0, index).find((each) => each.key === row.parent);
          expect(row.level).toBe((around?.level ?? 0) + 1);
          expect(row.parent === null || around?.isOpen === true).toBe(true);
        }
      }),
    );
  });

  it("its lines are numbered within their folder, from one on", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const rows = rowsOf(taken.reduce(stepped, unknownTree));
        const counts = new Map<string | null, number>();
        for (const { parent, position, size } of rows) {
          const count = (counts.get(parent) ?? 0) + 1;
          counts.set(parent, count);
          expect(position).toBe(count);
          expect(size === -1 || size >= count).toBe(true);
        }
      }),
    );
  });

  it("a key leads to a line that can be seen", () => {
    const pressed = fc.constantFrom(
      "ArrowUp",
      "ArrowDown",
      "ArrowLeft",
      "ArrowRight",
      "Home",
      "End",
      "Enter",
    );
    fc.assert(
      fc.property(steps, fc.nat(40), pressed, (taken, place, name) => {
        const rows = rowsOf(taken.reduce(stepped, unknownTree));
        const move = moveOf(rows, rows[place % Math.max(1, rows.length)]?.key ?? "", name);
        const target = move === null || move.kind !== "focus" ? null : move.key;
        expect(target === null || rows.some((row) => row.key === target)).toBe(true);
      }),
    );
  });

  it("the right arrow leads from an open folder into it", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const rows = rowsOf(taken.reduce(stepped, unknownTree));
        for (const row of rows.filter(({ isOpen }) => isOpen === true)) {
          const below = rows.find(({ parent }) => parent === row.key);
          expect(moveOf(rows, row.key, "ArrowRight")).toEqual({ kind: "focus", key: below?.key });
        }
      }),
    );
  });

  it("every line is reached by going down from the first one", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const rows = rowsOf(taken.reduce(stepped, unknownTree));
        const reached: string[] = [];
        for (let here = rows[0]?.key ?? null; here !== null;) {
          reached.push(here);
          const move = moveOf(rows, here, "ArrowDown");
          here = move?.kind === "focus" ? move.key : null;
        }
        expect(reached).toEqual(rows.map((row) => row.key));
      }),
    );
  });

  it("the focus stays on a line that can be seen", () => {
    fc.assert(
      fc.property(steps, steps, fc.nat(40), (taken, more, place) => {
        const tree = taken.reduce(stepped, unknownTree);
        const before = rowsOf(tree);
        const after = rowsOf(more.reduce(stepped, tree));
        const focused = before[place % Math.max(1, before.length)]?.key ?? null;
        const kept = keptFocus(after, focused, before);
        expect(after.some((row) => row.key === kept) || after.length === 0).toBe(true);
      }),
    );
  });
});
