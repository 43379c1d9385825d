import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";

import { aiEnv, models } from "../../support/ai/stand-in.ts";
import { buildMany, insertMany } from "../../support/records/media.ts";
import "../../support/setup.ts";
import { rowOf } from "../support/rows.ts";
import { exhausted } from "../support/world.ts";
import {
  insertKeywords,
  keyOf,
  minuteMs,
  processTasks,
  shownAt,
  states,
  suggestionAt,
  wake,
  worldWith,
} from "./support.ts";

const first = keyOf(0);

describe("a scan for suggestions", () => {
  test("has models asked about photos that were processed before there were any", async () => {
    const { world, ai } = await worldWith({}, { photos: 12 });
    await world.ingest();
    await env.DB.prepare("DELETE FROM suggestions").run();
    ai.calls.length = 0;
    const { run } = await world.scan({ suggestions: true });
    expect(run).toMatchObject({ state: "completed", counts: { scanned: 12 } });
    expect(ai.calls).toHaveLength(12);
    expect(await states()).toEqual({ open: 12 });
  });

  test("asks nothing again that was said, refused or has nothing to say", async () => {
    const { world, ai } = await worldWith(
      { caption: ({ number }) => (number === 0 ? "" : "A dog.") },
      { photos: 3 },
    );
    await world.ingest();
    await env.DB.prepare(
      `UPDATE suggestions SET state = 'closed', verdicts = '{"description":"refused"}' WHERE state = 'open'
       AND media_id = (SELECT max(media_id) FROM suggestions WHERE state = 'open')`,
    ).run();
    await world.scan({ suggestions: true });
    expect(ai.calls).toHaveLength(3);
    expect(await states()).toEqual({ closed: 2, open: 1 });
  });

  test("asks once more where every attempt has failed", async () => {
    const { world, ai } = await worldWith({ instead: () => ({}) });
    await world.ingest();
    for (let time = 0; time < 5; time++) {
      world.advance(2 * 60 * minuteMs);
      await wake(world);
    }
    expect(await states()).toEqual({ failed: 1 });
    ai.answers = {};
    await world.scan({ suggestions: true });
    expect(await states()).toEqual({ open: 1 });
  });

  test("asks about keywords once the archive has some", async () => {
    const { world, ai } = await worldWith({ caption: () => "" });
    await world.ingest();
    expect(await states()).toEqual({ closed: 1 });
    await insertKeywords("Beach");
    await world.scan({ suggestions: true });
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption", "decision"]);
    expect(await shownAt(world, first)).toMatchObject({
      description: null,
      keywords: [{ keyword: "Beach" }],
    });
  });

  test("asks about keywords also where a description was taken, which cannot be taken back any more", async () => {
    const { world, ai } = await worldWith({});
    await world.ingest();
    const { id } = await rowOf(first);
    const accepted = await world.api(`/v1/media/${id}/suggestions/accept`, {
      method: "POST",
      json: { description: true, keywords: [] },
      headers: { "If-Match": "*" },
    });
    expect(accepted.status).toBe(200);
    await insertKeywords("Beach");
    await world.scan({ suggestions: true });
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption", "decision"]);
    expect(await shownAt(world, first)).toMatchObject({
      description: null,
      keywords: [{ keyword: "Beach" }],
    });
    expect(await suggestionAt(first)).toMatchObject({ decided_revision: null, verdicts_before: null });
  });

  const closedWith = async (verdicts: string, model: string): Promise<void> => {
    await env.DB.prepare(
      `UPDATE suggestions SET state = 'closed', search_text = '', verdicts = ?, model = ?,
         description = CASE WHEN ? = model THEN description END, decided_operation = 'x'`,
    )
      .bind(verdicts, model, model)
      .run();
  };

  test("asks about keywords also where a description was refused", async () => {
    const { world, ai } = await worldWith({});
    await world.ingest();
    await closedWith('{"description":"refused"}', models.caption);
    await world.scan({ suggestions: true });
    expect(await suggestionAt(first)).toMatchObject({ state: "closed", decided_operation: "x" });
    await insertKeywords("Beach");
    await world.scan({ suggestions: true });
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption", "decision"]);
    expect(await shownAt(world, first)).toMatchObject({
      description: null,
      keywords: [{ keyword: "Beach" }],
    });
  });

  test("asks about a description also where keywords were decided, and never about those again", async () => {
    const { world, ai } = await worldWith({});
    await world.ingest();
    await insertKeywords("Beach");
    ai.calls.length = 0;
    await closedWith('{"keywords":{"refused":"accepted","dog":"refused"}}', "another");
    await world.scan({ suggestions: true });
    expect(ai.calls.map(({ kind }) => kind)).toEqual(["caption"]);
    expect(await states()).toEqual({ open: 1 });
  });

  test("goes through all records page by page, and passes over a page that fails", async () => {
    const { world } = await worldWith({}, { photos: 0 });
    await insertMany(buildMany(1100));
    await world.startScan({ suggestions: true });
    const page = world.takeAll().find((each) => each.type === "task" && each.id === "scan_suggestions:0");
    await world.deliver(page, { attempts: exhausted });
    const ids = world.outbox.flatMap((each) => (each.type === "task" ? [each.id] : []));
    expect(ids).toEqual(["scan_suggestions:1"]);
    await processTasks(world);
    expect(await states()).toEqual({ wanted: 600 });
  });

  test("asks only where people ask for it, and has no task where no model is named", async () => {
    const { world, ai } = await worldWith({});
    await world.ingest();
    await env.DB.prepare("DELETE FROM suggestions").run();
    await world.scan();
    expect(ai.calls).toHaveLength(1);
    const off = { ...world.env, ...aiEnv(ai, { AI_CAPTION_MODEL: "", AI_DECISION_MODEL: "" }) };
    Object.assign(world.env, off);
    const answer = await world.api("/v1/database/scan", { method: "POST", json: { suggestions: true } });
    expect(answer.status).toBe(202);
    expect(world.takeAll()).toMatchObject([{ id: "scan:0" }]);
  });

  test("may be asked for by the API", async () => {
    const { world, ai } = await worldWith({});
    await world.ingest();
    await env.DB.prepare("DELETE FROM suggestions").run();
    const answer = await world.api("/v1/database/scan", { method: "POST", json: { suggestions: true } });
    expect(answer.status).toBe(202);
    await world.drain();
    expect(ai.calls).toHaveLength(2);
    expect(await suggestionAt(first)).toMatchObject({ state: "open" });
  });
});
