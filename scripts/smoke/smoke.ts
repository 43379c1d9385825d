import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { TaglineError, tagline, type Tagline } from "../../packages/client/src/index.ts";
import { Failure } from "../failure.ts";
import { waitUntilHealthy, type Looking } from "./health.ts";

/** A service that is to be tried. */
export interface Smoking extends Looking {
  readonly key: string;
  /** The commit that has to answer; undefined for any. */
  readonly commit?: string;
  readonly say: (line: string) => void;
}

/** How long the version before may still answer somewhere. */
const patienceMs = 90_000;
const pauseMs = 3_000;
/** How long a small photo may take through the queue. */
const readyWithinMs = 180_000;

/** How a smoke run came out. */
export interface Smoked {
  /** What is wrong, one sentence each. */
  readonly problems: readonly string[];
  /** Whether the service does not know the key. */
  readonly isKeyRefused: boolean;
}

/**
 * Tries what a service is for, with a photo of its own that it removes for good. The photo is drawn at random: with bytes
 * that nobody has it can become no record that somebody has described.
 */
export async function smoke(smoking: Smoking): Promise<Smoked> {
  const problems = await waitUntilHealthy(smoking);
  if (problems.length > 0) return { problems, isKeyRefused: false };
  smoking.say("/health is ok.");
  const { url, key, signal, clock } = smoking;
  const service = tagline({ url, key, signal, clock });
  return told(signal, async () => {
    const about = await answeringAs(service, smoking);
    const isAdmin = about.caller.scopes.includes("admin");
    if (isAdmin && about.providers.some(({ writable }) => writable))
      return takePhotoThrough(service, smoking);
    await service.api.GET("/v1/media", { params: { query: { limit: 1 } } });
    await service.api.GET("/v1/ingest/status");
    const why = isAdmin ? "no storage provider takes uploads" : "the key has not the scope admin";
    smoking.say(`Lists and the coordinator answer. No photo was sent in, because ${why}.`);
    return [];
  });
}

/** What a step finds wrong, or the refusal that it ends with. */
async function told(signal: AbortSignal, step: () => Promise<readonly string[]>): Promise<Smoked> {
  try {
    return { problems: await step(), isKeyRefused: false };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TaglineError)
      return { problems: [error.message], isKeyRefused: error.code === "invalid_api_key" };
    if (error instanceof Failure) return { problems: [error.message], isKeyRefused: false };
    throw error;
  }
}

/** What the service says about itself, as soon as the wanted commit answers, which may be the first to know the key. */
async function answeringAs({ api }: Tagline, { commit, clock, signal }: Smoking) {
  const deadline = clock.now() + patienceMs;
  for (;;) {
    try {
      const { data } = await api.GET("/v1/about");
      if (commit === undefined || data.commit === commit) return data;
      if (clock.now() >= deadline) {
        const other = data.commit ?? "none that it tells";
        throw new Failure(`Another version still answers: its commit is ${other}, not ${commit}.`);
      }
    } catch (error) {
      const isEarly =
        error instanceof TaglineError && error.code === "invalid_api_key" && commit !== undefined;
      if (!isEarly || clock.now() >= deadline) throw error;
    }
    await clock.sleep(pauseMs, signal);
  }
}

async function takePhotoThrough(service: Tagline, smoking: Smoking): Promise<string[]> {
  const { clock, signal, say } = smoking;
  const word = `smoke${randomBytes(8).toString("hex")}`;
  const objectKey = `tagline-smoke/${word}.jpg`;
  const problems: string[] = [];
  let sent: string | undefined;
  try {
    const tried = await told(signal, async () => {
      const { id } = await service.upload({ object_key: objectKey, body: await drawnPhoto(), signal });
      sent = id;
      return follow(service, { id, word, clock, signal });
    });
    problems.push(...tried.problems);
  } finally {
    const removed = await told(new AbortController().signal, () => remove(smoking, objectKey, sent));
    problems.push(...removed.problems.map((why) => `The photo ${objectKey} could not be deleted: ${why}`));
  }
  if (problems.length === 0)
    say("A photo went in, was processed, shown, described and found, and was deleted for good.");
  return problems;
}

/**
 * Deletes the photo, for which nobody's stop counts. Where the answer to the upload was lost it is found by its key, which
 * is nobody else's.
 */
async function remove({ url, key }: Smoking, objectKey: string, sent: string | undefined): Promise<string[]> {
  const { api } = tagline({ url, key });
  const found = async (): Promise<string[]> => {
    const { data } = await api.GET("/v1/media", { params: { query: { prefix: objectKey, limit: 1 } } });
    return data.items.map(({ id }) => id);
  };
  for (const id of sent === undefined ? await found() : [sent])
    await api.DELETE("/v1/media/{id}", { params: { path: { id }, query: { permanent: true } } });
  return [];
}

/** A photo on its way through the service. */
interface Followed extends Pick<Smoking, "clock" | "signal"> {
  readonly id: string;
  /** Nobody else's word. */
  readonly word: string;
}

async function follow({ api }: Tagline, { id, word, clock, signal }: Followed): Promise<string[]> {
  const params = { path: { id } };
  const deadline = clock.now() + readyWithinMs;
  let media = (await api.GET("/v1/media/{id}", { params })).data;
  while (media.state === "pending") {
    if (clock.now() >= deadline)
      return ["The photo was not processed within three minutes: does the queue have its consumer?"];
    await clock.sleep(pauseMs, signal);
    media = (await api.GET("/v1/media/{id}", { params })).data;
  }
  if (media.state !== "ready")
    return [`The photo became ${media.state}: ${media.error?.detail ?? "no reason is told."}`];
  const thumbnail = await api.GET("/v1/media/{id}/thumbnail", { params, parseAs: "arrayBuffer" });
  if (thumbnail.data.byteLength === 0) return ["The thumbnail has no bytes."];
  await api.PATCH("/v1/media/{id}", { params, body: { object_metadata: { description: word } } });
  const found = await api.GET("/v1/search", { params: { query: { q: word, limit: 1 } } });
  return found.data.items[0]?.id === id ? [] : ["The search does not find the photo by its description."];
}

async function drawnPhoto(): Promise<Uint8Array<ArrayBuffer>> {
  const [width, height] = [64, 48];
  const noise = sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
  return Uint8Array.from(await noise.jpeg().toBuffer());
}
