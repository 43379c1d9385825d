import { z } from "zod";
import { Failure } from "../../failure.ts";
import { collect, wranglerCommand, wranglerEnv } from "../../wrangler.ts";
import { boundlessPhoto, brokenPhoto, drawPhoto } from "./files.ts";
import { missingPhoto, plannedPhotos, revisedPhoto, type Words } from "./photos.ts";

/** A local service that is running. */
export interface LocalService {
  readonly url: string;
  /** A key of scope admin. */
  readonly key: string;
  /** The configuration that wrangler runs it with, by which its database and its bucket are found. */
  readonly config: string;
}

/** A photo that cannot be decoded, since its end is missing. */
export const failedPhoto = "archive/box-4/scan-0042.jpg";

/** A photo that is stored and served, but too large to have a thumbnail. */
export const unsupportedPhoto = "archive/box-4/mural.png";

/** How long processing may take on a machine that is busy, in milliseconds. */
const processedWithinMs = 180_000;

const betweenLooksMs = 250;

const mediaSchema = z.object({ id: z.string() });
const listSchema = z.object({ items: z.array(mediaSchema) });
const overviewSchema = z.object({ missing: z.number(), by_state: z.object({ pending: z.number() }) });
const statusSchema = z.object({ state: z.string() });

/** Sends the whole collection into a service that has nothing yet, and waits until every photo has come to its state. */
export async function bringIn(service: LocalService): Promise<void> {
  const archive = new Archive(service);
  // In order, so that the photos are added in the same order each time.
  for (const photo of plannedPhotos)
    await archive.upload(photo.objectKey, await drawPhoto(photo), photo.words);
  await archive.upload(failedPhoto, await brokenPhoto(), { description: "A scan that broke off" });
  await archive.upload(unsupportedPhoto, boundlessPhoto(), { description: "The mural in the town hall" });
  const revised = await archive.idOf(revisedPhoto);
  await archive.change(revised, { description: "Evening light on the bay" });
  await archive.change(revised, { description: "Evening light on the water", keywords: ["sea", "evening"] });
  await archive.until(overviewSchema, "/v1/overview", ({ by_state: { pending } }) => pending === 0);
  await loseObject(service, archive);
}

/** Takes an object out of the bucket behind the service's back, and has the service notice. */
async function loseObject({ config }: LocalService, archive: Archive): Promise<void> {
  await wrangler(["r2", "object", "delete", `tagline-media/${missingPhoto}`, "--local", "--config", config]);
  await archive.send("/v1/ingest", { method: "POST" });
  await archive.until(statusSchema, "/v1/ingest/status", ({ state }) => state === "idle");
  await archive.until(overviewSchema, "/v1/overview", ({ missing }) => missing === 1);
}

async function wrangler(args: string[]): Promise<void> {
  const { code, output } = await collect(wranglerCommand(args), wranglerEnv(process.env));
  if (code !== 0) throw new Failure(`wrangler ${args.slice(0, 3).join(" ")} failed.\n${output.trim()}`);
}

/** Speaks to the service with its key. */
class Archive {
  readonly #service: LocalService;

  constructor(service: LocalService) {
    this.#service = service;
  }

  async send(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = new Headers(init.headers);
    headers.set("X-API-Key", this.#service.key);
    const response = await fetch(new URL(path, this.#service.url), { ...init, headers });
    const body = await response.text();
    if (!response.ok) throw new Failure(`${path} answered ${response.status}: ${body}`);
    return JSON.parse(body);
  }

  async upload(objectKey: string, bytes: Buffer, words: Words): Promise<void> {
    const form = new FormData();
    form.set("object_key", objectKey);
    form.set("object_metadata", JSON.stringify(words));
    form.set("file", new Blob([new Uint8Array(bytes)]), objectKey);
    await this.send("/v1/media", { method: "POST", body: form });
  }

  async idOf(objectKey: string): Promise<string> {
    const query = new URLSearchParams({ object_key: objectKey });
    const [media] = listSchema.parse(await this.send(`/v1/media?${query}`)).items;
    if (media === undefined) throw new Failure(`The service has no ${objectKey}.`);
    return media.id;
  }

  async change(id: string, words: Words): Promise<void> {
    await this.send(`/v1/media/${id}`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ object_metadata: words }),
    });
  }

  async until<Value>(
    schema: z.ZodType<Value>,
    path: string,
    holds: (value: Value) => boolean,
  ): Promise<void> {
    const deadline = Date.now() + processedWithinMs;
    for (;;) {
      const value = schema.parse(await this.send(path));
      if (holds(value)) return;
      if (Date.now() > deadline) throw new Failure(`${path} stayed ${JSON.stringify(value)}.`);
      await new Promise((resolve) => setTimeout(resolve, betweenLooksMs));
    }
  }
}
