import { describe, expect, test } from "vitest";
import { answer, problem } from "../support/fake-service.ts";
import { jpegLike } from "../support/folder.ts";
import { setUp } from "../support/import-set-up.ts";

const photos = { "a.jpg": jpegLike(10), "b.jpg": jpegLike(20) };

describe("the ingest after sending", () => {
  test("shows names of files on lines of their own, with what a terminal would obey written out", async () => {
    const { service, said, run } = await setUp({ "a\nFailed:\u{1b}[2J\u{202e}.jpg": jpegLike(10) });
    service.process = (object) => {
      object.state = "failed";
      object.error = { code: "corrupt", detail: "It breaks off." };
    };
    expect(await run()).toBe(1);
    expect(said).toContain("  a\\nFailed:\\u001b[2J\\u202e.jpg: corrupt: It breaks off.");
  });

  test("waits for a run that is at it already and then starts its own", async () => {
    const { service, run } = await setUp(photos);
    service.run = {
      id: "other",
      state: "processing",
      counts: { queued: 9, processed: 3, failed: 1 },
      providers: {},
    };
    expect(await run()).toBe(0);
    expect(service.countOf("POST /v1/ingest")).toBe(2);
    expect(service.lastRun?.id).toBe("run-1");
  });

  test("asks for its run by its id when another has ended since", async () => {
    const { service, said, run } = await setUp(photos);
    service.faults.push((request, response) => {
      if (request.url !== "/v1/ingest/status") return false;
      answer(response, 200, { state: "idle", run: null, last_run: { ...service.run, id: "later" } });
      return true;
    });
    service.faults.push((request, response) => {
      if (request.url !== `/v1/ingest/runs/${service.run?.id}`) return false;
      answer(response, 200, {
        ...service.run,
        state: "failed",
        providers: { r2: { error: "It timed out." } },
      });
      return true;
    });
    expect(await run()).toBe(1);
    expect(said).toContain("The ingest ended as failed.");
    expect(said).toContain("  r2: It timed out.");
  });

  test("ends in one sentence when the service has forgotten its run", async () => {
    const { service, run } = await setUp(photos);
    service.faults.push((request, response) => {
      if (request.method !== "GET" || !request.url?.startsWith("/v1/ingest/")) return false;
      if (request.url === "/v1/ingest/status")
        answer(response, 200, { state: "idle", run: null, last_run: null });
      else answer(response, 404, { code: "resource_not_found", detail: "No run with this id is kept." });
      return true;
    });
    await expect(run()).rejects.toThrow("no longer keeps the run of the ingest");
  });

  test("is no failure when it wants a confirmation about other objects", async () => {
    const { service, run } = await setUp(photos);
    service.endState = "needs_confirmation";
    expect(await run()).toBe(0);
  });

  test("has work that got lost put back by a database scan", async () => {
    const { service, run } = await setUp(photos);
    service.process = (object) => {
      if (service.countOf("POST /v1/database/scan") > 0) object.state = "ready";
    };
    expect(await run("--prefix", "2024")).toBe(0);
    expect(service.countOf("POST /v1/database/scan")).toBe(1);
  });

  test("waits for what is pending behind so many records that a count does not reach it", async () => {
    const { service, run, said } = await setUp(photos);
    let looks = 0;
    service.faults.push((request, response) => {
      if (request.url?.includes("state=pending") !== true || request.url.includes("cursor")) return false;
      looks += 1;
      answer(response, 200, { items: [], total: 0, total_capped: true, next_cursor: "0" });
      return true;
    });
    service.process = (object) => {
      if (looks >= 3) object.state = "ready";
    };
    expect(await run()).toBe(0);
    expect(said.join("\n")).toContain("Of these files 2 are ready");
  });

  test("gives up on what never moves and says so", async () => {
    const { service, said, run } = await setUp(photos);
    service.process = () => {};
    expect(await run()).toBe(1);
    expect(said.join("\n")).toContain("2 files are not processed yet, and the service makes no progress");
  });

  test("reports an object that is gone from the records", async () => {
    const { service, said, run } = await setUp(photos);
    service.process = (object) => {
      object.state = "ready";
      service.objects.delete("b.jpg");
    };
    expect(await run()).toBe(1);
    expect(said).toContain("  b.jpg: the service has no media object for this file");
  });

  test("outlives a restart of the service", async () => {
    const { service, run } = await setUp(photos);
    service.faults.push((request, _, seen) => {
      const hit = request.url === "/v1/ingest/status" && seen <= 4;
      if (hit) request.socket.destroy();
      return hit;
    });
    expect(await run()).toBe(0);
  });

  test("ends in one sentence when the service does not come back", async () => {
    const { service, run } = await setUp(photos);
    service.faults.push((request) => {
      const hit = request.url === "/v1/ingest/status";
      if (hit) request.socket.destroy();
      return hit;
    });
    await expect(run()).rejects.toThrow("The service was lost while it was processing");
  });
});

describe("Ctrl-C", () => {
  test("while sending ends at once with a summary, and the next import goes on", async () => {
    const { service, said, stop, run, again } = await setUp({
      "a.jpg": jpegLike(10),
      "b.jpg": jpegLike(10),
      "c.jpg": jpegLike(10),
    });
    service.faults.push((request) => {
      const hit = request.method === "POST" && (request.url ?? "").includes("b.jpg") && !stop.signal.aborted;
      if (hit) stop.abort("polite");
      return hit;
    });
    expect(await run("--concurrency", "1")).toBe(130);
    expect(said.join("\n")).toContain("Uploaded 1 ");
    expect(said).toContain("2 files are left.");
    expect(said).toContain("Run the same command again to continue.");
    expect(await again()).toBe(0);
    expect(said.join("\n")).toContain("Uploaded 2 ");
    expect(service.objects.size).toBe(3);
  });

  test("while the service processes leaves it at it", async () => {
    const { service, said, stop, run } = await setUp(photos);
    service.process = () => stop.abort("polite");
    expect(await run()).toBe(130);
    expect(said.join("\n")).toContain("Uploaded 2 ");
  });

  test("before anything was sent says how to continue", async () => {
    const { service, said, stop, run } = await setUp(photos);
    service.faults.push((request, response) => {
      if (request.url !== "/health") {
        stop.abort("polite");
        problem(response, 500, "internal_error");
      }
      return request.url !== "/health";
    });
    expect(await run()).toBe(130);
    expect(said.at(-1)).toBe("Stopped. Run the same command again to continue.");
  });

  test("in the first request is no complaint about the address", async () => {
    const { stop, run } = await setUp(photos);
    stop.abort("polite");
    expect(await run()).toBe(130);
  });
});
