import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseRange } from "../../../src/http/headers/byte-range.ts";
import { parseContentDigest } from "../../../src/http/headers/content-digest.ts";
import { contentDisposition } from "../../../src/http/headers/disposition.ts";
import { matchesNone, mediaTag, revisionCondition } from "../../../src/http/headers/preconditions.ts";
import { parseTraceparent } from "../../../src/core/trace.ts";

describe("parseRange", () => {
  it("answers a part of the object, the whole, or that it is unsatisfiable, for any text and size", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^bytes=\d{0,4}-\d{0,4}$/)),
        fc.nat(2000),
        (header, size) => {
          const request = parseRange(header, size);
          const range = request.kind === "part" ? request.range : { offset: 0, length: Math.max(size, 1) };
          expect(range.offset).toBeGreaterThanOrEqual(0);
          expect(range.length).toBeGreaterThan(0);
          expect(range.offset + range.length).toBeLessThanOrEqual(Math.max(size, 1));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("answers exactly the bytes that first and last name", () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(200), (first, more) => {
        const last = first + more;
        const length = Math.min(last, 99) - first + 1;
        expect(parseRange(`bytes=${first}-${last}`, 100)).toEqual({
          kind: "part",
          range: { offset: first, length },
        });
      }),
    );
  });

  it("answers the whole without a header", () => {
    expect(parseRange(undefined, 100)).toEqual({ kind: "whole" });
  });
});

describe("parseContentDigest", () => {
  it("gives back any 32 bytes, wherever they stand among other digests", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.boolean(), (bytes, isFirst) => {
        const digest = `sha-256=:${btoa(String.fromCharCode(...bytes))}:`;
        const header = isFirst ? `${digest}, md5=:AAAA:` : `md5=:AAAA:, SHA-256${digest.slice(7)}`;
        expect(parseContentDigest(header)).toEqual(bytes);
      }),
    );
  });

  it.each([
    undefined,
    "",
    "md5=:AAAA:",
    "sha-512=:AAAA:",
    "x-sha-256=:AAAA:",
    "md5=::",
    'md5=:AAAA:;a;b=1;c="d, \\"e", unixsum=:AA==:',
  ])("passes over %j", (header) => {
    expect(parseContentDigest(header)).toBeNull();
  });

  const digest = `sha-256=:${"A".repeat(43)}=:`;

  it.each([
    "sha-256",
    "sha-256=AAAA",
    "sha-256=?1",
    'sha-256="AAAA"',
    `sha-256=${"A".repeat(43)}=`,
    `sha-256=:${"A".repeat(43)}=`,
    `sha-256 = :${"A".repeat(43)}=:`,
    `sha-256:${"A".repeat(43)}=:`,
    "sha-256=:A AA:",
    "sha-256=:AAAA:",
    "sha-256=:!!!!:",
    "sha-256=(:AAAA:)",
    `${digest},`,
    `,${digest}`,
    `${digest} md5=:AAAA:`,
    `${digest}x`,
    `${digest}; "a"`,
    "nonsense",
    "=",
    `${digest}, md5`,
  ])("refuses what is no digest: %j", (header) => {
    expect(() => parseContentDigest(header)).toThrow(/^validation_error: Content-Digest: must /);
  });

  it("takes the last of two by the same algorithm, as dictionaries do", () => {
    const other = `sha-256=:${"B".repeat(42)}A=:`;
    expect(parseContentDigest(`${other}, ${digest}`)).toEqual(new Uint8Array(32));
  });
});

describe("contentDisposition", () => {
  it("is one header line that holds the whole name, for any key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (key) => {
        const header = contentDisposition("attachment", key);
        const [, extended = "?"] =
          /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''([\w.!~%-]*)$/.exec(header) ?? [];
        expect(decodeURIComponent(extended)).toBe(key.slice(key.lastIndexOf("/") + 1).toWellFormed());
        expect(header.match(/"/g)).toHaveLength(2);
        expect(new Headers({ "Content-Disposition": header }).get("Content-Disposition")).toBe(header);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("preconditions", () => {
  it("hold for the tag that was given out, alone and in a list", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (revision, change, other) => {
        const tag = mediaTag({ revision, change });
        expect(matchesNone(tag, tag)).toBe(true);
        expect(matchesNone(`"x", W/${tag}`, tag)).toBe(true);
        expect(revisionCondition(`"x", ${mediaTag({ revision, change: other })}`)(revision)).toBe(true);
        expect(revisionCondition(`W/${tag}, "y"`)(revision)).toBe(true);
        expect(revisionCondition(tag)(revision + 1)).toBe(false);
        expect(revisionCondition(`W/${tag}`)(revision + 1)).toBe(false);
      }),
    );
  });

  it("never fail on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (header) => {
        expect(matchesNone(header, '"1-1"')).toBe(header.trim() === "*" || header.includes('"1-1"'));
        expect(typeof revisionCondition(header)(1)).toBe("boolean");
      }),
    );
  });

  it("are none without a header", () => {
    expect(matchesNone(undefined, '"1-1"')).toBe(false);
    expect(revisionCondition(undefined)(5)).toBe(true);
  });
});

describe("parseTraceparent", () => {
  const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const parent = "00f067aa0ba902b7";

  it.each([`00-${trace}-${parent}-01`, `00-${trace}-${parent}-00`, `01-${trace}-${parent}-01-more`])(
    "reads %s",
    (header) => {
      expect(parseTraceparent(header)).toBe(trace);
    },
  );

  it.each([
    undefined,
    "",
    trace,
    `ff-${trace}-${parent}-01`,
    `00-${"0".repeat(32)}-${parent}-01`,
    `00-${trace}-${"0".repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${parent}-01`,
    `00-${trace}-${parent}`,
    `00-${trace}-${parent}-01 `,
  ])("does not read %j", (header) => {
    expect(parseTraceparent(header)).toBeNull();
  });

  // W3C Trace Context §3.2.2: what version 00 does not define makes it invalid; later versions may say more.
  it("does not read version 00 with more behind it", () => {
    expect(parseTraceparent(`00-${trace}-${parent}-01-more`)).toBeNull();
  });
});
