import { spawn, type ChildProcess } from "node:child_process";

import { freePort } from "../../scripts/start/port.ts";
import { unlimitedConfig } from "./config.ts";
import { projectRoot, wranglerCommand, wranglerEnv } from "../../scripts/wrangler.ts";

/** A `wrangler dev` that was started for a measurement. */
export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
}

/** Starts a Worker by its configuration, the service itself by `service`, with its data below `folder`, and waits until it answers. */
export async function startServer(config: string, folder: string, vars: readonly string[]): Promise<Server> {
  const port = await freePort();
  const args = [
    "dev",
    "--config",
    config === "service" ? unlimitedConfig() : config,
    "--port",
    String(port),
    "--persist-to",
    folder,
    "--log-level",
    "error",
  ];
  const [command, rest] = wranglerCommand([...args, "--show-interactive-dev-session=false", ...vars]);
  const child = spawn(command, rest, {
    cwd: projectRoot,
    env: wranglerEnv(process.env),
    stdio: "ignore",
    detached: true,
  });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 300; attempt++) {
    const answered = await fetch(url).then(
      async (response) => response.text(),
      () => null,
    );
    if (answered !== null) return { url, process: child };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${config} did not start`);
}

/** Ends servers with everything that they have started. */
export function stopServers(servers: readonly Server[]): void {
  for (const { process: child } of servers) if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
}

/** The flags that give Tagline this admin key, and a secret to sign with. */
export function secretVars(key: string): string[] {
  return [
    "--var",
    `API_KEYS:bench:admin:${key}`,
    "--var",
    `SIGNING_SECRET:${"bench-secret".padEnd(40, "0")}`,
  ];
}
