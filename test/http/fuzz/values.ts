import fc from "fast-check";

import type { ApiDocument, JsonSchema } from "./document.ts";

/** Texts that have broken other services: as values, as names, in paths and in headers. */
export const nastyTexts: readonly string[] = [
  "",
  " ",
  "\0",
  "a\0b",
  "\t",
  "\r\nX-Injected: yes\r\n\r\n<html>",
  "\u202Egpj.exe",
  "\u200B\u200D\uFEFF",
  "\u200D",
  "a\u00ADb",
  "a\u2028b\u2029c\u0085d",
  "\u2066a\u2069\u061C",
  "\u3164\u115F\uFFA0",
  "a\u{E0041}\u{E0042}",
  "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
  "\u001B[2J\u009B31m",
  "\uFFFE\uFFFF",
  "e\u0301".repeat(100),
  "Z\u0351\u036B\u0343\u0310".repeat(40),
  "\u{1F469}\u200D\u{1F467}\u200D\u{1F466}\u{1F3F3}\uFE0F\u200D\u{1F308}",
  "\uD800",
  "\uDC00\uD800",
  "'",
  "''",
  "' OR '1'='1",
  "'; DROP TABLE records; --",
  '" UNION ALL VALUES(1) --',
  "x') OR 1=1 /*",
  "%' ESCAPE '\\",
  "%",
  "_",
  "\\",
  "*",
  "*:*",
  "NEAR(a b, 5)",
  "a AND NOT b OR (c",
  '"unclosed phrase',
  '""',
  "-",
  "- -a --b",
  "{description keywords}: x",
  "description : ^x*",
  "keyword:",
  'camera:"',
  "taken:2024-99..",
  "taken:..",
  "has:has:location",
  "+-*/^~(){}[]|&!@#$;,.<>?`=",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "null",
  "undefined",
  "true",
  "TRUE",
  "NaN",
  "-NaN",
  "Infinity",
  "-Infinity",
  "0",
  "-0",
  "-1",
  "1.5",
  "1e3",
  "1e309",
  "0x10",
  "٣",
  "00000000000000001",
  "9007199254740991",
  "9007199254740993",
  "18446744073709551616",
  "9".repeat(400),
  "2024-02-30",
  "2024-13-01T00:00:00Z",
  "0000-00-00",
  "9999-12-31T23:59:59.999Z",
  "+275760-09-13T00:00:00.001Z",
  "-000001-01-01T00:00:00Z",
  "2024-01-01T00:00:00+99:99",
  "2016-12-31T23:59:60Z",
  "../../etc/passwd",
  "..\\..\\windows",
  "/absolute",
  "a//b",
  "a/./b",
  "file:///etc/passwd",
  "http://169.254.169.254/latest/meta-data/",
  "<script>alert(1)</script>",
  "{{7*7}}${7*7}<%= 7*7 %>",
  "${jndi:ldap://x/y}",
  "$(id)",
  "(a+)+$",
  "a".repeat(65),
  "a".repeat(1025),
  "ä".repeat(1025),
  "[".repeat(2000),
  "x".repeat(65_536),
];

/** Pieces of a query as they go over the line: escapes that are none, or that stand for no text. */
export const rawQueryPieces: readonly string[] = [
  "%00",
  "%",
  "%zz",
  "%E0%80",
  "%ED%A0%80",
  "%C0%AF",
  "%FF%FE",
  "%252e%252e",
  "+",
  "=",
  "&",
  ";",
  "[]",
  "a[b]=c",
];

/** Any text: nasty, short and plain, or of any characters. */
export function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...nastyTexts) },
    { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
    { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
    { weight: 1, arbitrary: fc.constantFrom("beach", "family", "2024", "image/jpeg", "r2", "a/1.jpg") },
  );
}

const nastyNumbers = [
  2 ** 53 + 2,
  -(2 ** 53),
  1e300,
  0,
  -0,
  -1,
  1.5,
  1e21,
  5e-324,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  -(2 ** 63),
];

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

/** Any JSON value, fit or not. */
export function anyJson(): fc.Arbitrary<unknown> {
  const deep: unknown[] = [
    nested(7, (inner) => [inner]),
    nested(9, (inner) => ({ a: inner })),
    nested(3000, (inner) => [inner]),
    nested(3000, (inner) => ({ a: inner })),
    ["x".repeat(65_536)],
    Array.from({ length: 600 }, (_, index) => `k${index}`),
    JSON.parse('{"__proto__": {"a": 1}, "constructor": {"prototype": 1}}'),
  ];
  return fc.oneof(
    { weight: 3, arbitrary: anyText() },
    { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, {}, [], [[]], { "": "" }) },
    { weight: 2, arbitrary: fc.constantFrom<unknown>(...nastyNumbers) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(...deep) },
    { weight: 2, arbitrary: fc.dictionary(anyName(), fc.oneof(anyText(), fc.integer()), { maxKeys: 4 }) },
    { weight: 1, arbitrary: fc.array(anyText(), { maxLength: 5 }) },
  );
}

/** The name of a field. */
export function anyName(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(
      "description",
      "keywords",
      "title",
      "rating",
      "taken_at",
      "location",
      "latitude",
      "place_name",
      "__proto__",
      "constructor",
    ),
    anyText(),
  );
}

/** What fits a schema, and now and then what does not. */
export function valueOf(schema: JsonSchema, document: ApiDocument, depth = 0): fc.Arbitrary<unknown> {
  const resolved = document.resolve(schema);
  const fits = depth > 6 ? anyJson() : fittingValue(resolved, document, depth);
  return fc.oneof({ weight: 9, arbitrary: fits }, { weight: 1, arbitrary: anyJson() });
}

function fittingValue(schema: JsonSchema, document: ApiDocument, depth: number): fc.Arbitrary<unknown> {
  const variants = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (variants !== undefined) {
    return fc.oneof(...variants.map((each) => valueOf(each, document, depth + 1)));
  }
  if (schema.enum !== undefined && schema.enum.length > 0) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  const types = [schema.type ?? []].flat();
  if (types.length > 1) {
    return fc.oneof(...types.map((type) => fittingValue({ ...schema, type }, document, depth)));
  }
  switch (types[0] ?? "") {
    case "integer":
    case "number":
      return fittingNumber(schema);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return fittingText(schema);
    case "array":
      return fc.array(valueOf(schema.items ?? {}, document, depth + 1), { maxLength: 5 });
    case "object":
      return fittingObject(schema, document, depth);
    default:
      return anyJson();
  }
}

function fittingNumber({ minimum = -1e6, maximum = 1e6 }: JsonSchema): fc.Arbitrary<number> {
  const top = Math.min(maximum, Number.MAX_SAFE_INTEGER);
  return fc.oneof(
    fc.integer({ min: minimum, max: Math.min(top, minimum + 100) }),
    fc.constantFrom(minimum, maximum, minimum - 1, maximum + 1),
  );
}

function fittingText(schema: JsonSchema): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 20 } = schema;
  const plain = fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 30)) });
  const patterned = schema.pattern === undefined ? plain : fc.stringMatching(new RegExp(schema.pattern));
  const limits = [maxLength, maxLength + 1].map((length) => "x".repeat(Math.min(length, 70_000)));
  const moments = fc
    .date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString());
  return fc.oneof(
    { weight: 3, arbitrary: schema.format === "date-time" ? moments : patterned },
    { weight: 3, arbitrary: anyText() },
    { weight: 1, arbitrary: fc.constantFrom(...limits) },
  );
}

function fittingObject(schema: JsonSchema, document: ApiDocument, depth: number): fc.Arbitrary<unknown> {
  const { properties } = schema;
  if (properties === undefined)
    return fc.oneof(fittingMetadata(), fc.dictionary(anyName(), anyJson(), { maxKeys: 4 }));
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, each]) => [name, valueOf(each, document, depth + 1)]),
  );
  const required = schema.required?.filter((name) => name in model) ?? [];
  const known = fc.record(model, { requiredKeys: required });
  const unknown = fc
    .tuple(known, anyName(), anyJson())
    .map(([object, name, value]) => Object.fromEntries([...Object.entries(object), [name, value]]));
  return fc.oneof({ weight: 8, arbitrary: known }, { weight: 1, arbitrary: unknown });
}

/** What people write, within its limits or a little beyond. */
function fittingMetadata(): fc.Arbitrary<unknown> {
  const text = fc.oneof(fc.constantFrom("The beach", "é", "e\u0301", "\u{1F308}"), anyText());
  return fc.record(
    {
      description: fc.oneof(text, fc.constant(null)),
      keywords: fc.oneof(fc.array(text, { maxLength: 6 }), fc.constant(null)),
      title: text,
      rating: fc.oneof(fc.integer({ min: -1, max: 6 }), fc.constant(null)),
      taken_at: fc.constantFrom(
        "1962",
        "1962-07",
        "1962-02-30",
        "1962-07-14T24:00",
        "1962-07-14T16:03:11.25",
        null,
      ),
      location: fc.record({ latitude: fc.double(), longitude: fc.integer() }, { requiredKeys: [] }),
      place_name: text,
    },
    { requiredKeys: [] },
  );
}
