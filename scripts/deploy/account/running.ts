import { z } from "zod";
import type { Section } from "../config.ts";
import type { Lack } from "./resources.ts";
import { ask, jsonOf, reasonOf, targetFlags, type Network } from "../surroundings.ts";

/** What the running version of a Worker works on, by its bindings: a database's id, the name of a bucket or queue. */
export type Bound = ReadonlyMap<string, string>;

/** The version of a Worker that answers most requests, or that none does. */
export type Running =
  | { readonly kind: "none" }
  | { readonly kind: "version"; readonly id: string; readonly bound: Bound }
  | { readonly kind: "unknown"; readonly reason: string };

const deploymentSchema = z.looseObject({
  versions: z.array(z.looseObject({ version_id: z.string(), percentage: z.number() })).min(1),
});

const bindingSchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  id: z.string().nullish(),
  database_id: z.string().nullish(),
  bucket_name: z.string().nullish(),
  jurisdiction: z.string().nullish(),
  queue_name: z.string().nullish(),
});

const versionSchema = z.looseObject({
  resources: z.looseObject({ bindings: z.array(bindingSchema) }),
});

/** What Cloudflare (error 10007) and wrangler say of a Worker that was never deployed. */
const undeployed = /\bhas no deployments\b|\bWorker does not exist\b|\[code: 10007\]/;
const unknownForm = "wrangler answered in a form that this command does not know.";

/** Which version runs, and what it works on. */
export async function findRunning(surroundings: Network, env: string | undefined): Promise<Running> {
  const target = targetFlags(surroundings, env);
  const status = await ask(surroundings, ["deployments", "status", "--json", ...target]);
  if (status.code !== 0) {
    const isNew = undeployed.test(status.output);
    return isNew ? { kind: "none" } : { kind: "unknown", reason: reasonOf(status) };
  }
  const deployment = deploymentSchema.safeParse(jsonOf(status));
  const [most] = deployment.data?.versions.toSorted((one, other) => other.percentage - one.percentage) ?? [];
  if (most === undefined) return { kind: "unknown", reason: unknownForm };
  const view = await ask(surroundings, ["versions", "view", most.version_id, "--json", ...target]);
  if (view.code !== 0) return { kind: "unknown", reason: reasonOf(view) };
  const version = versionSchema.safeParse(jsonOf(view));
  if (!version.success) return { kind: "unknown", reason: unknownForm };
  return { kind: "version", id: most.version_id, bound: boundBy(version.data.resources.bindings) };
}

function boundBy(bindings: readonly z.infer<typeof bindingSchema>[]): Bound {
  const bound = new Map<string, string>();
  for (const {
    name,
    type,
    id,
    database_id: databaseId,
    bucket_name: bucket,
    jurisdiction,
    queue_name: queue,
  } of bindings) {
    const target =
      type === "d1"
        ? (databaseId ?? id)
        : type === "r2_bucket"
          ? placed(bucket, jurisdiction)
          : type === "queue"
            ? queue
            : null;
    if (target !== null && target !== undefined) bound.set(name, target);
  }
  return bound;
}

function placed(bucket: string | null | undefined, jurisdiction: string | null | undefined): string | null {
  if (bucket === null || bucket === undefined) return null;
  // Cloudflare calls it "default" that a bucket has to stay nowhere.
  const isBound = jurisdiction !== null && jurisdiction !== undefined && jurisdiction !== "default";
  return isBound ? `${bucket} (${jurisdiction})` : bucket;
}

/**
 * One sentence for each thing that the running version works on and the new one would not: another database, bucket or
 * queue of the same binding, or one that is gone. An empty one would hide what people wrote, and ingest would fill it.
 */
export function movedProblems(section: Section, running: Running, lack: Lack): string[] {
  if (running.kind === "none") return [];
  if (running.kind === "unknown") return [`The running version could not be looked at: ${running.reason}`];
  const { d1_databases: databases = [], r2_buckets: buckets = [], queues = {} } = section;
  const wanted = [
    ...databases.map(({ binding, database_name: name, database_id: id }) => ({
      binding,
      kind: "database",
      name: name ?? id ?? "",
      target: lack.databases.get(binding),
    })),
    ...buckets.map(({ binding, bucket_name: name, jurisdiction }) => {
      const isLacking = lack.resources.some((each) => each.kind === "bucket" && each.name === name);
      return {
        binding,
        kind: "bucket",
        name: name ?? "",
        target: isLacking ? undefined : placed(name, jurisdiction),
      };
    }),
    ...(queues.producers ?? []).map(({ binding, queue: name }) => {
      const isLacking = lack.resources.some((each) => each.kind === "queue" && each.name === name);
      return { binding, kind: "queue", name, target: isLacking ? undefined : name };
    }),
  ];
  const cure = "give it back its name, or say --other-storage if that is meant";
  return wanted.flatMap(({ binding, kind, name, target }) => {
    const now = running.bound.get(binding);
    if (now === undefined || now === target) return [];
    const found = target === undefined ? "which the account does not have" : "which is another one";
    return [
      `The running version has ${now} as its ${kind} ${binding}, the new one would have ${name}, ${found}: ${cure}.`,
    ];
  });
}
