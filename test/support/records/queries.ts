import fc from "fast-check";

const pieces = [
  [" ", "  ", "-", "*", '"', "“", "”", "„", "«", "»", ":", ".", "/", "..", "'", "\u3000", "\0", "\ud83d"],
  [
    "beach",
    "Straße",
    "IMG_0042",
    "don't",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "+",
    "~",
    "=",
    "|",
    "(",
    ")",
    "^",
    "{a}",
  ],
  [
    "東京",
    "年",
    "食べる",
    "ทะเล",
    "한국",
    "हिन्दी",
    "שלום",
    "أحمد",
    "Ёлка",
    "e\u0301",
    "\u0301",
    "👍🏽",
    "🇩🇪",
    "½",
  ],
  [
    "taken:2024-07..2024-08 ",
    "taken:..2024 ",
    "taken:2024-12-31",
    'keyword:"new york"*',
    'camera:"d 850"',
    "has:keywords ",
  ],
  [
    "keyword:",
    "Camera:",
    "folder:",
    "taken:",
    "has:",
    "foo:",
    "location",
    "taken_at",
    "2024",
    "2024-07",
    "2023-02-29",
  ],
];

/** Every text, often built of what the language of search knows; 512 characters at the most. */
export const anyQuery = fc
  .oneof(
    {
      weight: 3,
      arbitrary: fc
        .array(fc.constantFrom(...pieces.flat()), { maxLength: 14 })
        .map((parts) => parts.join("")),
    },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 60 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  )
  .map((text) => text.slice(0, 512));
