import { type Command, readCommand } from "../arguments.ts";
import { keyOf, serviceFlags, serviceVariables, urlOf } from "../import/options.ts";

/** Which service is tried. */
export interface SmokeOptions {
  readonly url: URL;
  readonly key: string;
}

/** `npm run smoke` as its help tells it. */
export const smokeCommand = {
  name: "npm run smoke",
  about:
    "Tries whether a service works: asks /health, sends in a photo that it draws, waits until the photo is processed, looks at its thumbnail, describes it, finds it, and deletes it for good. Touches no other photo. With a key without the scope admin, or without a storage provider that takes uploads, it only reads. Ends with 1 where something does not work.",
  flags: serviceFlags,
  variables: serviceVariables,
} as const satisfies Command;

/** Reads the command line of `npm run smoke`. */
export function smokeOptions(argv: readonly string[], env: NodeJS.ProcessEnv, root: string): SmokeOptions {
  const { url, key } = readCommand(smokeCommand, argv).values;
  return { url: urlOf(url), key: keyOf(key, env, root) };
}
