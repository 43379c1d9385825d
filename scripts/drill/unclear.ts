import { z } from "zod";
import type { Tagline } from "../../packages/client/src/index.ts";
import { Failure } from "../failure.ts";
import { allOf, told, type Remembered } from "./archive.ts";

const unclearMove = z.object({
  media: z.object({ id: z.string() }),
  candidates: z.array(z.object({ id: z.string(), object_key: z.string() })),
});

/**
 * Decides what the last ingest did not guess, as a person does who knows where the photos are: files with the same bytes
 * that moved at once. Gives the ids of the media objects that were told where their photos are.
 */
export async function decideUnclearMoves(
  archive: Tagline,
  expected: readonly Remembered[],
): Promise<Set<string>> {
  const keys = new Map(expected.map(({ media }) => [media.id, media.object_key]));
  const id = await lastRun(archive);
  // Whoever is told loses its candidates, and with it its place in the list: first all of it is read.
  const unclear = await allOf(
    unclearMove,
    archive.items("/v1/ingest/runs/{id}/ambiguous", {}, { path: { id } }),
  );
  const decided = new Set<string>();
  for (const { media, candidates } of unclear) {
    const to = candidates.find((each) => each.object_key === keys.get(media.id));
    if (to === undefined) continue;
    const params = { path: { id: media.id } };
    await told(() => archive.api.POST("/v1/media/{id}/relink", { params, body: { to: to.id } }));
    decided.add(media.id);
  }
  return decided;
}

async function lastRun(archive: Tagline): Promise<string> {
  const { data } = await told(() => archive.api.GET("/v1/ingest/runs", { params: { query: { limit: 1 } } }));
  const [run] = data.items;
  if (run === undefined) throw new Failure("The service knows of no run.");
  return run.id;
}
