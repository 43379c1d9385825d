import fc from "fast-check";

import { keys } from "../../support/keys.ts";
import { nastyTexts } from "./values.ts";

/** A header field; a name may come twice. */
export type Header = readonly [name: string, value: string];

/** Odd values of the fields that the service reads; a text that no field can hold is left out on sending. */
const oddValues: Readonly<Record<string, readonly string[]>> = {
  Range: [
    "bytes=0-0",
    "bytes=-1",
    "bytes=-0",
    "bytes=5-",
    "bytes=5-2",
    "bytes=0-0,2-3",
    "bytes=99999999999999999999-",
    "bytes=0-99999999999999999999",
    "bytes=--1",
    "bytes=1e3-",
    "bytes= 0 - 1 ",
    "items=0-1",
    "bytes",
    `bytes=${"0-0,".repeat(1000)}0-0`,
    `bytes=${" ".repeat(1600)}-${" ".repeat(1600)}x`,
    `bytes=${" ".repeat(20_000)}-`,
    `bytes=${"\t".repeat(900)}1`,
  ],
  "If-Match": [
    "*",
    '"0-1"',
    'W/"0-1"',
    '"0-1", "1-2"',
    '"99999999999999999999-1"',
    '"',
    "0-1",
    "*, *",
    '"0-1", '.repeat(2000),
  ],
  "If-None-Match": [
    "*",
    '"0-1"',
    'W/"0-1"',
    '"x", W/"y"',
    '"',
    ", ,",
    '"'.repeat(4001),
    '"x", '.repeat(1500),
  ],
  "If-Range": ['"x"', 'W/"x"', "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "*"],
  "If-Modified-Since": ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 99 Foo 9999 99:99:99 GMT"],
  "Content-Digest": [
    "sha-256=:AAAA:",
    `sha-256=:${"A".repeat(43)}=:`,
    "sha-256=::",
    "sha-256=:!!!:",
    "md5=:AAAA:",
    "sha-256",
    "sha-256=:=:, sha-512=:AAAA:",
    "sha-256=:A:,",
    "sha-256=abc",
    'sha-256=:AAAA:;a="b',
    "md5=:AAAA:, ".repeat(500),
  ],
  traceparent: [
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-00000000000000000000000000000000-0000000000000000-00",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-x-y-z",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra",
    `01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-${"x".repeat(60_000)}`,
  ],
  "Last-Event-ID": ["0", "x", "-1", "9".repeat(200), "9".repeat(201), "a:b:c", "1-1"],
  "X-D1-Bookmark": [
    "0",
    "-",
    "abc-def",
    "00000000-00000000-00000000-00000000",
    "first-primary",
    "f".repeat(256),
  ],
  "X-Request-Id": ["a", "x".repeat(128), "x".repeat(129), "<b>", "../x", "a b"],
  "Content-Length": ["0", "-1", "1", "1e3", "99999999999999999999", "104857601", "+5", "5, 5", "0x10"],
  "Content-Type": [
    "application/json",
    "application/json; charset=utf-16",
    "application/json;",
    "APPLICATION/JSON",
    "application/merge-patch+json",
    "text/plain",
    "text/html",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    'multipart/form-data; boundary="x',
    "multipart/form-data; boundary=fuzz",
    "Multipart/Form-Data\t;\tboundary=fuzz",
    "multipart/form-data ; boundary=fuzz",
    "application/json ; charset=utf-8",
    "image/jpeg ; q=1",
    `image/jpeg; a="${"b".repeat(300)}"`,
    `image/jpeg${" ; a=b".repeat(2000)}`,
    "application/x-www-form-urlencoded",
    "image/jpeg",
    "image/svg+xml",
    "image/*",
    "/",
  ],
  "Content-Encoding": ["gzip", "br", "identity", "x"],
  Accept: ["*/*", "text/html", "image/avif,*/*;q=0", "application/json;q=nan"],
  "Accept-Encoding": ["gzip", "identity;q=0", "*"],
  Origin: ["https://evil.test", "null", "*", "https://evil.test, https://tagline.test"],
  "Access-Control-Request-Method": ["PATCH", "*", "x y"],
  "Access-Control-Request-Headers": ["x-api-key", "*", "x".repeat(5000), `x${" ".repeat(20_000)}y`],
  "X-Dropbox-Signature": ["", "0".repeat(64), "x".repeat(64)],
  "X-HTTP-Method-Override": ["DELETE"],
  "X-Forwarded-For": ["127.0.0.1", "'"],
  "CF-Connecting-IP": ["::1", "not an address", ":".repeat(5000)],
  Expect: ["100-continue"],
  Cookie: [
    "a=b; __proto__=1",
    "__Host-tagline-session=",
    `__Host-tagline-session=reader.${"A".repeat(22)}.9999999999.${"A".repeat(22)}`,
    "__Host-tagline-session=x; __Host-tagline-session=y",
    `__Host-tagline-session=${"a.".repeat(20_000)}`,
    "; =".repeat(20_000),
  ],
  "Sec-Fetch-Site": ["cross-site", "same-origin", "none", ""],
  "Cf-Access-Authenticated-User-Email": ["admin@example.org"],
  "Cf-Access-Jwt-Assertion": ["a.b.c", "a.".repeat(20_000)],
};

function oddHeader(): fc.Arbitrary<Header> {
  const fields = Object.entries(oddValues).map(([name, values]) =>
    fc
      .oneof(
        { weight: 4, arbitrary: fc.constantFrom(...values) },
        { weight: 1, arbitrary: fc.constantFrom(...nastyTexts) },
      )
      .map((value): Header => [name, value]),
  );
  return fc.oneof(...fields);
}

/** The fields that a method is likeliest to do something with. */
const telling: Readonly<Record<string, readonly string[]>> = {
  GET: ["Range", "If-Range", "If-None-Match", "X-D1-Bookmark"],
  POST: ["Content-Length", "Content-Type", "Content-Digest"],
  PATCH: ["If-Match", "Content-Type"],
  DELETE: ["If-Match"],
};

/** Up to a few odd fields; with a method, mostly such as mean something to it. */
export function oddHeaders(method = ""): fc.Arbitrary<Header[]> {
  const meant = (telling[method] ?? []).map((name) => {
    const values = fc.constantFrom(...(oddValues[name] ?? []));
    return values.map((value): Header => [name, value]);
  });
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant<Header[]>([]) },
    { weight: 1, arbitrary: fc.array(oddHeader(), { minLength: 1, maxLength: 3 }) },
    ...(meant.length === 0
      ? []
      : [{ weight: 3, arbitrary: fc.array(fc.oneof(...meant), { minLength: 1, maxLength: 2 }) }]),
  );
}

const notKeys: readonly Header[] = [
  ["X-API-Key", ""],
  ["X-API-Key", "x"],
  ["X-API-Key", "'; --"],
  ["X-API-Key", keys.admin.slice(1)],
  ["X-API-Key", `${keys.admin}x`],
  ["X-API-Key", `${keys.admin}, ${keys.admin}`],
  ["X-API-Key", "k".repeat(65_536)],
  ["Authorization", "Bearer"],
  ["Authorization", `Basic ${keys.admin}`],
  ["Authorization", `Bearer ${keys.admin} x`],
  ["Authorization", `Bearer${" ".repeat(60_000)}x`],
];

/** Who asks: no one, someone with what is no key, or the holder of a key with one of these scopes. */
export function caller(scopes: readonly (keyof typeof keys)[]): fc.Arbitrary<Header[]> {
  const valid = scopes.flatMap((scope): Header[] => [
    ["X-API-Key", keys[scope]],
    ["Authorization", `Bearer ${keys[scope]}`],
  ]);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant<Header[]>([]) },
    { weight: 1, arbitrary: fc.constantFrom(...notKeys).map((header) => [header]) },
    { weight: 14, arbitrary: fc.constantFrom(...valid).map((header) => [header]) },
  );
}
