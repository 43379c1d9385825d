import { readConfig, type Config } from "./config/config.ts";
import type { SuggestionsConfig } from "./config/suggestions.ts";
import { openDatabase, type Database, type SessionStart } from "./db/connection.ts";
import type { AiBinding } from "./extractors/workers-ai.ts";
import type { Coordinator } from "./protocol/coordinator.ts";
import type { IngestMessage } from "./protocol/messages.ts";
import type { PictureFinder } from "./protocol/picture-finder.ts";
import { AppError } from "./core/errors.ts";
import { createLogger, type LogFields, type Logger } from "./core/log.ts";
import type { Network } from "./core/network.ts";
import { openRateLimits, type RateLimits } from "./core/rate-limits.ts";
import { DerivativeStore } from "./storage/r2/derivatives.ts";
import type { StorageProvider } from "./storage/provider.ts";
import { createProviders } from "./storage/registry.ts";

/** Who is asked for words about pictures. */
export interface Suggester extends SuggestionsConfig {
  readonly ai: AiBinding;
}

/** Everything that a use case needs, built once for each invocation. */
export interface Services {
  readonly config: Config;
  readonly log: Logger;
  readonly db: Database;
  readonly providers: ReadonlyMap<string, StorageProvider>;
  readonly derivatives: DerivativeStore;
  readonly coordinator: Coordinator;
  /** The index of picture hashes, or {@link unboundPictures}. */
  readonly pictures: PictureFinder;
  readonly queue: Queue<IngestMessage>;
  /** Null where suggestions are off: nothing of them is read, written or shown then. */
  readonly suggester: Suggester | null;
  readonly limits: RateLimits;
  /** The W3C trace that this invocation belongs to. */
  readonly traceId: string;
  /** Sentences about what is misconfigured, for the log and for `/health`. */
  readonly problems: readonly string[];
}

/** The one coordinator of this deployment. */
const coordinatorName = "ingest";

/** The one index of pictures of this deployment. */
const pictureIndexName = "pictures";

/** What an invocation brings with it. */
export interface Invocation {
  readonly session: SessionStart;
  readonly traceId: string;
  readonly logContext: LogFields;
  /** Goes out to the network in place of the runtime's own. */
  readonly fetch?: Network["fetch"];
}

/** Wires configuration and bindings together. */
export function createServices(env: Env, invocation: Invocation): Services {
  const config = configOf(env);
  const log = createLogger(config.logLevel, { ...invocation.logContext, trace: invocation.traceId });
  const { providers, problems } = createProviders(config.providers, {
    bucketOf: (binding) => bucketNamed(env, binding),
    network: network(log, invocation.fetch),
  });
  const limits = openRateLimits(env, log);
  const pictures = picturesOf(env);
  const suggester = suggesterOf(env, config);
  return {
    config,
    log,
    db: openDatabase(env.DB, invocation.session),
    providers,
    derivatives: new DerivativeStore(env.DERIVATIVES_BUCKET),
    coordinator: env.INGEST_COORDINATOR.getByName(coordinatorName),
    pictures,
    queue: env.INGEST_QUEUE,
    suggester,
    limits,
    traceId: invocation.traceId,
    problems: [
      ...config.problems,
      ...problems,
      ...limits.problems,
      ...problemsOf(pictures),
      ...unboundModels(config, suggester),
    ],
  };
}

/**
 * Stands in for an index of pictures that is not bound, as in an environment whose configuration is of a time before it.
 * Nothing is lost that is not placed: an index builds itself from the records once there is one. Looking throws `busy`;
 * whoever can do without the answer asks first whether this is all there is.
 */
export const unboundPictures: PictureFinder = {
  place: async () => {},
  find: async () => {
    throw new AppError("busy", noIndex, { retryAfterSeconds: 60 });
  },
  rebuild: async () => {},
};

const noIndex =
  "The service looks for similar pictures in an index, which is not set up. Whoever runs the service finds on /health what to do.";

function picturesOf(env: Env): PictureFinder {
  const bound: unknown = Reflect.get(env, "PICTURE_INDEX");
  return isNamespace(bound) ? env.PICTURE_INDEX.getByName(pictureIndexName) : unboundPictures;
}

function isNamespace(value: unknown): boolean {
  return typeof value === "object" && value !== null && "getByName" in value;
}

function problemsOf(pictures: PictureFinder): readonly string[] {
  if (pictures !== unboundPictures) return [];
  return [
    "PICTURE_INDEX is not bound, so similar pictures are not found: bind the Durable Object PictureIndex as in wrangler.toml.",
  ];
}

/** The binding is optional: it has no local simulation, and a service without it starts without an account. */
function suggesterOf(env: Env, { suggestions }: Config): Suggester | null {
  if (suggestions === null) return null;
  const ai: unknown = Reflect.get(env, "AI");
  return isAi(ai) ? { ...suggestions, ai } : null;
}

function isAi(value: unknown): value is AiBinding {
  return typeof value === "object" && value !== null && "run" in value;
}

function unboundModels({ suggestions }: Config, suggester: Suggester | null): readonly string[] {
  if (suggestions === null || suggester !== null) return [];
  return [
    "AI_CAPTION_MODEL or AI_DECISION_MODEL is set, but AI is not bound, so nothing is suggested: bind Workers AI as AI.",
  ];
}

/** The network as the runtime offers it. */
function network(log: Logger, send: Network["fetch"] = async (url, init) => fetch(url, init)): Network {
  return {
    fetch: send,
    log,
    wait: async (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    now: () => Date.now(),
    random: () => Math.random(),
  };
}

let isolateConfig: { readonly env: Env; readonly config: Config } | null = null;

/** The environment does not change while an isolate lives, so it is parsed once. */
function configOf(env: Env): Config {
  if (isolateConfig?.env !== env) isolateConfig = { env, config: readConfig({ ...env }) };
  return isolateConfig.config;
}

/** The originals' bucket, or any other R2 binding that the operator has added; never the thumbnails' own. */
function bucketNamed(env: Env, binding: string): R2Bucket | null {
  const found: unknown = Reflect.get(env, binding);
  return binding !== "DERIVATIVES_BUCKET" && isBucket(found) ? found : null;
}

function isBucket(value: unknown): value is R2Bucket {
  const isObject = typeof value === "object" && value !== null;
  return isObject && "head" in value && "createMultipartUpload" in value;
}
