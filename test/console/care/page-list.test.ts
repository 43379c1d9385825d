import { TaglineError } from "tagline-client";
import { describe, expect, it } from "vitest";
import { PageList, type ListPage } from "../../../console/src/care/page-list.ts";

type Pages = Readonly<Record<string, ListPage<number>>>;

/** A list whose pages are known by their cursors, and the cursors that were asked for. */
function listOf(pages: Pages) {
  const asked: (string | null)[] = [];
  const list = new PageList<number>(async (cursor) => {
    asked.push(cursor);
    const page = pages[cursor ?? "first"];
    if (page === undefined) throw new TaglineError({ code: "unreachable", detail: "away" });
    return page;
  });
  return { list, asked };
}

const two: Pages = { first: { items: [1, 2], next: "b" }, b: { items: [3], next: null } };

describe("a list in pages", () => {
  it("grows page by page until it is whole", async () => {
    const { list } = listOf(two);
    await list.more();
    expect([list.items, list.isWhole]).toEqual([[1, 2], false]);
    await list.more();
    expect([list.items, list.isWhole]).toEqual([[1, 2, 3], true]);
  });

  it("asks for nothing behind its last page", async () => {
    const { list, asked } = listOf({ first: { items: [1], next: null } });
    await list.more();
    await list.more();
    expect(asked).toEqual([null]);
  });

  it("loads one page at a time, however often it is asked for more", async () => {
    const { list, asked } = listOf(two);
    await Promise.all([list.more(), list.more()]);
    expect(asked).toEqual([null]);
  });

  it("passes over pages without items", async () => {
    const { list } = listOf({ first: { items: [], next: "b" }, b: { items: [3], next: null } });
    await list.more();
    expect(list.items).toEqual([3]);
  });

  it("keeps what it has where a page does not come, and asks for that page again", async () => {
    const pages: Record<string, ListPage<number>> = { first: { items: [1, 2], next: "b" } };
    const { list } = listOf(pages);
    await list.more();
    await list.more();
    expect([list.items, list.failure]).toEqual([[1, 2], "offline"]);
    pages["b"] = { items: [3], next: null };
    await list.more();
    expect([list.items, list.failure]).toEqual([[1, 2, 3], null]);
  });

  it("loads as many items anew as it has had", async () => {
    const { list, asked } = listOf(two);
    await list.more();
    await list.more();
    asked.length = 0;
    await list.renew();
    expect([list.items, asked]).toEqual([
      [1, 2, 3],
      [null, "b"],
    ]);
  });

  it("leaves items out that are in the list no more", async () => {
    const { list } = listOf(two);
    await list.more();
    list.change((item) => (item === 1 ? null : item * 10));
    expect(list.items).toEqual([20]);
  });

  it("takes nothing that comes after it was stopped", async () => {
    const { list } = listOf(two);
    const coming = list.more();
    list.stop();
    await coming;
    expect([list.items, list.isLoading]).toEqual([[], false]);
  });
});
