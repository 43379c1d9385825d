import { expect } from "vitest";
import { z } from "zod";

import { mediaObjectSchema } from "../../../src/http/answers/media-json.ts";
import { problemSchema } from "../../../src/http/answers/problem.ts";

/** A page of the list as clients get it. */
export const mediaPage = z.strictObject({
  items: z.array(mediaObjectSchema),
  total: z.int().nullable(),
  total_capped: z.boolean(),
  limit: z.int(),
  offset: z.int().nullable(),
  pages: z.int().nullable(),
  next_cursor: z.string().nullable(),
});

/** A page of the list, parsed. */
export type MediaPage = z.infer<typeof mediaPage>;

/** The body as a MediaObject. */
export async function mediaOf(response: Response): Promise<z.infer<typeof mediaObjectSchema>> {
  return mediaObjectSchema.parse(await response.json());
}

/** The body as a page of the list; fails unless the list was answered. */
export async function pageOf(response: Response): Promise<MediaPage> {
  expect(response.status).toBe(200);
  return mediaPage.parse(await response.json());
}

/** The body as problem details. */
export async function problemOf(response: Response): Promise<z.infer<typeof problemSchema>> {
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  return problemSchema.parse(await response.json());
}

/** A refusal in one line: status, code, and the paths that it names. Fails unless status and body agree. */
export async function refusalOf(response: Response): Promise<string> {
  const problem = await problemOf(response);
  expect(problem.status).toBe(response.status);
  const paths = problem.errors?.map((each) => ` ${each.path}`) ?? [];
  return `${response.status} ${problem.code}${paths.join("")}`;
}
