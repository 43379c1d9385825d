import { tagline, type Run } from "tagline-client";
import { describe, expect, it, vi } from "vitest";
import { Activity } from "../../../console/src/runs/activity.ts";
import { runWith } from "./support/run.ts";

const going = runWith({ id: "run-1", finished_at: null, state: "scanning" });
const over = runWith({ id: "run-1", counts: { new: 3 } });

interface Played {
  /** What `POST` answers, by path; a status that is none of success for a failure. */
  readonly posts?: Readonly<Record<string, unknown>>;
  readonly status?: () => unknown;
  /** The run each time it is asked for. */
  readonly run?: () => Run | "unreachable";
}

/** An activity over a service that is played, and the bodies that were sent. */
function activityWith({ posts = {}, status, run = () => over }: Played) {
  const sent: [path: string, body: unknown][] = [];
  const service = tagline({
    url: "https://tagline.test",
    key: null,
    retry: { attempts: 1 },
    clock: { now: () => 0, random: () => 0, sleep: () => new Promise((resolve) => setTimeout(resolve, 1)) },
    fetch: async (address, init) => {
      const { pathname: path } = new URL(address);
      if (init.method === "POST") {
        const text =
          init.body === null || init.body === undefined ? "" : await new Response(init.body).text();
        sent.push([path, text === "" ? null : JSON.parse(text)]);
        const answer = posts[path];
        if (typeof answer !== "number") return Response.json(answer);
        return Response.json({ status: answer, code: "internal_error", detail: "x" }, { status: answer });
      }
      if (path === "/v1/ingest/status") return Response.json(status?.());
      if (path === "/v1/ingest/events") return new Response("", { status: 200 });
      const found = run();
      if (found === "unreachable") throw new TypeError("no route to host");
      return Response.json(found);
    },
  });
  const ended: Run[] = [];
  const activity = new Activity(service, { onEnd: (run) => void ended.push(run) });
  return { activity, sent, ended };
}

const started = { "/v1/ingest": { status: "started", run: going } };

describe("a look for photos", () => {
  it("is followed to its end, and the end is told", async () => {
    const { activity, ended } = activityWith({ posts: started });
    expect(await activity.ingest()).toBe(true);
    await vi.waitFor(() => expect(ended).toEqual([over]));
    expect([activity.run, activity.ended]).toEqual([null, over]);
  });

  it("is begun once, however often it is asked for while the service has not answered", async () => {
    const { activity, sent } = activityWith({ posts: started });
    const both = await Promise.all([activity.ingest(), activity.ingest()]);
    expect(both).toEqual([true, false]);
    expect(sent).toHaveLength(1);
  });

  it("says that another one is on already, and follows that", async () => {
    let isOver = false;
    const { activity, ended } = activityWith({
      posts: { "/v1/ingest": { status: "already_running", run: going } },
      run: () => (isOver ? over : going),
    });
    expect(await activity.ingest({ confirm_missing: true })).toBe(false);
    expect(activity.failure).toMatch(/going on already/);
    isOver = true;
    await vi.waitFor(() => expect(ended).toEqual([over]));
    expect(activity.failure).toBe(null);
  });

  it("says why it could not be begun", async () => {
    const { activity } = activityWith({ posts: { "/v1/ingest": 403 } });
    expect(await activity.ingest()).toBe(false);
    expect([activity.failure, activity.isAsking]).toEqual(["You may not do this.", false]);
  });

  it("sends what was asked for", async () => {
    const { activity, sent } = activityWith({
      posts: { ...started, "/v1/database/scan": { status: "started", run: going } },
    });
    await activity.ingest({ full: true, providers: ["r2"] });
    await activity.scan({ retry_failed: true });
    expect(sent).toEqual([
      ["/v1/ingest", { full: true, providers: ["r2"] }],
      ["/v1/database/scan", { retry_failed: true }],
    ]);
  });
});

describe("a run of somebody else", () => {
  it("is found and followed", async () => {
    const { activity, ended } = activityWith({
      status: () => ({ state: "running", run: going, last_run: null }),
    });
    await activity.look();
    await vi.waitFor(() => expect(ended).toEqual([over]));
  });

  it("is found to be stopping", async () => {
    const { activity } = activityWith({
      status: () => ({ state: "cancelling", run: going, last_run: null }),
      run: () => going,
    });
    await activity.look();
    expect(activity.isStopping).toBe(true);
  });
});

describe("a connection that is away", () => {
  it("leaves the run on, says so, and the run's end is told when it is back", async () => {
    let isAway = true;
    const { activity, ended } = activityWith({
      posts: started,
      run: () => (isAway ? "unreachable" : over),
      status: () => ({ state: "idle", run: null, last_run: over }),
    });
    await activity.ingest();
    await vi.waitFor(() => expect(activity.failure).toMatch(/cannot be reached/));
    expect(activity.run).toEqual(going);
    isAway = false;
    await activity.look();
    expect([ended, activity.run, activity.failure]).toEqual([[over], null, null]);
  });
});

describe("a stop", () => {
  it("is asked for once, and shown until the run has ended", async () => {
    const { activity, sent } = activityWith({
      posts: { ...started, "/v1/ingest/cancel": { state: "cancelling", run: going, last_run: null } },
      run: () => going,
    });
    await activity.ingest();
    await Promise.all([activity.stop(), activity.stop()]);
    expect(activity.isStopping).toBe(true);
    expect(sent.filter(([path]) => path === "/v1/ingest/cancel")).toHaveLength(1);
  });

  it("that the service does not take is none, and says why", async () => {
    const { activity } = activityWith({
      posts: { ...started, "/v1/ingest/cancel": 503 },
      run: () => going,
    });
    await activity.ingest();
    await activity.stop();
    expect([activity.isStopping, activity.failure]).toEqual([
      false,
      "The service is busy. Try again in a moment.",
    ]);
  });
});
