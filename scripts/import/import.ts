import { systemCode } from "../failure.ts";
import { projectRoot } from "../wrangler.ts";
import type { Media } from "./answers.ts";
import { Api } from "./api.ts";
import { lost } from "./lost.ts";
import { readCatalogue } from "./catalogue.ts";
import { ingestAndWait } from "./ingest.ts";
import { importOptions, type ImportOptions } from "./options.ts";
import type { Progress } from "./progress.ts";
import { realClock, type Clock } from "./clock.ts";
import { sendFiles } from "./send.ts";
import { exitCodeOf, summarise, type Outcome } from "./summary.ts";
import { sendWords } from "./sidecars/send-words.ts";
import { type Walk, walkPaths } from "./walk.ts";

/** What an import needs of its surroundings; tests put their own. */
export interface ImportSurroundings {
  argv: string[];
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  progress: Progress;
  /** Aborted on Ctrl-C. */
  stop: AbortSignal;
  clock?: Clock;
  root?: string;
}

async function statesOf(
  api: Api,
  prefix: string,
  keys: string[],
): Promise<{ media: Media[]; unknown: string[] }> {
  const catalogue = await readCatalogue(api, prefix, keys.length);
  const media: Media[] = [];
  const unknown: string[] = [];
  for (const key of keys) {
    const item = catalogue.get(key) ?? (await api.find(key));
    if (item) media.push(item);
    else unknown.push(key);
  }
  return { media, unknown };
}

async function ingest(
  api: Api,
  { prefix, concurrency }: ImportOptions,
  { progress, stop, clock = realClock }: ImportSurroundings,
  { keys, beside }: { readonly keys: string[]; readonly beside: Walk["beside"] },
): Promise<Outcome["processed"]> {
  try {
    const { run, pending } = await ingestAndWait({ api, prefix, progress, clock, signal: stop });
    const { media, unknown } = await statesOf(api, prefix, keys);
    const words = await sendWords({ api, media, beside, concurrency, progress, signal: stop });
    return { run, pending, media, unknown, words };
  } catch (error) {
    if (stop.aborted) return undefined;
    throw systemCode(error) === undefined ? error : lost(error, stop);
  }
}

async function sendPaths(options: ImportOptions, surroundings: ImportSurroundings): Promise<Outcome> {
  const { progress, say, stop, clock = realClock } = surroundings;
  const { paths, prefix, url, key, provider, concurrency } = options;
  const { files, problems, ...walk } = await walkPaths(paths, prefix);
  say(`${files.length === 1 ? "1 file" : `${files.length} files`} to import from ${paths.join(", ")}.`);
  const api = new Api({ url, key, provider, connections: concurrency, signal: stop, clock });
  await api.assertReachable();
  const catalogue = await readCatalogue(api, prefix, files.length);
  const sent = await sendFiles({ api, files, catalogue, concurrency, progress, signal: stop });
  sent.problems.unshift(...problems);
  const keys = [...sent.present, ...sent.uploaded];
  const goOn = !stop.aborted && sent.stopped === undefined && keys.length > 0;
  const processed = goOn
    ? await ingest(api, options, surroundings, { keys, beside: walk.beside })
    : undefined;
  return { sent, walk, processed, interrupted: stop.aborted };
}

/** Sends files and folders into the service, lets it ingest, says how it went; gives the exit code. */
export async function importPhotos(surroundings: ImportSurroundings): Promise<number> {
  const { argv, env, say, stop, root = projectRoot } = surroundings;
  const options = importOptions(argv, env, root);
  try {
    const outcome = await sendPaths(options, surroundings);
    for (const line of summarise(outcome, options)) say(line);
    return exitCodeOf(outcome);
  } catch (error) {
    if (!stop.aborted) throw error;
    say("Stopped. Run the same command again to continue.");
    return 130;
  }
}
