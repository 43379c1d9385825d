import { z } from "zod";

import type { ObjectMetadata } from "../../db/media/record.ts";
import type { Passed, Proposal, ProposedEdit } from "../../media/proposals/proposal.ts";
import { fittingAnswer, shortenedFields, shortenedText } from "./bounded.ts";

/** How much of the words of a record a change shows, before and after. */
const shownWords = { characters: 300, bytes: 16 * 1024 } as const;

/** How long the reason for a problem is, in characters. */
const mostDetailCharacters = 300;

/** How many records with a problem are told of. */
const mostProblems = 50;

const words = (description: string) => z.record(z.string(), z.unknown()).describe(description);

/** What every tool that writes answers. */
export const changeAnswer = z.strictObject({
  status: z
    .enum(["dry_run", "applied", "already_applied"])
    .describe(
      "`dry_run`: nothing was changed. `applied`: the change was made. `already_applied`: a call before has made the change with this token, and this call changed nothing.",
    ),
  note: z.string().describe("What to do next."),
  operation_id: z.string().nullable().describe("The operation, for the tool `undo`; null for a dry run."),
  token: z.string().nullable().describe("The token that makes the change; null if there is nothing to make."),
  expires_at: z.string().nullable().describe("The time at which the token expires (RFC 3339), or null."),
  changed: z.int().describe("The number of photos that were changed, or would be."),
  unchanged: z.int().describe("The number of photos that are so already."),
  changes: z
    .array(
      z.strictObject({
        id: z.string().describe("The id of the photo."),
        before: words("The fields that differ, as they are. A long value is cut and says so at its end."),
        after: words("The same fields as they would be. A field that would be removed is not here."),
      }),
    )
    .describe("What would change, of the first photos; empty if the change cannot be made, or was made."),
  problems: z
    .array(
      z.strictObject({
        id: z.string().describe("The id as the call has it."),
        status: z.enum(["not_found", "invalid", "skipped"]),
        detail: z.string().describe("The reason in words."),
      }),
    )
    .describe(
      "Photos that cannot be changed, the first of them. While one is `not_found` or `invalid`, the change cannot be made. One that is `skipped` is left alone.",
    ),
  not_shown: z.int().describe("The number of changes and problems that are not shown."),
});

/** See {@link changeAnswer}. */
export type ChangeAnswer = z.infer<typeof changeAnswer>;

/** What a dry run tells of a change, and the token to make it with; null where there is nothing to make. */
export function toAnswer(
  look: Proposal,
  given: { readonly token: string; readonly expiresAt: number } | null,
): ChangeAnswer {
  const { edits, unchanged, obstacles, skipped } = look;
  const problems = [...obstacles, ...skipped].map(toProblem);
  const told = problems.slice(0, mostProblems);
  // Where the change cannot be made, what stands in the way has the room.
  const changes = obstacles.length > 0 ? [] : fittingAnswer(edits.map(toChange));
  return {
    status: "dry_run",
    note: noteOf(look, given !== null),
    operation_id: null,
    token: given?.token ?? null,
    expires_at: given === null ? null : new Date(given.expiresAt).toISOString(),
    changed: edits.length,
    unchanged: unchanged.length,
    changes,
    problems: told,
    not_shown: edits.length - changes.length + problems.length - told.length,
  };
}

function noteOf({ obstacles, skipped }: Proposal, isPossible: boolean): string {
  if (obstacles.length > 0)
    return `Nothing was changed, and nothing can be: ${obstacles.length} photos stand in the way. Leave them out or correct the call, and call again without token.`;
  if (!isPossible && skipped.length > 0)
    return `Nothing was changed, and there is nothing to change: ${skipped.length === 1 ? "1 photo is" : `${skipped.length} photos are`} left alone, for the reason in \`problems\`.`;
  if (!isPossible) return "Nothing was changed, and there is nothing to change: all is so already.";
  return "Nothing was changed. Call the tool again with the same arguments and this token to make the change.";
}

function toProblem({ id, status, detail }: Passed): ChangeAnswer["problems"][number] {
  return { id: shortenedText(id, 64), status, detail: shortenedText(detail, mostDetailCharacters) };
}

/** Only what differs is shown. */
function toChange({ edit, before }: ProposedEdit): ChangeAnswer["changes"][number] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(edit.metadata)])];
  const differing = names.filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(edit.metadata[name]),
  );
  return { id: edit.id, before: shown(before, differing), after: shown(edit.metadata, differing) };
}

function shown(words: ObjectMetadata, names: readonly string[]): Record<string, unknown> {
  const there = names
    .filter((name) => Object.hasOwn(words, name))
    .map((name): [string, unknown] => [name, words[name]]);
  return shortenedFields(Object.fromEntries(there), shownWords).fields;
}
