import { z } from "zod";

import { parseJson } from "./answers.ts";

/** What a cursor was got for: one of another folder would show that folder's changes. */
export interface CursorOwner {
  readonly root: string;
  readonly pathRoot: string | null;
}

const shape = z.object({ root: z.string(), pathRoot: z.string().nullable(), cursor: z.string() });

/** Dropbox's cursor with the name of the folder that it belongs to. */
export function formatCursor(cursor: string, owner: CursorOwner): string {
  return JSON.stringify({ root: owner.root, pathRoot: owner.pathRoot, cursor });
}

/** Dropbox's cursor; null where the text is none, or belongs to what was configured before. */
export function parseCursor(text: string, owner: CursorOwner): string | null {
  const parsed = shape.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { root, pathRoot, cursor } = parsed.data;
  return root === owner.root && pathRoot === owner.pathRoot ? cursor : null;
}
