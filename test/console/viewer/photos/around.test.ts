import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everything } from "../../../../console/src/address/view.ts";
import type { Photo } from "../../../../console/src/library/photo.ts";
import {
  lookAround,
  neighbourQueryOf,
  type NeighbourAnswer,
  type Walk,
} from "../../../../console/src/viewer/photos/around.ts";
import { photoWith } from "../support/photo.ts";

const { signal } = new AbortController();

/** A list with a photo at each place but where null stands; what is not loaded comes when it is asked for. */
function listOf(ids: readonly (string | null)[], loaded: readonly number[] = []): Walk["library"] {
  const photos = ids.map((id): Photo | null => (id === null ? null : photoWith({ id })));
  const known = new Set(loaded);
  return {
    photo: (index) => (known.has(index) ? (photos[index] ?? null) : null),
    load: async (index) => {
      if (index < 0 || (known.has(index) && index < ids.length))
        throw new Error(`The place ${index} is asked for in vain.`);
      known.add(index);
      return photos[index] ?? null;
    },
    isAbsent: (index) => known.has(index) && photos[index] === null,
  };
}

function walkOf(library: Walk["library"], answer: NeighbourAnswer | null = null): Walk {
  return {
    library,
    finding: everything,
    ask: async () => {
      if (answer === null) throw new Error("The service is asked for nothing.");
      return answer;
    },
  };
}

/** The ids of the neighbours; null where there is none. */
async function idsAround(index: number, library: Walk["library"]): Promise<(string | null)[]> {
  const { previous, next } = await lookAround({ id: "any", index }, walkOf(library), signal);
  return [previous, next].map((each) => (each.kind === "photo" ? each.id : null));
}

describe("the neighbours of a photo that the list knows", () => {
  it("are those at the places beside it, which the list loads", async () => {
    expect(await idsAround(1, listOf(["a", "b", "c"], [0]))).toEqual(["a", "c"]);
  });

  it("are none before the first and behind the last", async () => {
    const { previous, next } = await lookAround({ id: "a", index: 0 }, walkOf(listOf(["a"])), signal);
    const none = { kind: "none", isCapped: false };
    expect([previous, next]).toEqual([none, none]);
  });

  it("are told with their pictures", async () => {
    const { next } = await lookAround({ id: "a", index: 0 }, walkOf(listOf(["a", "b"])), signal);
    expect(next).toMatchObject({ kind: "photo", pictured: { id: "b", thumbnailVersion: "v1" } });
  });

  it("are further away where photos have gone since they were counted", async () => {
    expect(await idsAround(2, listOf(["a", null, "b", null, null, "c"]))).toEqual(["a", "c"]);
  });

  it("are not looked for behind more than 500 places without a photo", async () => {
    const gone = Array.from({ length: 600 }, () => null);
    const { next } = await lookAround({ id: "a", index: 0 }, walkOf(listOf(["a", ...gone, "b"])), signal);
    expect(next).toEqual({ kind: "none", isCapped: true });
  });

  it("lead through every photo in its order, and back", async () => {
    const places = fc.array(fc.boolean(), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(places, async (isThere) => {
        const ids = isThere.map((is, index) => (is ? String(index) : null));
        const expected = ids.filter((id) => id !== null);
        const library = listOf(ids);
        const walked = expected.slice(0, 1);
        for (const id of walked) {
          const [, next] = await idsAround(Number(id), library);
          if (next !== null && next !== undefined) walked.push(next);
        }
        expect(walked).toEqual(expected);
      }),
    );
  });
});

describe("the neighbours of a photo that the list does not know", () => {
  it("are those that the service finds", async () => {
    const walk = walkOf(listOf([]), { previous: "a", next: "c", capped: false });
    expect(await lookAround({ id: "b", index: null }, walk, signal)).toEqual({
      previous: { kind: "photo", id: "a", pictured: null },
      next: { kind: "photo", id: "c", pictured: null },
    });
  });

  it("may be further away than the service has looked", async () => {
    const walk = walkOf(listOf([]), { previous: null, next: "c", capped: true });
    const { previous } = await lookAround({ id: "b", index: null }, walk, signal);
    expect(previous).toEqual({ kind: "none", isCapped: true });
  });

  it("fail as the service does", async () => {
    await expect(lookAround({ id: "b", index: null }, walkOf(listOf([])), signal)).rejects.toThrow("nothing");
  });
});

describe("the service is asked for neighbours", () => {
  it("in the order of the list", () => {
    expect(neighbourQueryOf(everything)).toEqual({ sort: "taken_at", order: "desc" });
  });

  it("by name in ascending order, with the filters of the list", () => {
    expect(neighbourQueryOf({ ...everything, sort: "object_key", keywords: ["boats"] })).toEqual({
      sort: "object_key",
      order: "asc",
      keyword: ["boats"],
    });
  });

  it("in the order of the search, where there is one", () => {
    expect(neighbourQueryOf({ ...everything, q: "boats", missing: "any" })).toEqual({
      q: "boats",
      missing: "any",
    });
  });
});
