import { Api } from "../import/api.ts";
import type { Run } from "../import/answers.ts";
import type { ImportSurroundings } from "../import/import.ts";
import { realClock } from "../import/clock.ts";
import { projectRoot } from "../wrangler.ts";
import { followRun } from "./follow.ts";
import { ingestOptions } from "./options.ts";

const listedFailures = 20;

/** Starts an ingest, or joins the one that runs, follows it, says how it went; gives the exit code. */
export async function ingestAndFollow(surroundings: ImportSurroundings): Promise<number> {
  const { argv, env, say, progress, stop, clock = realClock, root = projectRoot } = surroundings;
  const { url, key, provider, prefix, confirmMissing, full } = ingestOptions(argv, env, root);
  const api = new Api({ url, key, provider, connections: 1, signal: stop, clock });
  try {
    await api.assertReachable();
    const { status, run } = await api.startIngest(prefix, { confirmMissing, full });
    if (status === "already_running") say("A run is on already. This command follows the run that is on.");
    const ended = await followRun({ api, progress, clock, signal: stop }, run.id);
    if (ended === undefined) {
      say("The service no longer keeps the run.");
      return 1;
    }
    for (const line of await summaryOf(api, ended)) say(line);
    return ended.state === "completed" ? 0 : 1;
  } catch (error) {
    if (!stop.aborted) throw error;
    say("This command no longer follows the run. The run continues in the service.");
    return 130;
  }
}

async function summaryOf(api: Api, run: Run): Promise<string[]> {
  const { scanned, new: found, changed, moved, unchanged, missing } = run.counts;
  const { ambiguous, processed, failed, dropped } = run.counts;
  const seen = `${scanned} objects seen, ${found} new, ${changed} changed, ${moved} moved, ${unchanged} unchanged`;
  const lines = [
    `The run ended as ${run.state}: ${seen}, ${missing} missing.`,
    `Processed ${processed}, failed ${failed}, dropped ${dropped}.`,
  ];
  if (ambiguous > 0)
    lines.push(
      `For ${ambiguous} objects several missing media objects are possible, and the run did not guess. GET /v1/media?missing=true lists the missing media objects.`,
    );
  for (const [name, { error }] of Object.entries(run.providers)) if (error) lines.push(`  ${name}: ${error}`);
  if (run.state === "needs_confirmation") {
    lines.push(
      "Very many objects have vanished, so the run has declared no media object missing. If the objects are really gone, run the ingest again with --confirm-missing.",
    );
  }
  if (failed === 0) return lines;
  const failures = await api.failures(run.id, listedFailures);
  lines.push(...failures.map(({ object_key: key, code, detail }) => `  ${key}: ${code}: ${detail}`));
  if (failed > failures.length) lines.push(`  … and ${failed - failures.length} more`);
  return lines;
}
