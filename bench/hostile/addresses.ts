import { z } from "zod";

import { headerLength, urlLength, type Kind, type Route } from "./kinds.ts";
import { fewFills, filled, fills, fitted, shapesOf, textFills } from "./shapes.ts";

/** Values to begin with, by the parameter's name, where the schema does not tell what its parts are. */
const querySeeds: Readonly<Record<string, readonly string[]>> = {
  cursor: ["eyJhIjoxfQ.AAAA"],
  q: ['a "b" -c', "d* keyword:e", "taken:2024..2025"],
  within: ["1.5,2.5,3.5,4.5"],
  fields: ["object_key,intrinsic.width"],
  links: ["512-cover,1024-contain"],
  content_type: ["image/*"],
  taken_after: ["2024-07-14T16:03"],
  taken_before: ["2024-07-14"],
  updated_after: ["2024-07-14T16:03Z"],
  object_key: ["a/b.jpg"],
  prefix: ["a/"],
  path: ["a/b"],
};

const headerSeeds: Readonly<Record<string, readonly string[]>> = {
  Range: ["bytes=0-9", "bytes=-9", "bytes=9-", "bytes=0-0, 2-3"],
  "If-Range": ['"a"', 'W/"a"', "Thu, 01 Jan 1970 00:00:00 GMT"],
  "If-Match": ['"0-1"', 'W/"0-1", "2-3"'],
  "If-None-Match": ['"0-1"', 'W/"0-1", "2-3"'],
  "If-Modified-Since": ["Thu, 01 Jan 1970 00:00:00 GMT"],
  "Content-Digest": ["sha-256=:AAAA:", "md5=:AA:, sha-256=:AAAA:"],
  "Content-Type": ["application/json; charset=utf-8", "multipart/form-data; boundary=x", "image/jpeg"],
  "Last-Event-ID": ["1-2:3"],
  traceparent: ["00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"],
  "X-D1-Bookmark": ["00000001-00000002-00000003-abc"],
  "X-Request-Id": ["a.b-c_d"],
  "X-API-Key": ["bench-key"],
  Authorization: ["Bearer bench-key", "Basic YTpi"],
  Origin: ["https://a.example"],
  Cookie: ["tagline-session=a.b; c=d"],
  Accept: ["text/html, image/avif;q=0.5"],
  "Accept-Encoding": ["gzip;q=0.5, br"],
  "Access-Control-Request-Headers": ["x-api-key, content-type"],
  "X-Dropbox-Signature": ["0123456789abcdef"],
  "X-Forwarded-For": ["127.0.0.1, ::1"],
  "CF-Connecting-IP": ["::1"],
};

/** By what of a path a header is likely read there; headers that are not named here are read by every route alike. */
const readBy: Readonly<Record<string, RegExp>> = {
  Range: /^GET .*\/data$/,
  "If-Range": /^GET .*\/data$/,
  "If-Match": /^(?:PATCH|DELETE) /,
  "If-None-Match": /^GET .*\/(?:data|thumbnail|\{id\})$/,
  "If-Modified-Since": /^GET .*\/data$/,
  "Content-Digest": /^POST \/v1\/media$/,
  "Content-Type": /^(?:POST|PATCH) /,
  "Last-Event-ID": /events$/,
  "X-Dropbox-Signature": /webhook/i,
};
const anyRoute = /^GET \/v1\/media\/\{id\}$/;

/** Long values of the path's own parameters, and paths that lead nowhere. */
export function pathKinds({ operation, plain }: Route): Kind[] {
  const bare = plain.target.split("?")[0] ?? "";
  const last = operation.path.lastIndexOf("{");
  if (last < 0) return [];
  const tail = operation.path.slice(operation.path.indexOf("}", last) + 1);
  const head = bare.slice(0, bare.lastIndexOf("/", bare.length - tail.length - 1) + 1);
  return [...fills, ...textFills].map(([name, text]) => ({
    part: "path",
    name: `a parameter of ${name}`,
    full: urlLength,
    request: (length) => ({
      ...plain,
      target: `${head}${fitted(length, (size) => filled(text, size), encodeURIComponent)}${tail}`,
    }),
  }));
}

/** Long values of each parameter of the query, and very many parameters. */
export function queryKinds({ operation, document, plain }: Route): Kind[] {
  const bare = plain.target.split("?")[0] ?? "";
  const others = (name: string): string =>
    (plain.target.split("?")[1] ?? "")
      .split("&")
      .filter((pair) => pair !== "" && !pair.startsWith(`${name}=`))
      .map((pair) => `${pair}&`)
      .join("");
  const parameters = operation.parameters.filter((parameter) => parameter.in === "query");
  const values = parameters.flatMap(({ name, schema }): Kind[] => {
    const resolved = document.resolve(schema);
    const seeds = querySeeds[name] ?? [z.string().catch("1").parse(resolved.enum?.[0])];
    return seeds.flatMap((seed) =>
      shapesOf(seed, name in querySeeds ? [...fills, ...textFills] : fewFills, name in querySeeds).map(
        (shape) => ({
          part: "query",
          name: `${name}: ${shape.name}`,
          full: urlLength,
          request: (length) => ({
            ...plain,
            target: `${bare}?${others(name)}${name}=${fitted(length, shape.text, encodeURIComponent)}`,
          }),
        }),
      ),
    );
  });
  const many = ["a&", "a=1&", "=&", "&", "%", "limit=1&", "keyword=a&", "id=a&"].map((text): Kind => ({
    part: "query",
    name: `many of \`${text}\``,
    full: urlLength,
    request: (length) => ({ ...plain, target: `${bare}?${filled(text, length)}` }),
  }));
  return [...values, ...many];
}

/** Long values of each header: of every shape where it is read, of one run everywhere; and very many headers. */
export function headerKinds({ operation, plain }: Route): Kind[] {
  const route = `${operation.method} ${operation.path}`;
  const values = Object.entries(headerSeeds).flatMap(([header, seeds]) => {
    const thorough = (readBy[header] ?? anyRoute).test(route);
    const used = thorough ? seeds : seeds.slice(0, 1);
    return used.flatMap((seed) =>
      shapesOf(seed, thorough ? fills : fewFills, thorough).map((shape): Kind => ({
        part: "header",
        name: `${header}: ${shape.name}`,
        full: headerLength,
        request: (length) => ({
          ...plain,
          headers: { ...plain.headers, ...credentials(header), [header]: shape.text(length) },
        }),
      })),
    );
  });
  const many: Kind = {
    part: "header",
    name: "many headers",
    full: headerLength,
    request: (length) => ({
      ...plain,
      headers: {
        ...plain.headers,
        ...Object.fromEntries(
          Array.from({ length: length >> 4 }, (_, index) => [`x-${10_000 + index}`, "value"]),
        ),
      },
    }),
  };
  return [...values, many];
}

/** Whoever shows credentials of another kind shows no key beside them. */
function credentials(header: string): Record<string, string> {
  return header === "Authorization" || header === "Cookie" ? { "X-API-Key": "" } : {};
}
