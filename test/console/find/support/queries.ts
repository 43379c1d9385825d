import fc from "fast-check";

const pieces = fc.constantFrom(
  "beach",
  "New",
  "Zürich",
  "東京",
  "keyword:",
  "Camera:",
  "folder:2024/",
  "taken:2024-07",
  "has:location",
  "colour:",
  "-",
  '"',
  "“",
  "»",
  "*",
  " ",
  "  ",
  "\t",
  ":",
  "IMG_0042.jpg",
);

/** Texts of a search field: what people type, and what nobody types. */
export const queries: fc.Arbitrary<string> = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join("")),
  fc.string({ unit: "grapheme", maxLength: 40 }),
);

/** Names of keywords, cameras and folders that have a letter at least, with quotation marks in some of them. */
export const names: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(
      "beach",
      "new york",
      "Zürich",
      '12" vinyl',
      "a:b",
      "-dash",
      "x*",
      "東京 都",
      "NIKON D700",
    ),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
  )
  .map((text) => `${text}x`.trim());
