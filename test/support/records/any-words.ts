import fc from "fast-check";
import { z } from "zod";

import type { ObjectMetadata } from "../../../src/db/media/record.ts";

/** Texts that are hard on formats: signs of formulas, quotes, line ends, apostrophes, numbers, NUL, text of any script. */
export const hardText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "'",
        '"',
        ",",
        ";",
        "; ",
        "#",
        "{",
        "\0",
        "\u{FEFF}",
      ),
      fc.constantFrom("1", "12.5", "=1+1", "é", "e\u0301", "海", "🏖", " ", "\\", "</x>", "a", "null", "true"),
      fc.string({ unit: "grapheme", maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join("").toWellFormed());

const known = [
  "description",
  "title",
  "creator",
  "usage_terms",
  "city",
  "state",
  "country",
  "taken_at",
] as const;

const field: fc.Arbitrary<[string, unknown]> = fc.oneof(
  fc.tuple(fc.constantFrom(...known), hardText),
  fc.tuple(fc.constant("keywords"), fc.array(hardText, { maxLength: 4 })),
  fc.tuple(fc.constant("rating"), fc.oneof(fc.integer({ min: -1, max: 6 }), hardText)),
  fc.tuple(
    fc.constant("location"),
    fc.oneof(
      fc.record({
        latitude: fc.double({ min: -90, max: 90, noNaN: true }),
        longitude: fc.double({ min: -180, max: 180, noNaN: true }),
      }),
      fc.record({ longitude: fc.integer(), latitude: fc.integer() }),
      hardText,
    ),
  ),
  fc.tuple(
    fc.constantFrom("note", "film", "old-name", "10"),
    fc.jsonValue({ maxDepth: 2, stringUnit: "grapheme" }),
  ),
  fc.tuple(fc.constantFrom(...known, "keywords"), fc.jsonValue({ maxDepth: 1 })),
);

const objects = z.record(z.string(), z.unknown());

/** Words as rows hold them, of any content and in any order, older values that break rules of today among them. */
export const anyWords: fc.Arbitrary<ObjectMetadata> = fc
  .uniqueArray(field, { selector: ([name]) => name, maxLength: 7 })
  // JSON has no -0.
  .map((fields) => objects.parse(JSON.parse(JSON.stringify(Object.fromEntries(fields)))))
  .filter((words) => JSON.stringify(words).isWellFormed() && !JSON.stringify(words).includes("\\ud"));
