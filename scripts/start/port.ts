import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { systemCode } from "../failure.ts";

const connectTimeoutMs = 1_000;
// What an earlier run held is free again within this time after its end.
const usualPatienceMs = 2_000;
const lookAgainMs = 200;

/** Whether a port can be listened on: it can, somebody else has it, or the system does not let us. */
export type PortState = "free" | "taken" | "forbidden";

function addressesOf(host: string): string[] {
  return host === "localhost" ? ["127.0.0.1", "::1"] : [host];
}

async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  socket.setTimeout(connectTimeoutMs, () => void socket.destroy(new Error("timeout")));
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function listenOnce(host: string, port: number): Promise<PortState> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, "listening");
    return "free";
  } catch (error) {
    if (systemCode(error) === "EADDRINUSE") return "taken";
    // A machine without IPv6 has nothing to collide with there.
    return systemCode(error) === "EACCES" ? "forbidden" : "free";
  } finally {
    server.close();
  }
}

async function look(host: string, port: number): Promise<PortState> {
  for (const address of addressesOf(host)) {
    // Some systems allow a second listener on a narrower address, so knock first.
    const state = (await answers(address, port)) ? "taken" : await listenOnce(address, port);
    if (state !== "free") return state;
  }
  return "free";
}

/** Looks whether a port can be had, and waits a moment for one that is just being given up. */
export async function portState(
  host: string,
  port: number,
  patienceMs = usualPatienceMs,
): Promise<PortState> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const state = await look(host, port);
    if (state !== "taken" || Date.now() >= deadline) return state;
    await sleep(lookAgainMs);
  }
}

/** A port that nobody has at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
