import { describe, expect, test } from "vitest";
import { spelledAs, Vocabulary } from "../../../../console/src/words/keywords/vocabulary.ts";
import { played } from "../../find/support/service.ts";

const never = new AbortController().signal;

/** An archive with these keywords that notes what it was asked for; one that fails without them. */
function archive(items: readonly { readonly keyword: string; readonly count: number }[] | null) {
  const { client, asked } = played(() =>
    items === null ? { status: 500 } : { body: { items, next_cursor: null } },
  );
  return { asked, vocabulary: new Vocabulary(client, () => 0) };
}

const known = [
  { keyword: "sea", count: 9 },
  { keyword: "Seagull", count: 2 },
];

describe("the keywords of the archive", () => {
  test("are asked for by what was typed, the most used first, and only once", async () => {
    const { asked, vocabulary } = archive(known);
    expect(await vocabulary.suggest(" se", [], never)).toEqual(known);
    await vocabulary.suggest("se", [], never);
    expect(asked).toEqual(["/v1/keywords?sort=count&limit=24&prefix=se"]);
  });

  test("are told without those that the photo has", async () => {
    const { vocabulary } = archive(known);
    expect(await vocabulary.suggest("se", ["SEAGULL"], never)).toEqual([known[0]]);
  });

  test("are at most eight", async () => {
    const many = Array.from({ length: 24 }, (_, index) => ({ keyword: `k${index}`, count: 1 }));
    expect(await archive(many).vocabulary.suggest("k", [], never)).toHaveLength(8);
  });

  test("are none where the service fails, and where no keyword can begin so", async () => {
    const { asked, vocabulary } = archive(null);
    expect(await vocabulary.suggest("se", [], never)).toEqual([]);
    expect(await vocabulary.suggest("a".repeat(65), [], never)).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  test("are not told to whoever has stopped asking", async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(archive(known).vocabulary.suggest("se", [], stop.signal)).rejects.toThrow(/abort/i);
  });

  test("give a new keyword their spelling", () => {
    expect([spelledAs(" seagull", known), spelledAs("pier ", known)]).toEqual(["Seagull", "pier"]);
  });
});
