import type { JsonSchema } from "../../test/http/fuzz/document.ts";
import { type Kind, type Route, sampleOf } from "./kinds.ts";
import { fewFills, filled, fills, fitted, repeated, textFills } from "./shapes.ts";

const jsonLength = 1_040_000;
const formLength = 7_000_000;

/** Long bodies of every form that a route takes. */
export function bodyKinds(route: Route): Kind[] {
  const types = [...route.operation.bodies];
  const [first] = types.find(([type]) => isJson(type)) ?? [];
  return types.flatMap(([type, schema]) => {
    if (type === "multipart/form-data") return formKinds(route);
    // What is JSON by two names is read in one way.
    if (isJson(type)) return type === first ? jsonKinds(route, type, schema) : [];
    return type.endsWith("*") ? [] : lineKinds(route, type);
  });
}

function isJson(type: string): boolean {
  return type.includes("json") && !type.includes("ndjson");
}

/** JSON that is long as such, whatever the route makes of it. */
const rawJson: readonly (readonly [name: string, text: (length: number) => string])[] = [
  ["blanks before it", (length) => `${" ".repeat(length)}{}`],
  ["nested arrays", (length) => `${"[".repeat(length >> 1)}${"]".repeat(length >> 1)}`],
  ["nested objects", (length) => `${'{"a":'.repeat(length / 6)}1${"}".repeat(length / 6)}`],
  ["open brackets", (length) => "[".repeat(length)],
  ["a number of many digits", (length) => `{"a":${"9".repeat(length)}}`],
  ["a fraction of many digits", (length) => `{"a":0.${"9".repeat(length)}}`],
  ["a long field name", (length) => `{"${"a".repeat(length)}":1}`],
  ["many fields", (length) => `{${listed(length, (index) => `"f${index}":1`)}}`],
  ["one field many times", (length) => `{${listed(length, () => '"a":1')}}`],
  ["many numbers", (length) => `[${listed(length, () => "1")}]`],
  ["many empty objects", (length) => `[${listed(length, () => "{}")}]`],
];

function jsonKinds({ plain, document }: Route, type: string, schema: JsonSchema): Kind[] {
  const kind = (name: string, body: (length: number) => string): Kind => ({
    part: "JSON body",
    name,
    full: jsonLength,
    request: (length) => ({
      ...plain,
      headers: { ...plain.headers, "Content-Type": type },
      body: body(length),
    }),
  });
  const sample = sampleOf(schema, document);
  const fields = fieldsOf(document.resolve(schema), document);
  return [
    ...rawJson.map(([name, body]) => kind(name, body)),
    ...fields.flatMap((path, index) =>
      // A few fields get all of it; the others are likely read in the same way.
      fieldKinds(path, { sample, texts: index < 3 ? [...fills, ...textFills] : fewFills }, kind),
    ),
  ];
}

/** The fields of a body, to two levels; those that a person may name at will stand for all. */
function fieldsOf(schema: JsonSchema, document: Route["document"]): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]) => {
    const within = document.resolve(each);
    const inner = Object.keys(within.properties ?? {}).slice(0, 12);
    const written = name.endsWith("metadata")
      ? ["description", "keywords", "title", "taken_at", "location", "custom_field"]
      : [];
    return [[name]].concat([...new Set(inner.concat(written))].map((field) => [name, field]));
  });
}

function fieldKinds(
  path: readonly string[],
  { sample, texts }: { readonly sample: unknown; readonly texts: typeof fills },
  kind: (name: string, body: (length: number) => string) => Kind,
): Kind[] {
  const at = (value: string): string => {
    const whole = JSON.stringify(withField(sample, path, "\u0000here"));
    return whole.replace(JSON.stringify("\u0000here"), () => value);
  };
  const name = path.join(".");
  return [
    ...texts.map(([fill, text]) =>
      kind(`${name}: ${fill}`, (length) => at(fitted(length, (size) => filled(text, size), JSON.stringify))),
    ),
    kind(`${name}: many texts`, (length) => at(`[${listed(length, (index) => `"k${index}"`)}]`)),
    kind(`${name}: one text many times`, (length) => at(`[${listed(length, () => '"k"')}]`)),
    kind(`${name}: many fields`, (length) => at(`{${listed(length, (index) => `"f${index}":1`)}}`)),
    kind(`${name}: long field names`, (length) =>
      at(`{"${"f".repeat(length >> 1)}":1,"${"g".repeat(length >> 1)}":1}`),
    ),
    kind(`${name}: nested objects`, (length) =>
      at(`${'{"a":'.repeat(length / 6)}1${"}".repeat(length / 6)}`),
    ),
  ];
}

function withField(sample: unknown, [name = "", ...rest]: readonly string[], value: string): unknown {
  const own = typeof sample === "object" && sample !== null ? new Map(Object.entries(sample)) : new Map();
  own.set(name, rest.length === 0 ? value : withField(own.get(name), rest, value));
  return Object.fromEntries(own);
}

/** Lines, as an import takes them. */
function lineKinds({ plain }: Route, type: string): Kind[] {
  const lines: readonly (readonly [string, (length: number) => string])[] = [
    ["one line of letters", (length) => "a".repeat(length)],
    ["one line of blanks", (length) => " ".repeat(length)],
    ["empty lines", (length) => "\n".repeat(length)],
    ["many lines", (length) => filled('{"id":"x"}\n', length)],
    ["a long field", (length) => `{"id":"${"a".repeat(length)}"}\n`],
    ["nested arrays", (length) => `${"[".repeat(length >> 1)}${"]".repeat(length >> 1)}\n`],
  ];
  return lines.map(([name, body]) => ({
    part: "other body",
    name,
    full: jsonLength,
    request: (length) => ({
      ...plain,
      headers: { ...plain.headers, "Content-Type": type },
      body: body(length),
    }),
  }));
}

function formKinds({ plain }: Route): Kind[] {
  const kind = (
    name: string,
    body: (length: number) => string,
    boundary: (length: number) => string = () => "x",
  ): Kind => ({
    part: "form",
    name,
    full: formLength,
    request: (length) => ({
      ...plain,
      target: plain.target.split("?")[0] ?? "",
      headers: { ...plain.headers, "Content-Type": `multipart/form-data; boundary=${boundary(length)}` },
      body: body(length),
    }),
  });
  const field = (name: string, value: string, more = ""): string =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const end = "--x--\r\n";
  const texts = [...fills, ...textFills];
  return [
    kind("many fields", (length) => `${repeated(length, (index) => field(`f${index}`, "1"))}${end}`),
    kind("one field many times", (length) => `${repeated(length, () => field("object_key", "a"))}${end}`),
    kind("a long field name", (length) => `${field("f".repeat(length), "1")}${end}`),
    kind("a long file name", (length) => `${field("file", "1", `; filename="${"f".repeat(length)}"`)}${end}`),
    kind("many parameters of a part", (length) => `${field("file", "1", filled("; a=b", length))}${end}`),
    kind(
      "quotes in a part's head",
      (length) => `${field("file", "1", `; filename=${filled('"', length)}`)}${end}`,
    ),
    kind(
      "many headers of a part",
      (length) => `--x\r\n${filled("X-A: b\r\n", length - (length % 8))}\r\n1\r\n${end}`,
    ),
    kind("no end", (length) => field("object_key", "a".repeat(length))),
    kind("almost boundaries", (length) => `${field("object_key", filled("\r\n--", length))}${end}`),
    kind("boundaries alone", (length) => filled("--x\r\n", length)),
    {
      ...kind(
        "a long boundary",
        (length) => filled("-", length),
        (length) => "-".repeat(length),
      ),
      full: 60_000,
    },
    ...texts.map(([name, text]) =>
      kind(`object_key of ${name}`, (length) => `${field("object_key", filled(text, length))}${end}`),
    ),
    ...texts.map(([name, text]) =>
      kind(
        `object_metadata of ${name}`,
        (length) => `${field("object_metadata", filled(text, length))}${end}`,
      ),
    ),
    ...rawJson.map(([name, text]) =>
      kind(`object_metadata with ${name}`, (length) => `${field("object_metadata", text(length))}${end}`),
    ),
  ];
}

/** Pieces with commas between, to about so many characters. */
function listed(length: number, piece: (index: number) => string): string {
  return repeated(length, (index) => `${index === 0 ? "" : ","}${piece(index)}`);
}
