import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { firstYear, lastYear } from "../../../src/core/text/local-time.ts";
import type { FilePath } from "../names.ts";

/** What a JSON file of Google Takeout tells of a photo. */
export interface TakeoutFacts {
  /** The name that the photo had when it came to Google. */
  readonly title: string | null;
  readonly description: string | null;
  /** Names, as they were given to faces. */
  readonly people: readonly string[];
  /** A date-time without offset, in UTC, since Google does not tell the camera's; null where it is not known. */
  readonly takenAt: string | null;
  /** In degrees; null where it is not known. */
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
}

/** A JSON file of one photo takes a few kilobytes; what is larger is of something else. */
const mostBytes = 1024 * 1024;

const place = z
  .object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
  .nullish()
  .catch(null);
const text = z.string().nullish().catch(null);

const photoSchema = z.object({
  // Only what tells of a photo has it: albums, and all else that Takeout writes, have not.
  photoTakenTime: z.object({ timestamp: z.coerce.number() }),
  title: text,
  description: text,
  people: z
    .array(z.object({ name: text }))
    .nullish()
    .catch(null),
  geoData: place,
  geoDataExif: place,
});

/** The place that is known: Google writes 0/0 for none. */
function known(given: z.infer<typeof place>): TakeoutFacts["location"] {
  if (given === null || given === undefined || (given.latitude === 0 && given.longitude === 0)) return null;
  return { latitude: given.latitude, longitude: given.longitude };
}

/** Reads a JSON file of Google Takeout; null for one that tells of no photo, or cannot be read as JSON. */
export async function readTakeout(path: FilePath): Promise<TakeoutFacts | null> {
  const { size } = await stat(path);
  if (size > mostBytes) return null;
  return takeoutFacts(await readFile(path, "utf8"));
}

/** See {@link readTakeout}. */
export function takeoutFacts(json: string): TakeoutFacts | null {
  const { data } = photoSchema.safeParse(parsed(json));
  if (data === undefined) return null;
  const names = (data.people ?? []).map(({ name }) => (name ?? "").trim());
  return {
    title: data.title ?? null,
    description: (data.description ?? "").trim() || null,
    people: names.filter((name) => name !== ""),
    takenAt: takenAtOf(data.photoTakenTime.timestamp),
    location: known(data.geoData) ?? known(data.geoDataExif),
  };
}

/** A moment in seconds since 1970 as a date-time in UTC; null for 0, which stands for none, and outside the years that the service takes. */
function takenAtOf(seconds: number): string | null {
  if (seconds === 0) return null;
  const date = new Date(seconds * 1_000);
  const year = date.getUTCFullYear();
  return year >= firstYear && year <= lastYear ? date.toISOString().slice(0, 19) : null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
