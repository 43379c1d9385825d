import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";

const printer = fileURLToPath(new URL("print-openapi.ts", import.meta.url));

/** More than the document will ever have; it has 0.4 MB. */
const mostBytes = 64 * 1024 * 1024;

/** A released version is no change of the interface, so the snapshot names none. */
const anyVersion = "0.0.0";

const documentSchema = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ version: z.string() }),
  paths: z.record(z.string(), z.unknown()),
});

/** The OpenAPI document of the Worker's source, in lines, and the same for every version and every address. */
export async function openApiText(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [printer], { maxBuffer: mostBytes });
  const document = documentSchema.parse(JSON.parse(stdout));
  const anonymous = { ...document, info: { ...document.info, version: anyVersion } };
  return `${JSON.stringify(anonymous, null, 2)}\n`;
}
