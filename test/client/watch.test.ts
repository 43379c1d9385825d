import { expect, test } from "vitest";

import { tagline, type Fetch, type Run } from "../../packages/client/src/index.ts";
import { World } from "../ingest/support/world.ts";
import { photo } from "../ingest/support/photos.ts";
import { address, clientOf, errorOf, problem, quickClock, replying } from "../support/client/service.ts";
import { keys } from "../support/keys.ts";
import "../support/setup.ts";

/** The client of a world, whose clock is moved on with each pause; `fetch` comes before the world where it is given. */
function clientIn(world: World, onRequest: (path: string) => Promise<void> | void = () => {}) {
  const asked: string[] = [];
  const fetch: Fetch = async (url, init) => {
    const { pathname } = new URL(url);
    asked.push(pathname);
    await onRequest(pathname);
    return world.api(pathname, init);
  };
  const clock = quickClock();
  return { archive: tagline({ url: address, key: keys.admin, fetch, clock }), asked, clock };
}

async function statesOf(runs: AsyncIterable<Run>): Promise<string[]> {
  const states: string[] = [];
  for await (const { state } of runs) states.push(state);
  return states;
}

test("a media object is waited for until it is processed, and unchanged ones are not sent again", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  await world.startIngest();
  const { archive, asked, clock } = clientIn(world, async () => {
    if (asked.length === 4) await world.drain();
  });
  const [list] = world.takeAll();
  await world.deliver(list);
  const { data } = await archive.api.GET("/v1/media");
  const ready = await archive.waitUntilReady(data.items[0]?.id ?? "");
  expect(ready).toMatchObject({ object_key: "a.jpg", state: "ready", intrinsic: { width: 8 } });
  expect(asked).toHaveLength(4);
  expect(clock.pauses).toEqual([250, 375]);
});

test.each(["failed", "unsupported", "ready"])("waiting ends with the state %s", async (state) => {
  const media = (now: string) => Response.json({ id: "x", state: now }, { headers: { etag: `"0-${now}"` } });
  const { fetch, sent } = replying(media("pending"), new Response(null, { status: 304 }), media(state));
  const ready = await clientOf({ fetch, clock: quickClock() }).waitUntilReady("x");
  expect(ready.state).toBe(state);
  expect(sent.map(({ headers }) => headers.get("if-none-match"))).toEqual([
    null,
    '"0-pending"',
    '"0-pending"',
  ]);
});

test("the looks become rarer, to one in five seconds", async () => {
  const pending = Array.from({ length: 12 }, () => Response.json({ id: "x", state: "pending" }));
  const { fetch } = replying(...pending, Response.json({ id: "x", state: "ready" }));
  const clock = quickClock();
  await clientOf({ fetch, clock }).waitUntilReady("x");
  expect(clock.pauses.slice(0, 3)).toEqual([250, 375, 562.5]);
  expect(clock.pauses.slice(-2)).toEqual([5_000, 5_000]);
});

test("who waits for what is deleted, or waits no longer, is told", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const { fetch } = replying(
    problem(404, "resource_not_found"),
    Response.json({ id: "x", state: "pending" }),
  );
  const archive = clientOf({ fetch });
  expect((await errorOf(archive.waitUntilReady("x"))).code).toBe("resource_not_found");
  const waiting = archive.waitUntilReady("x", { signal: stop.signal });
  stop.abort(reason);
  await expect(waiting).rejects.toBe(reason);
});

test("an ingest is started, and joined by who comes second", async () => {
  const world = await World.create();
  const { archive } = clientIn(world);
  const first = await archive.ingest({ prefix: "2024/" });
  expect(first).toMatchObject({ kind: "ingest", state: "scanning", finished_at: null });
  expect((await archive.ingest()).id).toBe(first.id);
});

test("a run is told from the stream of events, on each change, to its end", { timeout: 20_000 }, async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  const { archive, asked } = clientIn(world);
  const { id } = await archive.ingest();
  const [states] = await Promise.all([statesOf(archive.follow(id)), world.drain()]);
  expect(states).toEqual(["scanning", "completed"]);
  expect(asked).toEqual(["/v1/ingest", "/v1/ingest/events"]);
});

test("a run that is over is told once, although another one was on since", async () => {
  const world = await World.create();
  const { run } = await world.ingest();
  world.advance(1_000);
  await world.ingest();
  const { archive } = clientIn(world);
  expect(await statesOf(archive.follow(run.id))).toEqual(["completed"]);
});

test("a run that is over is told while another one is on", async () => {
  const world = await World.create();
  const { run } = await world.ingest();
  world.advance(1_000);
  await world.startIngest();
  const { archive } = clientIn(world);
  expect(await statesOf(archive.follow(run.id))).toEqual(["completed"]);
  await world.drain();
});

test("a run that nobody keeps is an error", async () => {
  const world = await World.create();
  const { archive } = clientIn(world);
  const nobody = "00000000-0000-4000-8000-000000000000";
  expect((await errorOf(statesOf(archive.follow(nobody)))).code).toBe("resource_not_found");
});

const run = (state: string, processed = 0): unknown => ({
  id: "r",
  state,
  counts: { processed },
  finished_at: state === "completed" ? "2026-01-01T00:00:00Z" : null,
});

/** An answer with events, which breaks off where `breaks`. */
function events(texts: readonly string[], breaks = false): Response {
  const pieces = texts.map((text) => new TextEncoder().encode(text));
  const body = new ReadableStream({
    pull: (to) => {
      const piece = pieces.shift();
      if (piece !== undefined) to.enqueue(piece);
      else if (breaks) to.error(new Error("broken off"));
      else to.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

const event = (id: string, now: unknown): string =>
  `event: status\nid: ${id}\ndata: ${JSON.stringify({ state: "running", run: now, last_run: null })}\n\n`;

test.each([true, false])(
  "a stream that ends before the run (broken off: %s) is taken up where it was",
  async (breaks) => {
    const { fetch, sent } = replying(
      events([event("1", run("scanning"))], breaks),
      Response.json(run("processing", 3)),
      events([event("7", run("processing", 3)), event("8", run("completed", 4))]),
    );
    const seen: unknown[] = [];
    for await (const each of clientOf({ fetch, clock: quickClock() }).follow("r")) seen.push(each);
    expect(seen).toEqual([run("scanning"), run("processing", 3), run("completed", 4)]);
    expect(sent.map(({ headers }) => headers.get("last-event-id"))).toEqual([null, null, "1"]);
  },
);

test("where the stream brings nothing, the run itself is asked for", async () => {
  const { fetch, sent } = replying(
    problem(404, "resource_not_found"),
    Response.json(run("scanning")),
    Response.json(run("scanning")),
    Response.json(run("processing", 1)),
    Response.json(run("completed", 1)),
  );
  expect(await statesOf(clientOf({ fetch, clock: quickClock() }).follow("r"))).toEqual([
    "scanning",
    "processing",
    "completed",
  ]);
  expect(sent.map(({ url }) => new URL(url).pathname)).toEqual([
    "/v1/ingest/events",
    ...Array.from({ length: 4 }, () => "/v1/ingest/runs/r"),
  ]);
});

test("a key that may not follow is refused, and not asked again", async () => {
  const { fetch, sent } = replying(problem(403, "insufficient_scope"));
  expect((await errorOf(statesOf(clientOf({ fetch }).follow("r")))).code).toBe("insufficient_scope");
  expect(sent).toHaveLength(1);
});

test("who stops following lets go of the stream", async () => {
  const left = Promise.withResolvers<void>();
  const body = new ReadableStream({
    start: (to) => to.enqueue(new TextEncoder().encode(event("1", run("scanning")))),
    cancel: () => left.resolve(),
  });
  const { fetch } = replying(new Response(body, { headers: { "content-type": "text/event-stream" } }));
  for await (const each of clientOf({ fetch }).follow("r")) if (each) break;
  await expect(left.promise).resolves.toBeUndefined();
});

test("who stops following leaves at once, also where the stream does not heed the signal", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const body = new ReadableStream({ pull: () => stop.abort(reason) }, { highWaterMark: 0 });
  const { fetch } = replying(new Response(body, { headers: { "content-type": "text/event-stream" } }));
  const following = statesOf(clientOf({ fetch }).follow("r", { signal: stop.signal }));
  await expect(following).rejects.toBe(reason);
});
