import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sign, verify } from "../../src/core/signing.ts";
import { fromBase64Url, toBase64Url } from "../../src/core/text/encoding.ts";

const secrets = ["a secret of the present 000000000000", "a secret of the past 000000000000000"] as const;

describe("base64url", () => {
  it("gives back any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toMatch(/^[A-Za-z0-9_-]*$/);
        expect(fromBase64Url(text)).toEqual(bytes);
      }),
    );
  });

  it("has one text for each sequence of bytes", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,12}$/), (text) => {
        const bytes = fromBase64Url(text);
        expect(bytes === null ? text : toBase64Url(bytes)).toBe(text);
      }),
      { numRuns: 1000, seed: 20_261_122 },
    );
  });

  it.each(["A", "AAAAA", "AA==", "+/AA", "é", "A A", "AB"])("does not read %j", (text) => {
    expect(fromBase64Url(text)).toBeNull();
  });
});

describe("a signature", () => {
  it("holds for its purpose and text alone", async () => {
    const tag = await sign(secrets, "cursor", "text");
    expect(await verify(secrets, "cursor", "text", tag)).toBe(true);
    expect(await verify(secrets, "link", "text", tag)).toBe(false);
    expect(await verify(secrets, "cursor", "texts", tag)).toBe(false);
  });

  it("made by the previous secret is accepted during a rotation, and then no more", async () => {
    const tag = await sign([secrets[1]], "cursor", "text");
    expect(await verify(secrets, "cursor", "text", tag)).toBe(true);
    expect(await verify([secrets[0]], "cursor", "text", tag)).toBe(false);
    expect(await sign(secrets, "cursor", "text")).toBe(await sign([secrets[0]], "cursor", "text"));
  });

  it.each(["", "A", "AAAA", "not base64 !", "A".repeat(22), "A".repeat(44)])("is not %j", async (tag) => {
    expect(await verify(secrets, "cursor", "text", tag)).toBe(false);
  });

  it("does not hold with any bit of its text changed, those left over included", async () => {
    const tag = await sign(secrets, "cursor", "text");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (const last of alphabet) {
      const altered = tag.slice(0, -1) + last;
      expect(await verify(secrets, "cursor", "text", altered)).toBe(altered === tag);
    }
  });
});
