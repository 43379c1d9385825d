/** `npm run generate`: the snapshot of the OpenAPI document, and the client's types, from the source of the Worker. */
import { runMain } from "./failure.ts";
import { generate } from "./generate/generate.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await runMain(() => generate({ argv: process.argv.slice(2), say }));
