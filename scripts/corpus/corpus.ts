import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { withHiddenEscaped } from "../../src/core/text/characters.ts";
import { Failure, readUse, WrongUse } from "../failure.ts";
import { Api } from "../import/api.ts";
import { waitUntilProcessed } from "../import/ingest.ts";
import { count, type Progress } from "../import/progress.ts";
import { realClock } from "../import/clock.ts";
import { type Case, type Corpus, readCorpus } from "./cases.ts";
import { type Asked, Client } from "./client.ts";
import { expectedDifferences } from "./compare.ts";
import { factDifferences, namesColours, type Others } from "./compare-facts.ts";
import { type Look, lookAt, ownDifferences } from "./look.ts";
import { type CorpusOptions, corpusOptions } from "./options.ts";
import { peerDifference } from "./peer.ts";
import { type OpenService, openService } from "./service.ts";
import { ContactSheet } from "./sheet.ts";

/** What a run needs of its surroundings; tests put their own. */
export interface CorpusSurroundings {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The folder that relative ones begin at. */
  readonly start: string;
  /** The folder with the secrets of the service that runs here. */
  readonly root: string;
  readonly usualUrl?: string | undefined;
  readonly say: (line: string) => void;
  readonly progress: Progress;
  readonly stop: AbortSignal;
}

/** The exit code after Ctrl-C, as shells have it. */
const interrupted = 130;

/** How many files are sent at a time. */
const concurrency = 4;

/**
 * Sends every file of a folder into a service and compares what it makes of them with what is true, as `corpusCommand`
 * tells. Answers the exit code: 1 on a difference.
 */
export async function runCorpus(surroundings: CorpusSurroundings): Promise<number> {
  const { argv, start, say, stop } = surroundings;
  const { options, corpus } = readUse(() => given(argv, start));
  try {
    const service = await openService({ ...surroundings, ...options });
    return await runIn(service, { corpus, options }, surroundings);
  } catch (error) {
    if (!stop.aborted) throw error;
    say("Stopped.");
    return interrupted;
  }
}

async function runIn(
  service: OpenService,
  use: Pick<Running, "corpus" | "options">,
  surroundings: CorpusSurroundings,
): Promise<number> {
  const run = { ...use, client: new Client(service), sent: new Map<string, Asked<string>>() };
  try {
    await send(run, surroundings);
    await wait(service, use.options, surroundings);
    return await compare(run, surroundings);
  } finally {
    if (!service.isOwn) await takeOut(run);
    await service.close();
  }
}

/** What the person has given. */
function given(argv: readonly string[], start: string): { options: CorpusOptions; corpus: Corpus } {
  const options = corpusOptions(argv, start);
  const corpus = readCorpus(options.folder);
  // A check that compares nothing would pass.
  if (corpus.cases.length + corpus.gone.length === 0)
    throw new Failure(`There are no files in ${options.folder}.`);
  return { options, corpus };
}

/** A run whose service is open. */
interface Running {
  readonly corpus: Corpus;
  readonly options: CorpusOptions;
  readonly client: Client;
  /** What became of each file that was sent: the id of its record, or why it was refused. */
  readonly sent: Map<string, Asked<string>>;
}

/** What is under way is waited for, whatever has failed or was stopped: all that the service took is to be known. */
async function send(run: Running, { progress, stop }: CorpusSurroundings): Promise<void> {
  const { corpus, options, client, sent } = run;
  const queue = corpus.cases.map(({ name }) => name);
  const total = queue.length;
  progress.begin("Sending", total, count);
  const worker = async (): Promise<void> => {
    for (let name = queue.shift(); name !== undefined && !stop.aborted; name = queue.shift()) {
      const bytes = new Uint8Array(await readFile(join(options.folder, name)));
      const asked = await client.upload(`${options.prefix}${name}`, bytes);
      if (asked.kind === "refused" && asked.why.code === "object_exists") {
        queue.length = 0;
        throw new WrongUse(`The service has something below ${options.prefix}: choose another --prefix.`);
      }
      sent.set(name, asked);
      progress.update(sent.size, withHiddenEscaped(name));
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: concurrency }, worker));
  progress.end();
  const failed = ended.find((each) => each.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  stop.throwIfAborted();
}

async function wait(
  { url, key }: OpenService,
  { prefix }: CorpusOptions,
  { progress, stop: signal }: CorpusSurroundings,
): Promise<void> {
  const api = new Api({ url, key, connections: concurrency, signal });
  const pending = await waitUntilProcessed({ api, prefix, progress, clock: realClock, signal });
  progress.end();
  if (pending > 0) throw new Failure(`${pending} are still not processed: look into the service's log.`);
}

async function compare(run: Running, { say, stop }: CorpusSurroundings): Promise<number> {
  const { corpus, options } = run;
  const sheet = new ContactSheet(options.out);
  const counts = new Map<string, number>();
  const bad = corpus.gone.map((name) => `${name}: is gone`);
  for (const each of corpus.cases) {
    stop.throwIfAborted();
    const look = await lookOf(run, each.name);
    if (look === undefined) throw new Failure(`${each.name} was not sent.`);
    const problems = await differences(run, each, look);
    sheet.add(each.name, look, problems);
    const kind = kindOf(look);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    bad.push(...problems.map((problem) => `${each.name}: ${problem}`));
  }
  for (const kind of [...counts.keys()].sort()) say(`${String(counts.get(kind)).padStart(6)}  ${kind}`);
  for (const line of bad) say(`DIFFERS  ${withHiddenEscaped(line)}`);
  const told = corpus.cases.filter(({ facts, expected }) => facts !== undefined || expected !== undefined);
  say(`${corpus.cases.length} files, ${told.length} with facts or expectations, ${bad.length} differences`);
  say(`Contact sheet: ${await sheet.write()}`);
  return bad.length === 0 ? 0 : 1;
}

async function lookOf({ client, sent }: Running, name: string): Promise<Look | undefined> {
  const asked = sent.get(name);
  return asked === undefined ? undefined : lookAt(client, asked);
}

async function differences(run: Running, { name, facts, expected }: Case, look: Look): Promise<string[]> {
  const { folder } = run.options;
  const found = ownDifferences(look);
  const path = join(folder, name);
  if (expected !== undefined) {
    const { length } = await readFile(path);
    if (expected.bytes !== undefined && expected.bytes !== length)
      found.push(`has ${length} bytes, not the ${expected.bytes} that the expectations are of`);
    found.push(...expectedDifferences(look, expected));
  }
  if (facts !== undefined) found.push(...(await factDifferences(resultOf(name, look), facts, othersOf(run))));
  if (look.media.kind === "refused" || isSettled({ facts, expected })) return found;
  const { state, intrinsic } = look.media.value;
  const { thumbnail } = resultOf(name, look);
  // What the service says that it does not support is no picture of another kind.
  if (thumbnail === null && state !== "failed") return found;
  const peer = await peerDifference(path, { thumbnail, orientation: intrinsic.orientation });
  return peer === null ? found : [...found, peer];
}

/**
 * Whether it needs no other program to say how a picture looks: the facts say so, or that it is disputed, or the programs
 * disagree on its size or on whether it can be decoded.
 */
function isSettled({ facts, expected }: Pick<Case, "facts" | "expected">): boolean {
  const isDisputed = ["size", "size_after", "decodable"].some(
    (each) => expected?.disputed.includes(each) === true,
  );
  if (isDisputed || facts === undefined) return isDisputed;
  return namesColours(facts) || facts.thumbnail !== undefined || facts.about?.startsWith("disputed") === true;
}

function othersOf(run: Running): Others {
  return {
    folder: run.options.folder,
    resultOf: async (name) => {
      const look = await lookOf(run, name);
      return look === undefined ? undefined : resultOf(name, look);
    },
    factsOf: (name) => run.corpus.cases.find((each) => each.name === name)?.facts,
  };
}

function resultOf(name: string, { media, contain }: Look) {
  return { name, media, thumbnail: contain.outcome === "made" ? contain.picture : null };
}

function kindOf({ media, contain }: Look): string {
  const type = media.kind === "given" ? media.value.content_type : "other";
  return `${type}  ${contain.outcome === "made" ? "made" : `${contain.outcome}: ${contain.reason.code}`}`;
}

/** What a run has put into a service of others, it takes out again, as far as the service lets it. */
async function takeOut({ client, sent }: Running): Promise<void> {
  for (const asked of sent.values())
    if (asked.kind === "given") await client.remove(asked.value).catch(() => {});
}
