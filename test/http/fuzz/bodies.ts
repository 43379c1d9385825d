import fc from "fast-check";

import { bmpBytes, gifBytes, jpegBytes, joined, latin1 } from "../../support/images/index.ts";
import type { ApiDocument, JsonSchema, Operation } from "./document.ts";
import { anyJson, anyText, valueOf } from "./values.ts";

/** A body with the type that it is sent as; null leaves the type out. */
export interface FuzzBody {
  readonly type: string | null;
  readonly content: string | Uint8Array;
  /** Whether `Content-Length` is stated, as clients do. */
  readonly stated: boolean;
}

const boundary = "fuzz";

const photos: readonly Uint8Array[] = [
  jpegBytes({ width: 16, height: 8 }),
  jpegBytes({ width: 24, height: 8 }),
  gifBytes({ width: 4, height: 4 }),
  bmpBytes({ width: 4, height: 4 }),
];

const notPhotos: readonly Uint8Array[] = [
  new Uint8Array(0),
  latin1("\xff\xd8"),
  latin1("\xff\xd8\xff"),
  latin1("GIF89a"),
  latin1("<html><script>alert(1)</script>"),
  latin1("%PDF-1.7"),
  joined(jpegBytes({ width: 16, height: 8 }).subarray(0, 40), latin1("<script>")),
  new Uint8Array(70_000),
];

/** What comes as a body: fit for the route, of another kind, broken, or none at all. */
export function anyBody(operation: Operation, document: ApiDocument): fc.Arbitrary<FuzzBody | null> {
  const fitting = [...operation.bodies].map(([type, schema]) => fittingBody(type, schema, document));
  const other = fc.oneof(
    fc.record({
      type: fc.constant("application/json"),
      content: anyJson().map(jsonText),
      stated: fc.boolean(),
    }),
    fc.record({
      type: fc.constantFrom(
        null,
        "application/json",
        "text/plain",
        "image/jpeg",
        "multipart/form-data; boundary=fuzz",
      ),
      content: fc.constantFrom(...brokenTexts, ...notPhotos),
      stated: fc.boolean(),
    }),
  );
  if (fitting.length === 0) {
    return fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: other });
  }
  return fc.oneof(
    { weight: 10, arbitrary: fc.oneof(...fitting) },
    { weight: 2, arbitrary: other },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

const brokenTexts: readonly (string | Uint8Array)[] = [
  "",
  "{",
  "[1,]",
  "{'a': 1}",
  "NaN",
  '{"a": 1e309}',
  '{"object_metadata": {"a": 1e309}}',
  '{"object_metadata": {"a": [{"b": 9007199254740993}]}}',
  '{"object_metadata": {"a": -0, "__proto__": {"b": 1}}}',
  '{"object_metadata": {"description": "\\ud800"}}',
  '{"object_metadata": {"description": "a\\u0000b"}}',
  '{"object_metadata": {}, "object_metadata": {"a": 1}}',
  '{"a": 1} {"b": 2}',
  "\uFEFF{}",
  `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
  "[".repeat(100_000),
  latin1("\xff\xfe{\0}\0"),
  latin1('{"a": "\xc3\x28"}'),
  " ".repeat(1_100_000),
];

function jsonText(value: unknown): string {
  return JSON.stringify(value) ?? "null";
}

function fittingBody(type: string, schema: JsonSchema, document: ApiDocument): fc.Arbitrary<FuzzBody> {
  const resolved = document.resolve(schema);
  const stated = fc.constantFrom(true, true, true, false);
  if (type === "multipart/form-data") return fc.record({ type: formType(), content: form(resolved), stated });
  if (!type.includes("json")) {
    const declared = fc.oneof(fc.constantFrom(null, "image/jpeg", "image/png"), fc.constant(type));
    return fc.record({ type: declared, content: file(), stated });
  }
  return fc.record({
    type: fc.constant(type),
    content: valueOf(resolved, document).map(jsonText),
    stated,
  });
}

function file(): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...photos) },
    { weight: 1, arbitrary: fc.constantFrom(...notPhotos) },
  );
}

function formType(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(`multipart/form-data; boundary=${boundary}`) },
    { weight: 1, arbitrary: fc.constantFrom("multipart/form-data", "multipart/form-data; boundary=other") },
  );
}

/** A form with the schema's fields, some left out, given twice, unknown or cut off. */
function form(schema: JsonSchema): fc.Arbitrary<Uint8Array> {
  const known = Object.entries(schema.properties ?? {}).map(([name, each]) => part(name, each));
  const all = fc.tuple(...known);
  const extra = fc.array(fc.oneof(...known, part("colour", {})), { maxLength: 1 });
  const kept = fc.integer({ min: 0, max: 12 });
  return fc.tuple(all, extra, kept, fc.boolean()).map(([parts, more, chance, ends]) => {
    const chosen = chance < parts.length ? parts.toSpliced(chance, 1) : parts;
    const whole = joined(...chosen, ...(chance > 9 ? more : []), `--${boundary}--\r\n`);
    return ends || chance > 3 ? whole : whole.subarray(0, whole.length - 40);
  });
}

function part(name: string, schema: JsonSchema): fc.Arbitrary<Uint8Array> {
  const isFile = schema.contentMediaType !== undefined;
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"`;
  const text = name.endsWith("metadata")
    ? fc.oneof(
        valueOf({ type: "object" }, { operations: [], resolve: (each) => each }).map(jsonText),
        anyText(),
      )
    : anyText();
  const content = isFile ? file() : text.map((each) => new TextEncoder().encode(each));
  const type = isFile ? '; filename="a.jpg"\r\nContent-Type: image/jpeg' : "";
  return content.map((bytes) => joined(`${head}${type}\r\n\r\n`, bytes, "\r\n"));
}
