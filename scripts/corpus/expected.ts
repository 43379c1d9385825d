import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { describe, Failure } from "../failure.ts";

/** The name of the file in a folder that says what is expected of the others. */
export const expectedFile = "expected.json";

const text = z.string().nullable().optional();
const count = z.number().nullable().optional();

const expectation = z.object({
  bytes: z.number().optional(),
  mime: text,
  width_after: count,
  height_after: count,
  /** What the header says where no tool vouches for a size. */
  declared: z.object({ width: z.number(), height: z.number() }).optional(),
  orientation: count,
  taken_at: text,
  make: text,
  model: text,
  lens: text,
  gps: z.object({ lat: z.number(), lon: z.number() }).nullable().optional(),
  description: text,
  keywords: z.array(z.string()).optional(),
  decodable: z.boolean().nullable().optional(),
  disputed: z.array(z.string()).default([]),
});

/**
 * What other tools say of a file. A field that is null says that the file has none, one that is left out or
 * named in `disputed` says nothing.
 */
export type Expected = z.infer<typeof expectation>;

/** What a folder's `expected.json` says of its files, by their names in it; nothing where there is none. */
export function readExpectations(folder: string): ReadonlyMap<string, Expected> {
  const file = join(folder, expectedFile);
  if (!existsSync(file)) return new Map();
  const parsed = z.record(z.string(), expectation).safeParse(parseJson(file));
  if (!parsed.success) throw new Failure(`${file} is not as it should be:\n${z.prettifyError(parsed.error)}`);
  return new Map(Object.entries(parsed.data));
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(`${file} is no JSON: ${describe(error)}`);
  }
}
