import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { decodeCursor, encodeCursor } from "../../src/http/requests/cursor.ts";
import { afterPrefix } from "../../src/db/prefix-range.ts";
import { createdAtOf, isMediaId, newMediaId } from "../../src/core/media-id.ts";
import { createPermutation, seedNumber } from "../../src/db/shuffles/permutation.ts";
import { cursorParameter, listQuery } from "../../src/http/requests/list-query.ts";
import { compareBytes, hasBytePrefix, isInPrefixRange } from "../support/records/list-model.ts";

const edges = fc.constantFrom("a", "b", "\u007f", "\u0080", "\ud7ff", "\ue000", "\uffff", "😀", "\u{10ffff}");
const text = fc.array(edges, { maxLength: 5 }).map((parts) => parts.join(""));

/** Up to 4,096 bytes of UTF-8, and often just so many, of characters that JSON and addresses escape. */
const longText = fc
  .tuple(
    fc.array(fc.constantFrom("a", '"', "\\", "\n", "\0", "\u001f", "é", "\ufeff", "😀"), { minLength: 1 }),
    fc.boolean(),
  )
  .map(([parts, isFull]) => {
    const pattern = parts.join("");
    const { length } = new TextEncoder().encode(pattern);
    return pattern.repeat(isFull ? Math.max(1, Math.floor(4096 / length)) : 1);
  });

describe("afterPrefix", () => {
  it("bounds exactly the texts with that prefix, byte by byte", () => {
    fc.assert(
      fc.property(text, text, fc.boolean(), (prefix, other, isWithin) => {
        const key = isWithin ? prefix + other : other;
        expect(isInPrefixRange(key, prefix)).toBe(hasBytePrefix(key, prefix));
      }),
      { numRuns: 2000 },
    );
  });

  it("is the least of all that are greater", () => {
    fc.assert(
      fc.property(text, (prefix) => {
        const end = afterPrefix(prefix);
        expect(end === null ? 1 : compareBytes(end, `${prefix}\u{10ffff}`)).toBeGreaterThan(0);
      }),
    );
  });

  it.each([
    ["", null],
    ["\u{10ffff}", null],
    ["a\u{10ffff}", "b"],
    ["\ud7ff", "\ue000"],
    ["ab", "ac"],
  ])("of %j is %j", (prefix, end) => {
    expect(afterPrefix(prefix)).toBe(end);
  });
});

describe("createPermutation", () => {
  it("leads every index to another number below the size", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(0xffffffff), (size, seed) => {
        const permutation = createPermutation(size, seed);
        const numbers = new Set(Array.from({ length: size }, (_, index) => permutation(index)));
        expect(numbers.size).toBe(size);
        expect([...numbers].every((number) => number >= 0 && number < size)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("is bijective for a million too", () => {
    const permutation = createPermutation(1_000_003, seedNumber("x"));
    const seen = new Uint8Array(1_000_003);
    for (let index = 0; index < seen.length; index++) seen[permutation(index)] = 1;
    expect(seen.every((each) => each === 1)).toBe(true);
  });

  it("is another for another seed", () => {
    const orders = Array.from({ length: 50 }, (_, seed) => {
      const permutation = createPermutation(20, seedNumber(`seed ${seed}`));
      return Array.from({ length: 20 }, (_, index) => permutation(index)).join();
    });
    expect(new Set(orders).size).toBe(50);
  });
});

describe("a cursor", () => {
  const secrets = ["s".repeat(32)] as const;

  it("gives back any content for its own list alone", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), longText, fc.string(), async (value, text, list) => {
        const head: unknown = JSON.parse(JSON.stringify(value));
        const cursor = await encodeCursor(secrets, list, { head, text });
        const any = z.unknown();
        expect(await decodeCursor(secrets, list, cursor, any)).toEqual({ head, text });
        expect(await decodeCursor(secrets, `${list}x`, cursor, any)).toBeNull();
        expect(await decodeCursor(["t".repeat(32)], list, cursor, any)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it("is taken by every list, whatever text of 4,096 bytes it carries", async () => {
    await fc.assert(
      fc.asyncProperty(longText, async (text) => {
        const list = { value: { text: true }, pk: Number.MAX_SAFE_INTEGER, skip: 10_000, lead: 24 };
        const cursor = await encodeCursor(secrets, "list", { head: { list }, text });
        expect(listQuery.parse({ cursor })).toMatchObject({ cursor });
        expect(cursorParameter.parse(cursor)).toBe(cursor);
      }),
      { numRuns: 200 },
    );
  });

  it("is nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (cursor) => {
        expect(await decodeCursor(secrets, "list", cursor, z.json())).toBeNull();
      }),
    );
  });
});

describe("a media id", () => {
  it("sorts by creation and holds the time of it", async () => {
    const before = Date.now();
    const ids: string[] = [];
    for (let index = 0; index < 200; index++) ids.push(newMediaId());
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(200);
    expect(ids.every(isMediaId)).toBe(true);
    expect(createdAtOf(ids[0] ?? "")).toBeGreaterThanOrEqual(before);
  });

  it.each(["", "x", "0193b2c4-7b7e-4a51-8d0f-3f1f6f0c9a11", "0193b2c47b7e7a518d0f3f1f6f0c9a11"])(
    "is not %j",
    (id) => {
      expect(isMediaId(id)).toBe(false);
    },
  );
});
