import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { portState } from "../../../scripts/start/port.ts";

/**
 * Below what systems give away by themselves (Linux from 32768, macOS and Windows from 49152), so that nobody who asks for
 * any port gets one of these, and above what services are known by.
 */
const lowest = 20_000;
const pairs = 5_000;

/** A port that no other test takes until it is released, though nobody listens on it for a while. */
export interface HeldPort {
  readonly port: number;
  readonly release: () => Promise<void>;
}

/**
 * Takes a port for a service that may be killed and started again on it. The port itself has to stay free for the
 * service, so what is held is the next one: whoever wants a port of these takes that first. The search begins at `from`.
 */
export async function holdPort(from = lowest + 2 * Math.floor(Math.random() * pairs)): Promise<HeldPort> {
  const first = (from - lowest) / 2;
  for (let step = 0; step < pairs; step += 1) {
    const port = lowest + 2 * ((first + step) % pairs);
    const guard = await listenOn(port + 1);
    if (guard === undefined) continue;
    const release = async (): Promise<void> => {
      guard.close();
      await once(guard, "close");
    };
    if ((await portState("localhost", port, 0)) === "free") return { port, release };
    await release();
  }
  throw new Error("All ports for tests are taken.");
}

async function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer((socket) => void socket.destroy());
  try {
    server.listen({ host: "127.0.0.1", port, exclusive: true });
    await once(server, "listening");
    // It keeps nobody from ending.
    return server.unref();
  } catch {
    server.close();
    return undefined;
  }
}
