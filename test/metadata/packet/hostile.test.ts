import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { placedPacket } from "../../../src/metadata/packet/document.ts";
import { readPacket } from "../../../src/metadata/packet/read.ts";
import { writePacket } from "../../../src/metadata/packet/write.ts";
import { brokenTexts, xmpPackets } from "../../support/hostile/blocks.ts";
import { places, runOf, structures } from "../../support/hostile/runs.ts";
import { otherPacket } from "../../support/packet/packets.ts";
import { anyWords } from "../../support/packet/words.ts";
import { mutate } from "../../thumbnail/support/mutate.ts";
import { Random } from "../../thumbnail/support/random.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const words = { title: "T", keywords: ["beach"], rating: 3 };

/** Whether a packet is refused, or says the words afterwards and is well-formed. */
function isSafe(bytes: Uint8Array, written: Readonly<Record<string, unknown>> = words): boolean {
  readPacket(bytes);
  const packet = writePacket(written, { hierarchical: ["x|beach"], existing: bytes });
  if (packet === null) return true;
  const after = utf8(packet);
  return JSON.stringify(readPacket(after)?.own) === JSON.stringify(written) && placedPacket(after) !== null;
}

// What is no longer linear in time runs into the test's time-out.
const units = 512 * 1024;

describe("a packet that asks for more than it is", () => {
  it.each([...Object.entries(xmpPackets), ...Object.entries(structures)])(
    "of %s is refused, or says the words that are written into it",
    (_name, packet) => {
      expect(isSafe(utf8(packet(units / 8)))).toBe(true);
    },
  );

  it.each(Object.keys(places))("with long runs in %s is refused, or says the words", (place) => {
    const packet = places[place] ?? String;
    for (const piece of ["\r", " ", "a", "/", "|", "&amp;", "<a/>", "<rdf:li>a</rdf:li>", "\u0301\u0316"]) {
      expect(isSafe(utf8(packet(runOf(piece, units / 8))))).toBe(true);
    }
  });

  it.each(Object.entries(brokenTexts))("of %s is refused, or a new one", (_name, bytes) => {
    expect(isSafe(bytes)).toBe(true);
  });
});

describe("packets with faults in them", () => {
  it("are refused, or say the words that are written into them", () => {
    fc.assert(
      fc.property(anyWords, anyWords, otherPacket, fc.nat(), (first, second, other, seed) => {
        const merged = writePacket(first, { hierarchical: [], existing: utf8(other.text) }) ?? "";
        for (const sound of [other.text, merged]) {
          expect(isSafe(mutate(utf8(sound), new Random(seed)), second)).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("of one character too many or another one are refused, or say the words", () => {
    const marks = fc.constantFrom(
      ...Array.from("<>/&\"'=:;!-?[]"),
      "<!--",
      "-->",
      "]]>",
      "xmlns:",
      "rdf:",
      "R:",
    );
    fc.assert(
      fc.property(anyWords, otherPacket, fc.nat(), marks, fc.boolean(), (written, other, at, mark, adds) => {
        const place = at % (other.text.length + 1);
        const text = other.text.slice(0, place) + mark + other.text.slice(place + (adds ? 0 : 1));
        expect(isSafe(utf8(text), written)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});
