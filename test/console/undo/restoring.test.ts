import { TaglineError, type MediaObject } from "tagline-client";
import { expect, it } from "vitest";
import { restoreAll } from "../../../console/src/undo/restoring.ts";
import { mediaWith } from "../viewer/support/media.ts";

const gone = new TaglineError({ code: "resource_not_found", detail: "It is not there.", status: 404 });
const lost = new TaglineError({ code: "unreachable", detail: "No answer came." });

/** Restores the photos, but for those that fail. */
async function restore(ids: readonly string[], failures: Readonly<Record<string, Error>>) {
  const back: string[] = [];
  const one = async (id: string): Promise<MediaObject> => {
    const failure = failures[id];
    if (failure !== undefined) throw failure;
    return mediaWith({ id });
  };
  const outcome = await restoreAll(ids, one, (media) => back.push(...media.map(({ id }) => id))).catch(
    (error: unknown) => error,
  );
  return { back, outcome };
}

it("all photos come back", async () => {
  expect(await restore(["a", "b"], {})).toEqual({ back: ["a", "b"], outcome: { gone: 0 } });
});

it("a photo that is no longer in the trash stops no other, and is counted", async () => {
  expect(await restore(["a", "b", "c"], { b: gone })).toEqual({ back: ["a", "c"], outcome: { gone: 1 } });
});

it("where none is left, that is a failure", async () => {
  expect(await restore(["a", "b"], { a: gone, b: gone })).toEqual({ back: [], outcome: gone });
});

it("a failure on the way is told, and what has come back until then is known", async () => {
  expect(await restore(["a", "b", "c"], { b: lost })).toEqual({ back: ["a"], outcome: lost });
});
