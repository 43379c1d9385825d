import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { md5Of } from "../../../console/src/upload/md5.ts";

const never = new AbortController().signal;

function expected(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

it("is what the rest of the world computes, for every length around its blocks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(await md5Of(new Blob([bytes]), never)).toBe(expected(bytes));
    }),
    { numRuns: 400 },
  );
});

it("goes on over the pieces in which a file is read", async () => {
  const bytes = Uint8Array.from({ length: 2 * 1024 * 1024 + 77 }, (_, at) => (at * 31) % 251);
  expect(await md5Of(new Blob([bytes]), never)).toBe(expected(bytes));
});

it("stops when it is told to", async () => {
  const stopped = AbortSignal.abort(new Error("enough"));
  await expect(md5Of(new Blob(["x"]), stopped)).rejects.toThrow("enough");
});
