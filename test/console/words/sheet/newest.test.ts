import { expect, it } from "vitest";
import { newest } from "../../../../console/src/words/sheet/newest.ts";

const photo = (id: string, revision: number, state = "ready") => ({ id, revision, state });

const knownOf = (...photos: readonly ReturnType<typeof photo>[]) =>
  new Map(photos.map((each) => [each.id, each]));

it("an answer that is older than what is known of a photo leaves it, and brings the others", () => {
  const known = knownOf(photo("a", 3), photo("b", 1));
  expect([...newest(known, [photo("a", 2), photo("b", 2), photo("c", 0)]).values()]).toEqual([
    photo("a", 3),
    photo("b", 2),
    photo("c", 0),
  ]);
});

it("an answer of the same words replaces what is known: its picture may have been made meanwhile", () => {
  const after = newest(knownOf(photo("a", 1, "pending")), [photo("a", 1, "ready")]);
  expect(after.get("a")?.state).toBe("ready");
});
