import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort, portState } from "../../../scripts/start/port.ts";
import { askHealth, waitForHealth } from "../../../scripts/start/ready.ts";

async function listenOn(host: string): Promise<{ port: number; close: () => void }> {
  const port = await freePort();
  const server = createServer().listen({ host, port });
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { port, close: () => void server.close() };
}

test("a port that nobody has is free", async () => {
  expect(await portState("localhost", await freePort())).toBe("free");
});

test.each(["127.0.0.1", "0.0.0.0"])("a port that somebody has on %s is taken", async (host) => {
  const { port } = await listenOn(host);
  expect(await portState("localhost", port, 0)).toBe("taken");
});

test("a port that is given up in a moment is waited for", async () => {
  const { port, close } = await listenOn("127.0.0.1");
  setTimeout(close, 300);
  expect(await portState("localhost", port)).toBe("free");
});

test("a port that somebody holds without taking connections is taken", async () => {
  const { port } = await listenOn("127.0.0.2");
  expect(await portState("0.0.0.0", port, 0)).toBe("taken");
});

test("a service is waited for until it answers", async () => {
  const port = await freePort();
  const server = createHttpServer((_, response) => void response.writeHead(503).end('{"status":"degraded"}'));
  onTestFinished(() => void server.close());
  setTimeout(() => void server.listen(port, "127.0.0.1"), 300);
  const health = await waitForHealth(
    new URL(`http://127.0.0.1:${port}/health`),
    new AbortController().signal,
  );
  expect(health).toEqual({ status: 503, body: '{"status":"degraded"}' });
});

test("nobody waits for a service after the end", async () => {
  const url = new URL(`https://127.0.0.1:${await freePort()}/health`);
  expect(await askHealth(url)).toBeUndefined();
  expect(await waitForHealth(url, AbortSignal.abort())).toBeUndefined();
});
