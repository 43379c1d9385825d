import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { projectRoot } from "../../../scripts/wrangler.ts";

const program = join(projectRoot, "node_modules/workerd/bin/workerd");

/** A Worker alone, without anything that wrangler puts around it; it may speak to this machine. */
const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-01-01",
    )),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

const listenSchema = z.object({ event: z.literal("listen"), port: z.number() });

/** A Worker that runs. */
export interface RunningWorker {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Runs a Worker, which is one module, in workerd; its files go into a folder. */
export async function startWorker(folder: string, script: string): Promise<RunningWorker> {
  await writeFile(join(folder, "worker.js"), script);
  await writeFile(join(folder, "worker.capnp"), configuration);
  const child = spawn(program, ["serve", join(folder, "worker.capnp"), "--control-fd=1"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async (): Promise<void> => {
    const ended = once(child, "exit");
    if (child.exitCode === null && child.kill()) await ended;
  };
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const { port } = listenSchema.parse(JSON.parse(line));
      return { url: `http://127.0.0.1:${port}/`, stop };
    }
    throw new Error("workerd ended before it listened.");
  } catch (error) {
    await stop();
    throw error;
  }
}
