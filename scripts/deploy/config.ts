import { readFileSync } from "node:fs";
import { parse, TomlError } from "smol-toml";
import { z } from "zod";
import { describe, Failure } from "../failure.ts";

const database = z.looseObject({
  binding: z.string(),
  database_name: z.string().optional(),
  database_id: z.string().optional(),
});
const bucket = z.looseObject({
  binding: z.string(),
  bucket_name: z.string().optional(),
  jurisdiction: z.string().optional(),
});
const producer = z.looseObject({ binding: z.string(), queue: z.string() });
const consumer = z.looseObject({ queue: z.string(), dead_letter_queue: z.string().optional() });
const rateLimit = z.looseObject({ name: z.string(), namespace_id: z.string() });
const durableObject = z.looseObject({ name: z.string(), script_name: z.string().optional() });

/** What one deployment is made of: the top level of the configuration, or one of its environments. */
const sectionSchema = z.looseObject({
  name: z.string().optional(),
  account_id: z.string().optional(),
  route: z.unknown().optional(),
  routes: z.array(z.unknown()).optional(),
  vars: z.record(z.string(), z.unknown()).optional(),
  d1_databases: z.array(database).optional(),
  r2_buckets: z.array(bucket).optional(),
  queues: z
    .looseObject({
      producers: z.array(producer).optional(),
      consumers: z.array(consumer).optional(),
    })
    .optional(),
  ratelimits: z.array(rateLimit).optional(),
  durable_objects: z.looseObject({ bindings: z.array(durableObject).optional() }).optional(),
});

const configSchema = sectionSchema.extend({ env: z.record(z.string(), sectionSchema).optional() });

/** The part of a deployment's configuration that the scripts look at; the rest is wrangler's. */
export type Section = z.infer<typeof sectionSchema>;

/** The whole configuration: production at the top level, environments below it. */
export type DeployConfig = z.infer<typeof configSchema>;

/**
 * Reads a configuration of wrangler's, in TOML, or in JSON where its name says so. A file that cannot be read as one is a
 * failure that names it and what does not fit.
 */
export function readConfig(path: string): DeployConfig {
  let table: unknown;
  try {
    const text = readFileSync(path, "utf8");
    table = path.endsWith(".json") ? JSON.parse(text) : parse(text);
  } catch (error) {
    const reason = error instanceof TomlError ? (error.message.split("\n")[0] ?? "") : describe(error);
    throw new Failure(`${path} cannot be read: ${reason}`);
  }
  const parsed = configSchema.safeParse(table);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Failure(`${path} does not fit at ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}
