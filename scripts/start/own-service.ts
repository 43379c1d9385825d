import { Failure } from "../failure.ts";
import { keyOf } from "../import/options.ts";
import { freePort } from "./port.ts";
import { start } from "./start.ts";

/** How long a service may take to come up: it is built first, on a machine that may be busy. */
const startsWithinMs = 180_000;

/** What starting a service of a command's own needs. */
export interface Owning {
  /** For its data, secrets and settings; it stays when the service has ended. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stop: AbortSignal;
}

/** A service that a command has started for itself. */
export interface OwnService {
  readonly url: URL;
  readonly key: string;
  /** Ends it, and waits until it has ended. */
  readonly close: () => Promise<void>;
}

/** Starts a service on a free port, with everything of its own in a folder, and waits until it answers. */
export async function startOwn({ folder, env, stop }: Owning): Promise<OwnService> {
  const port = await freePort();
  const ending = new AbortController();
  const said: string[] = [];
  let ended: Promise<number> = Promise.resolve(0);
  const close = async (): Promise<void> => {
    ending.abort("polite");
    await ended.catch(() => {});
  };
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (why: string): void => reject(new Failure([why, ...said].join("\n")));
      const say = (line: string): void => {
        said.push(line);
        if (line.includes("Tagline is running.")) resolve();
      };
      const argv = ["--port", String(port)];
      // Once it runs it is closed when nobody speaks to it any more.
      stop.addEventListener("abort", () => fail("Stopped."), { once: true });
      ended = start({ argv, env, folder, say, stop: ending.signal });
      ended.then(() => fail("The service of this run ended before it answered."), reject);
      setTimeout(() => fail("The service of this run does not answer."), startsWithinMs).unref();
    });
    return { url: new URL(`http://localhost:${port}/`), key: keyOf(undefined, {}, folder), close };
  } catch (error) {
    await close();
    throw error;
  }
}
