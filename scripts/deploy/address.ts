import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { systemCode } from "../failure.ts";

const entrySchema = z.looseObject({ type: z.string() });
const deploySchema = z.looseObject({
  type: z.literal("deploy"),
  version_id: z.string().nullish(),
  targets: z.array(z.string()).nullish(),
});

/** What a deploy has made, as far as wrangler tells it. */
export interface Deployed {
  readonly version: string | undefined;
  /** Where the service answers; undefined where it has no address of its own. */
  readonly url: URL | undefined;
}

/** A file that wrangler writes its results into, as lines of JSON. */
export interface ResultFile {
  readonly env: NodeJS.ProcessEnv;
  readonly read: () => Deployed;
  readonly remove: () => void;
}

/** Has wrangler write down what it has deployed, and where. */
export function resultFile(env: NodeJS.ProcessEnv): ResultFile {
  const folder = mkdtempSync(join(env["TMPDIR"] ?? tmpdir(), "tagline-deploy-"));
  const path = join(folder, "results.ndjson");
  return {
    env: { ...env, WRANGLER_OUTPUT_FILE_PATH: path },
    read: () => deployedOf(textOf(path)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return "";
    throw error;
  }
}

/** What the lines of wrangler's results say of a deploy. */
export function deployedOf(results: string): Deployed {
  const entries = results.split("\n").flatMap((line) => {
    const entry = deploySchema.safeParse(entryOf(line));
    return entry.success ? [entry.data] : [];
  });
  const last = entries.at(-1);
  return { version: last?.version_id ?? undefined, url: addressAmong(last?.targets ?? []) };
}

function entryOf(line: string): unknown {
  try {
    return entrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** A custom domain before the address that Cloudflare gives; routes with a pattern and schedules are none. */
function addressAmong(targets: readonly string[]): URL | undefined {
  const custom = targets.flatMap((target) => /^([^\s/*]+) \(custom domain/.exec(target)?.[1] ?? []);
  const given = targets.filter((target) => /^https?:\/\//.test(target));
  const [first] = [...custom.map((host) => `https://${host}`), ...given];
  return first === undefined ? undefined : (URL.parse(first) ?? undefined);
}
