import fc from "fast-check";
import { z } from "zod";

/** Characters that are lost where somebody forgets to write them in another way. */
const nasty = [
  ...Array.from("<>&\"'\t\n\r \u0000\u0001\u000b\u001f\u007f\u0085\u009f\u00a0\u00ad"),
  "\u2028",
  "\u2029",
  "\ufeff",
  "\ufffe",
  "\uffff",
  "\ufffd",
  "\ud800",
  "\udfff",
  "\r\n",
  "]]>",
  "<!--",
  "-->",
  "&amp;",
  "&#13;",
  "\\",
  "\\u0000",
  "|",
  "/",
  "😀",
  "e\u0301",
  "é",
  "北",
];

/** A text of letters and of what is lost most easily. */
export const nastyText: fc.Arbitrary<string> = fc.string({
  unit: fc.oneof(
    fc.constantFrom("a", "b", "c", " "),
    fc.constantFrom(...nasty),
    fc.string({ unit: "binary", maxLength: 1 }),
  ),
  maxLength: 24,
});

const keywords = fc.array(fc.oneof(fc.constantFrom("beach", "Beach", "Paris", "a|b", "x/y"), nastyText), {
  maxLength: 6,
});

const times = fc.constantFrom(
  "1962",
  "1962-07",
  "1962-07-14",
  "1962-07-14T16:03",
  "1962-07-14T16:03:11",
  "1962-07-14T16:03:11.25",
  "yesterday",
);

const degrees = (limit: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.constantFrom(0, limit, -limit, 1e-7, -0.00000005, 59.99999999, 12.3456789012345),
    fc.double({ min: -limit, max: limit, noNaN: true }),
  );

const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  description: nastyText,
  keywords,
  title: nastyText,
  creator: nastyText,
  credit: nastyText,
  copyright: nastyText,
  usage_terms: nastyText,
  city: nastyText,
  state: nastyText,
  country: nastyText,
  rating: fc.integer({ min: 0, max: 5 }),
  taken_at: times,
  location: fc.record({ latitude: degrees(90), longitude: degrees(180) }),
};

const fieldNames = Object.keys(values);

const anyFields = z.record(z.string(), z.unknown());

/** Words with fields of every meaning, some of them older than the rules, and others, in any order. */
export const anyWords: fc.Arbitrary<Record<string, unknown>> = fc
  .uniqueArray(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .constantFrom(...fieldNames)
          .chain((name) => fc.tuple(fc.constant(name), values[name] ?? fc.constant(null))),
      },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...fieldNames), fc.jsonValue({ maxDepth: 3 })) },
      {
        weight: 2,
        arbitrary: fc.tuple(
          fc.constantFrom("note", "box_number", "a1"),
          fc.oneof(nastyText, fc.jsonValue({ maxDepth: 5 })),
        ),
      },
    ),
    { selector: ([name]) => name, maxLength: 16 },
  )
  // As a row holds them: JSON has no -0.
  .map((entries) => anyFields.parse(JSON.parse(JSON.stringify(Object.fromEntries(entries)))));
