import fc from "fast-check";
import { expect, test } from "vitest";

import { backoffMs, retryAfterOf } from "../../packages/client/src/http/retry.ts";
import { clientOf, errorOf, problem, quickClock, replying, type Reply } from "../support/client/service.ts";
import "../support/setup.ts";

const about = "/v1/about";
const limited = (seconds: string) => problem(429, "rate_limited", { "retry-after": seconds });
const unavailable = (code: string) => problem(503, code, { "retry-after": "2" });
const noWords = {
  params: { path: { id: "00000000-0000-4000-8000-000000000000" } },
  body: { object_metadata: {} },
};
const prefix = { body: { prefix: "a/" } };

/** A client on a quick clock, behind a service that replies so. */
function behind(...replies: readonly Reply[]) {
  const clock = quickClock();
  const { fetch, sent } = replying(...replies);
  return { clock, fetch, sent };
}

test("a call waits as long as the service asks, and is sent again", async () => {
  const { clock, fetch, sent } = behind(limited("3"), limited("4"));
  const waits: number[] = [];
  const client = clientOf({ fetch, clock, retry: { onWait: (ms) => void waits.push(ms) } });
  const { response } = await client.api.GET(about);
  expect(response.status).toBe(200);
  expect(sent).toHaveLength(3);
  expect(clock.pauses).toEqual([3_000, 4_000]);
  expect(waits).toEqual([3_000, 4_000]);
});

test("no other call of the same client goes out while the service asks to wait", async () => {
  const { clock, fetch, sent } = behind(limited("9"));
  const [held, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    await end.promise;
    await clock.sleep(ms, signal);
  };
  const client = clientOf({ fetch, clock: { ...clock, sleep }, retry: { onWait: () => held.resolve() } });
  const first = client.api.GET(about);
  await held.promise;
  const second = client.api.GET(about);
  await scheduler.wait(1);
  expect(sent).toHaveLength(1);
  end.resolve();
  await Promise.all([first, second]);
  expect(sent).toHaveLength(3);
});

test("a pause that is longer than the client may wait is not begun, and is told", async () => {
  const { clock, fetch, sent } = behind(limited("6"), limited("5"));
  const error = await errorOf(clientOf({ fetch, clock, retry: { maxWaitMs: 10_000 } }).api.GET(about));
  expect(error).toMatchObject({ code: "rate_limited", status: 429, retryAfter: 5 });
  expect(sent).toHaveLength(2);
  expect(clock.pauses).toEqual([6_000]);
});

test("a client that may not wait tells the first refusal", async () => {
  const { clock, fetch } = behind(limited("1"));
  const error = await errorOf(clientOf({ fetch, clock, retry: { maxWaitMs: 0 } }).api.GET(about));
  expect([error.retryAfter, clock.pauses]).toEqual([1, []]);
});

test.each(["0", "Thu, 01 Jan 1970 00:00:00 GMT"])(
  "a service that asks for no time (%s) is asked again a second later, and not for ever",
  async (value) => {
    const { clock, fetch, sent } = behind(...Array.from({ length: 9 }, () => limited(value)));
    const error = await errorOf(clientOf({ fetch, clock, retry: { maxWaitMs: 2_500 } }).api.GET(about));
    expect([error.code, sent.length, clock.pauses]).toEqual(["rate_limited", 3, [1_000, 1_000]]);
  },
);

test("a client that may not wait does not ask again either where no time is asked for", async () => {
  const { clock, fetch, sent } = behind(limited("0"));
  await errorOf(clientOf({ fetch, clock, retry: { maxWaitMs: 0 } }).api.GET(about));
  expect(sent).toHaveLength(1);
});

test("what was refused for its number is sent again, whatever it does", async () => {
  const { clock, fetch, sent } = behind(limited("1"));
  await clientOf({ fetch, clock }).api.POST("/v1/ingest", prefix);
  expect(sent.map(({ method }) => method)).toEqual(["POST", "POST"]);
});

test.each(["busy", "storage_rate_limited"])(
  "a POST is sent again after a 503 with %s, with which nothing was done",
  async (code) => {
    const { clock, fetch, sent } = behind(unavailable(code));
    await clientOf({ fetch, clock }).api.POST("/v1/ingest", prefix);
    expect([sent.length, clock.pauses]).toEqual([2, [2_000]]);
  },
);

test("a POST of which nobody knows whether it was done is not sent again", async () => {
  for (const reply of [
    unavailable("database_unavailable"),
    problem(500, "internal_error"),
    new TypeError("reset"),
  ]) {
    const { clock, fetch, sent } = behind(reply);
    await errorOf(clientOf({ fetch, clock }).api.POST("/v1/ingest", prefix));
    expect(sent).toHaveLength(1);
  }
});

test("a caller may say that a POST can be repeated", async () => {
  const asked: unknown[] = [];
  const { clock, fetch, sent } = behind(new TypeError("reset"));
  const repeats = (request: { readonly method: string; readonly path: string }): boolean => {
    asked.push(request);
    return true;
  };
  await clientOf({ fetch, clock, retry: { repeats } }).api.POST("/v1/ingest", prefix);
  expect(sent).toHaveLength(2);
  expect(asked).toEqual([{ method: "POST", path: "/v1/ingest" }]);
});

test("a PATCH is sent again after a pause, unless its If-Match would fail on itself", async () => {
  const plain = behind(unavailable("database_unavailable"));
  const first = clientOf({ fetch: plain.fetch, clock: plain.clock });
  expect((await errorOf(first.api.PATCH("/v1/media/{id}", noWords))).code).not.toBe("database_unavailable");
  const bound = behind(unavailable("database_unavailable"));
  const second = clientOf({ fetch: bound.fetch, clock: bound.clock });
  const call = second.api.PATCH("/v1/media/{id}", { ...noWords, headers: { "if-match": '"0-0"' } });
  expect((await errorOf(call)).code).toBe("database_unavailable");
  expect([plain.sent.length, bound.sent.length]).toEqual([2, 1]);
});

test("reading is tried again after each failure, at growing intervals, as often as the caller says", async () => {
  const failures = [
    new TypeError("reset"),
    problem(500, "internal_error"),
    problem(502, "storage_unavailable"),
  ];
  const { clock, fetch, sent } = behind(...failures);
  const error = await errorOf(clientOf({ fetch, clock, retry: { attempts: 3 } }).api.GET(about));
  expect(error.code).toBe("storage_unavailable");
  expect(sent).toHaveLength(3);
  expect(clock.pauses).toEqual([250, 500]);
});

test("an answer that breaks off is asked for again", async () => {
  const broken = new ReadableStream({
    pull: (to) => to.error(new Error("broken off")),
  });
  const { clock, fetch, sent } = behind(
    new Response(broken, { headers: { "content-type": "application/json" } }),
  );
  await clientOf({ fetch, clock }).api.GET(about);
  expect(sent).toHaveLength(2);
});

test("what is wrong for good is not sent again", async () => {
  for (const reply of [
    problem(404, "resource_not_found"),
    problem(422, "validation_error"),
    new Response(null, { status: 302 }),
  ]) {
    const { clock, fetch, sent } = behind(reply);
    await errorOf(clientOf({ fetch, clock }).api.GET(about));
    expect(sent).toHaveLength(1);
  }
});

test("a caller who leaves during a pause is not kept", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const { fetch } = replying(limited("30"));
  const call = clientOf({ fetch, retry: { onWait: () => stop.abort(reason) } }).api.GET(about, {
    signal: stop.signal,
  });
  await expect(call).rejects.toBe(reason);
});

const now = Date.UTC(2026, 10, 29, 12);

test.each([
  ["0", 0],
  [" 17 ", 17],
  ["Sun, 29 Nov 2026 12:00:30 GMT", 30],
  ["Sun, 29 Nov 2026 11:59:00 GMT", 0],
  ["Sunday, 29-Nov-26 12:00:07 GMT", 7],
  ["", null],
  ["-1", null],
  ["1.5", null],
  ["soon", null],
  ["2026", 2026],
  ["1e3", null],
  ["99999999999", null],
])("Retry-After %j asks for %j seconds", (value, seconds) => {
  expect(retryAfterOf(value, now)).toBe(seconds);
});

test("whatever Retry-After says, it asks for no time or for a whole number of seconds that is not negative", () => {
  const value = fc.oneof(
    fc.string(),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    fc.nat().map(String),
  );
  fc.assert(
    fc.property(value, (text) => {
      const seconds = retryAfterOf(text, now);
      return seconds === null || (Number.isSafeInteger(seconds) && seconds >= 0);
    }),
  );
});

test("a pause between two attempts never shrinks by more than chance, and has an end", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const ms = backoffMs(attempt, random);
        return (
          ms >= 250 && ms <= 16_000 && ms <= 2 * backoffMs(attempt, 0) && backoffMs(attempt + 1, 1) >= ms
        );
      },
    ),
  );
});
