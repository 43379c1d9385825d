import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { placedPacket } from "../../../src/metadata/packet/document.ts";
import { readPacket } from "../../../src/metadata/packet/read.ts";
import { writePacket } from "../../../src/metadata/packet/write.ts";
import { encoded, otherPacket } from "../../support/packet/packets.ts";
import { anyWords } from "../../support/packet/words.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const paths = fc.array(fc.constantFrom("places|France|Paris", "x|beach", "a|b", "|", "x| Beach "), {
  maxLength: 3,
});
const encodings = fc.constantFrom("utf-8", "utf-8 with a mark", "utf-16");

describe("words through a packet", () => {
  it("come back to the byte, whatever they are", () => {
    fc.assert(
      fc.property(anyWords, paths, (words, hierarchical) => {
        const packet = utf8(writePacket(words, { hierarchical, existing: null }));
        const read = readPacket(packet);
        expect(JSON.stringify(read?.own)).toBe(JSON.stringify(words));
        expect(read?.changed).toEqual([]);
        expect(placedPacket(packet)).not.toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it("come back to the byte out of another program's packet, which keeps all that carries no words", () => {
    fc.assert(
      fc.property(anyWords, paths, otherPacket, encodings, (words, hierarchical, other, encoding) => {
        const packet = writePacket(words, { hierarchical, existing: encoded(other.text, encoding) });
        expect(packet).not.toBeNull();
        const bytes = utf8(packet ?? "");
        expect(JSON.stringify(readPacket(bytes)?.own)).toBe(JSON.stringify(words));
        expect(placedPacket(bytes)).not.toBeNull();
        const dated = "taken_at" in words || "location" in words;
        for (const kept of other.kept) {
          const isReplaced = dated && /^(?:e:(?:Date|GPS)|ps:Date)/u.test(kept);
          expect(isReplaced || packet?.includes(kept)).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("are written again over themselves without a change, and over other words as if those had not been", () => {
    fc.assert(
      fc.property(anyWords, anyWords, otherPacket, (first, second, other) => {
        const write = (words: typeof first, existing: Uint8Array): string =>
          writePacket(words, { hierarchical: [], existing }) ?? "";
        const once = write(first, utf8(other.text));
        expect(write(first, utf8(once))).toBe(once);
        const then = write(second, utf8(once));
        expect(JSON.stringify(readPacket(utf8(then))?.own)).toBe(JSON.stringify(second));
        expect(then.match(/tagline:ObjectMetadata>/gu)).toHaveLength(2);
      }),
      { numRuns: 1000 },
    );
  });
});
