import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readDevVars } from "../../../scripts/start/dev-vars.ts";
import { adminKeyOf } from "../../../scripts/start/keys.ts";
import { start } from "../../../scripts/start/start.ts";
import { holdPort } from "./ports.ts";

const startsWithinMs = 90_000;

/**
 * A folder for a service's data, secrets and settings, so that it reads nobody's own, and the flags that start it on a
 * port that is held until the folder is removed, so that the service can be started again on it.
 */
export async function dataFolder(): Promise<{
  folder: string;
  flags: string[];
  remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "tagline-e2e-"));
  const { port, release } = await holdPort();
  return {
    folder,
    flags: ["--port", String(port)],
    remove: async () => {
      await release();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** A running service and what `npm start` said about it. */
export interface RunningService {
  url: string;
  key: string;
  said: string[];
  /** Ends it as Ctrl-C does and gives the exit code. */
  stop: () => Promise<number>;
}

/** Starts the service as `npm start` does and waits until it says that it runs. */
export async function startService({
  folder,
  flags,
}: {
  folder: string;
  flags: string[];
}): Promise<RunningService> {
  const said: string[] = [];
  const controller = new AbortController();
  let ended: Promise<number> = Promise.resolve(0);
  const first = await new Promise<string>((resolve, reject) => {
    const say = (line: string): void => {
      said.push(...line.split("\n"));
      if (line.includes("Tagline is running.")) resolve("running");
    };
    ended = start({
      argv: flags,
      env: process.env,
      say,
      stop: controller.signal,
      folder,
    });
    ended.then((code) => resolve(`exit code ${code}`), reject);
    setTimeout(() => resolve("silence"), startsWithinMs).unref();
  });
  if (first !== "running") {
    controller.abort("late");
    throw new Error(`The service did not start: ${first}.\n${said.join("\n")}\n${logOf(folder)}`);
  }
  const stop = (): Promise<number> => {
    controller.abort("polite");
    return ended;
  };
  const access = accessOf({ folder, flags });
  try {
    await knowOwn(access);
  } catch (error) {
    controller.abort("late");
    throw error;
  }
  return { ...access, said, stop };
}

/**
 * Makes sure that what answers at an address is the service with this key, by what only that can know: another server, or
 * the service of another checkout, does not take the key. Throws an error that says who is there if not.
 */
export async function knowOwn({ url, key }: { url: string; key: string }): Promise<void> {
  const mark = randomUUID();
  const response = await fetch(new URL("/v1/ingest/status", url), {
    headers: { "x-api-key": key, "x-request-id": mark },
  });
  const body = await response.text();
  if (response.status === 200 && response.headers.get("x-request-id") === mark) return;
  throw new Error(
    `Somebody else's server is at ${url}: it answered ${response.status} to the service's own key. ${body.slice(0, 200)}`,
  );
}

/** All that wrangler and the service have printed. */
export function logOf(folder: string): string {
  return readFileSync(join(folder, ".wrangler", "state", "tagline.log"), "utf8");
}

/** Where a service with these flags is. */
export function addressOf(flags: string[]): string {
  return `http://localhost:${flags[flags.indexOf("--port") + 1] ?? ""}`;
}

/** Where a service is and the key for it; the service has to have been started once. */
export function accessOf({ folder, flags }: { folder: string; flags: string[] }): {
  url: string;
  key: string;
} {
  const key = adminKeyOf(readDevVars(join(folder, ".dev.vars"))?.get("API_KEYS") ?? "");
  if (!key) throw new Error("There is no admin key in .dev.vars.");
  return { url: addressOf(flags), key };
}

/** A media object, as far as these tests look at it. */
export const mediaSchema = z.object({
  id: z.string(),
  object_key: z.string(),
  content_type: z.string().nullable(),
  file_size: z.number(),
  state: z.string(),
  revision: z.number(),
  thumbnail_version: z.string().nullable(),
  intrinsic: z.object({ width: z.number().nullable(), height: z.number().nullable() }),
  object_metadata: z.record(z.string(), z.unknown()),
});

/** A page of the list. */
export const pageSchema = z.object({ items: z.array(mediaSchema), total: z.number().nullable() });

const runSchema = z.object({
  id: z.string(),
  state: z.string(),
  counts: z.object({
    scanned: z.number(),
    new: z.number(),
    unchanged: z.number(),
    queued: z.number(),
    processed: z.number(),
    failed: z.number(),
    dropped: z.number(),
  }),
});

/** How ingest is getting on. */
export const statusSchema = z.object({
  state: z.string(),
  run: runSchema.nullable(),
  last_run: runSchema.nullable(),
});

/** The answer to a start. */
export const startedSchema = z.object({ status: z.enum(["started", "already_running"]), run: runSchema });

/** Speaks to a running service with its key. */
export class Client {
  readonly #service: { url: string; key: string };

  constructor(service: { url: string; key: string }) {
    this.#service = service;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set("x-api-key", this.#service.key);
    return fetch(new URL(path, this.#service.url), { ...init, headers });
  }

  async json<T>(schema: z.ZodType<T>, path: string, init?: RequestInit): Promise<T> {
    const response = await this.fetch(path, init);
    const body = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body}`);
    return schema.parse(JSON.parse(body));
  }

  upload(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<z.infer<typeof mediaSchema>> {
    const query = new URLSearchParams({ object_key: key }).toString();
    return this.json(mediaSchema, `/v1/media?${query}`, { method: "POST", body: bytes });
  }

  /** Looks again until what is asked for holds. */
  async until<T>(
    schema: z.ZodType<T>,
    path: string,
    holds: (value: T) => boolean,
    withinMs = 60_000,
  ): Promise<T> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const value = await this.json(schema, path);
      if (holds(value)) return value;
      if (Date.now() > deadline) throw new Error(`${path} stayed ${JSON.stringify(value)}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
