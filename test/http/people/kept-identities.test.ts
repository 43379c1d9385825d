import fc from "fast-check";
import { expect, it } from "vitest";

import { KeptIdentities } from "../../../src/http/callers/kept-identities.ts";

it("keeps a thousand addresses, and lets the oldest go", () => {
  const kept = new KeptIdentities();
  for (let index = 0; index < 1001; index += 1) kept.keep(`d${index}`, `a${index}`, 0);
  expect([kept.get("d0", 1), kept.get("d1", 1), kept.get("d1000", 1)]).toEqual([null, "a1", "a1000"]);
});

it("counts what is kept anew as new", () => {
  const kept = new KeptIdentities();
  for (let index = 0; index < 1000; index += 1) kept.keep(`d${index}`, `a${index}`, 0);
  kept.keep("d0", "again", 0);
  kept.keep("d1000", "a1000", 0);
  expect([kept.get("d0", 1), kept.get("d1", 1)]).toEqual(["again", null]);
});

it("tells of a digest what was kept under it last, for a minute, whatever else is kept", () => {
  const step = fc.record({
    digest: fc.constantFrom("a", "b", "c"),
    address: fc.string(),
    waits: fc.nat(40_000),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const kept = new KeptIdentities();
      const model = new Map<string, { readonly address: string; readonly at: number }>();
      let now = 0;
      for (const { digest, address, waits } of steps) {
        now += waits;
        kept.keep(digest, address, now);
        model.set(digest, { address, at: now });
        for (const each of ["a", "b", "c"]) {
          const known = model.get(each);
          const expected = known !== undefined && now < known.at + 60_000 ? known.address : null;
          expect(kept.get(each, now)).toBe(expected);
        }
      }
    }),
  );
});
