import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { insertMedia, type MediaContent } from "../../support/records/media.ts";
import { described, search, searchPath } from "./searches.ts";

/** The highlight of the one record that there is. */
async function highlightOf(
  content: MediaContent,
  q: string,
  mark: string | null = "[,]",
): Promise<Record<string, string> | undefined> {
  await env.DB.prepare("DELETE FROM media_objects").run();
  await insertMedia({ objectKey: "none.jpg", ...content });
  return (await search(q, mark === null ? {} : { mark })).items[0]?.highlight;
}

describe("the highlight of a result", () => {
  it("has the fields in which something was found, with the marks around it", async () => {
    const content = {
      objectKey: "beach/1.jpg",
      objectMetadata: {
        description: "Beach, and another BEACH",
        keywords: ["family", "white beach", "beach"],
        title: "On the beach",
        city: "Oslo",
        my_notes: "beaches",
      },
      intrinsic: JSON.stringify({ camera: { make: "Beach", model: "Cam", lens: "none" } }),
    };
    expect(await highlightOf(content, "beach")).toEqual({
      description: "[Beach], and another [BEACH]",
      keywords: "white [beach], [beach]",
      title: "On the [beach]",
      my_notes: "[beaches]",
      object_key: "[beach]/1.jpg",
      camera: "[Beach], Cam, none",
    });
  });

  it("is marked with characters of private use where no marks are asked for", async () => {
    expect(await highlightOf(described("a beach"), "beach", null)).toEqual({
      description: "a \u{E000}beach\u{E001}",
    });
  });

  it.each([
    ["<em>,</em>", "a <em>beach</em> & <b>"],
    ["*,*", "a *beach* & <b>"],
    ["\n,\0", "a \nbeach\0 & <b>"],
    [`${"(".repeat(32)},${"🏖".repeat(32)}`, `a ${"(".repeat(32)}beach${"🏖".repeat(32)} & <b>`],
    ["$&,$1", "a $&beach$1 & <b>"],
  ])("has the marks that are asked for, and escapes nothing: %j", async (mark, expected) => {
    expect(await highlightOf(described("a beach & <b>"), "beach", mark)).toEqual({ description: expected });
  });

  it.each(["<em>", "<em></em>", ",", "a,", ",b", "a,b,c", `${"x".repeat(33)},b`, `a,${"🏖".repeat(33)}`])(
    "cannot have these marks: %j",
    async (mark) => {
      expect(await refusalOf(await api(searchPath("beach", { mark })))).toBe("422 validation_error mark");
    },
  );

  it("has no field of what a query leaves out, nor of what it asks of the row", async () => {
    const content = { objectKey: "2024/b.jpg", objectMetadata: { description: "sand", keywords: ["sea"] } };
    expect(await highlightOf(content, "-beach has:keywords folder:2024 -taken:2023")).toEqual({});
    expect(await highlightOf(content, "sand -beach")).toEqual({ description: "[sand]" });
  });

  it("marks a keyword as a whole where its field finds it, and elsewhere the words", async () => {
    const content = {
      objectMetadata: { description: "new york", keywords: ["New York", "york", "New York City"] },
    };
    expect(await highlightOf(content, 'keyword:"new york"')).toEqual({ keywords: "[New York]" });
    expect(await highlightOf(content, "york ")).toEqual({
      description: "new [york]",
      keywords: "New [York], [york], New [York] City",
    });
  });

  it("marks what camera: finds in the camera alone", async () => {
    const content = {
      objectMetadata: { description: "Nikon" },
      intrinsic: JSON.stringify({ camera: { make: "Nikon", model: "D850", lens: null } }),
    };
    expect(await highlightOf(content, "camera:nikon")).toEqual({ camera: "[Nikon], D850" });
  });

  it("marks Chinese and decomposed text by whole characters", async () => {
    expect(await highlightOf(described("我在北京的夏天"), "北京")).toEqual({
      description: "我在[北京]的夏天",
    });
    const key = { objectKey: "a/e\u0301te\u0301.jpg" };
    expect(await highlightOf(key, "ete")).toEqual({ object_key: "a/[e\u0301te\u0301].jpg" });
  });

  it("tells the key and the camera of the photo, whatever fields of one's own are called", async () => {
    const content = {
      objectKey: "k.jpg",
      objectMetadata: { object_key: "beach", camera: "beach", highlight: "beach" },
    };
    expect(await highlightOf(content, "beach")).toEqual({ highlight: "[beach]" });
  });

  it.each(["constructor", "to_string", "has_own_property", "items"])(
    "has a field of one's own whatever it is called: %s",
    async (name) => {
      const objectMetadata: Record<string, unknown> = { [name]: "a beach" };
      expect(Object.entries((await highlightOf({ objectMetadata }, "beach")) ?? {})).toEqual([
        [name, "a [beach]"],
      ]);
    },
  );

  it("does without a field that is called __proto__", async () => {
    const { id } = await insertMedia({ objectKey: "none.jpg" });
    await env.DB.prepare(
      `UPDATE media_objects SET object_metadata = '{"__proto__": "a beach", "title": "beach"}', fields_text = 'a beach | beach'`,
    ).run();
    const { items } = await search("beach", { mark: "[,]" });
    expect(items.map((each) => [each.id, { ...each.highlight }])).toEqual([[id, { title: "[beach]" }]]);
  });

  it("has no fields of one's own that are no texts", async () => {
    const objectMetadata = { list: ["zebra"], nested: { animal: "zebra" }, none: null, yes: true };
    expect(await highlightOf({ objectKey: "zebra.jpg", objectMetadata }, "zebra")).toEqual({
      object_key: "[zebra].jpg",
    });
  });
});

describe("the highlight of a long text", () => {
  const filler = (count: number): string => "lorem ipsum ".repeat(count);

  it("is the part around the first match", async () => {
    const text = `${filler(300)}beach ${filler(300)}`;
    const { notes = "" } = (await highlightOf({ objectMetadata: { notes: text } }, "beach")) ?? {};
    expect(notes).toMatch(/^…(lorem|ipsum) .*\[beach\].* (lorem |ipsum |l|i).*…$/);
    expect(notes.length).toBeLessThan(1_100);
    expect(notes.indexOf("[beach]")).toBeLessThan(250);
  });

  it("is the whole text where it has 1,024 characters, and a part where it has more", async () => {
    const words = (length: number): MediaContent => ({
      objectMetadata: { notes: `beach ${"x".repeat(length - 6)}` },
    });
    expect((await highlightOf(words(1_024), "beach"))?.["notes"]).toBe(`[beach] ${"x".repeat(1_018)}`);
    expect((await highlightOf(words(1_025), "beach"))?.["notes"]).toBe(`[beach] ${"x".repeat(1_018)}…`);
  });

  it("shows the end of the text where the match is there", async () => {
    const objectMetadata = { notes: `${filler(300)}beach` };
    expect((await highlightOf({ objectMetadata }, "beach"))?.["notes"]).toMatch(/^….*\[beach\]$/);
  });

  it.each(["e,e", "lorem,x", "l,l", " , "])(
    "is around the match also where the mark stands in the text before: %j",
    async (mark) => {
      const [open = "", close = ""] = mark.split(",");
      const objectMetadata = { notes: `${filler(300)}beach ${filler(300)}` };
      const { notes = "" } = (await highlightOf({ objectMetadata }, "beach", mark)) ?? {};
      expect(notes).toContain(`${open}beach${close}`);
      expect(notes.length).toBeLessThan(1_100);
    },
  );

  it("cuts no character in two", async () => {
    const objectMetadata = { notes: `${"𝄞".repeat(700)}beach${"𝄞".repeat(1_000)}` };
    const { notes = "" } = (await highlightOf({ objectMetadata }, "𝄞𝄞 -sand beach")) ?? {};
    expect(notes.isWellFormed()).toBe(true);
    const odd = { notes: `a${"𝄞".repeat(700)} beach ${"𝄞".repeat(1_000)}` };
    const { notes: other = "" } = (await highlightOf({ objectMetadata: odd }, "beach")) ?? {};
    expect(other.isWellFormed()).toBe(true);
    expect(other).toContain("[beach]");
  });

  it("is left out where those of the record have become too long together", async () => {
    const text = "a ".repeat(512);
    const fields = Array.from({ length: 60 }, (_, index) => [`f${index}`, text] as const);
    const highlight = await highlightOf(
      { objectMetadata: Object.fromEntries(fields) },
      "a",
      `${"<".repeat(32)},${">".repeat(32)}`,
    );
    const lengths = Object.values(highlight ?? {}).map((each) => each.length);
    expect(lengths.length).toBeGreaterThan(1);
    expect(lengths.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(131_072);
  });
});
