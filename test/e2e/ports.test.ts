import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { portState } from "../../scripts/start/port.ts";
import { holdPort } from "./support/ports.ts";
import { knowOwn } from "./support/service.ts";

/** Somebody's server that answers everything with this status, on a port of its own or this one; its port. */
async function stranger(status: number, port = 0, headers: Record<string, string> = {}): Promise<number> {
  const server = createServer((_request, response) => response.writeHead(status, headers).end("{}"));
  server.listen({ host: "127.0.0.1", port });
  await once(server, "listening");
  onTestFinished(async () => {
    server.close();
    await once(server, "close");
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The stranger has no port.");
  return address.port;
}

test.each([200, 401, 403, 404])(
  "a stranger's server that answers %i is told from the own service",
  async (status) => {
    const port = await stranger(status, 0, { "x-request-id": "another", connection: "close" });
    await expect(knowOwn({ url: `http://127.0.0.1:${port}`, key: "own" })).rejects.toThrow(
      `Somebody else's server is at http://127.0.0.1:${port}: it answered ${status}`,
    );
  },
);

test("no port is held twice, and one that was released can be had again", async () => {
  const held = await Promise.all(Array.from({ length: 20 }, async () => holdPort()));
  expect(new Set(held.map(({ port }) => port)).size).toBe(20);
  for (const { port } of held) expect(await portState("localhost", port, 0)).toBe("free");
  await Promise.all(held.map(async ({ release }) => release()));
  for (const { port } of held) expect(await portState("127.0.0.1", port + 1, 0)).toBe("free");
});

test("a port that somebody listens on is passed over", async () => {
  const { port, release } = await holdPort();
  await release();
  await stranger(200, port, { connection: "close" });
  const next = await holdPort(port);
  onTestFinished(next.release);
  expect(next.port).not.toBe(port);
});

test("ports that are held lie below those that the system gives to whoever asks for any", async () => {
  const range = "/proc/sys/net/ipv4/ip_local_port_range";
  let first = 32_768;
  try {
    first = Number(readFileSync(range, "utf8").split("\t")[0]);
  } catch {
    // Other systems begin higher.
  }
  const { port, release } = await holdPort();
  onTestFinished(release);
  expect(port + 1).toBeLessThan(first);
});
