import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import type { PictureIndex } from "../../../src/media/picture-index/picture-index.ts";
import { sceneBytes, type SceneShot } from "../../support/images/scene.ts";
import { sceneJpeg, storedGroups } from "../../support/records/copies.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { replaced } from "../../support/records/replaced.ts";
import { World, exhausted } from "../support/world.ts";

const shot: SceneShot = { width: 320, height: 240 };

const listed = z.object({
  items: z.array(z.object({ id: z.string(), object_key: z.string(), state: z.string() })),
});

/** An ingest, a while after whatever was done before. */
async function ingest(world: World): Promise<void> {
  world.advance(60_000);
  await world.ingest();
}

/** The records of a world by their keys, each as its id. */
async function idsIn(world: World): Promise<Record<string, string>> {
  const { items } = listed.parse(await (await world.api("/v1/media?limit=500")).json());
  return Object.fromEntries(items.map((item) => [item.object_key, item.id]));
}

/** The keys of the groups of the same picture, as the records are now. */
async function groupsIn(world: World): Promise<string[][]> {
  const keys = new Map(Object.entries(await idsIn(world)).map(([key, id]) => [id, key]));
  return (await storedGroups()).map((group) => group.map((id) => keys.get(id) ?? "").toSorted());
}

const found = z.object({
  items: z.array(z.object({ media: z.object({ object_key: z.string() }), relation: z.string() })),
});

/** What is similar to the record at a key: the keys with their relations. */
async function similarTo(world: World, key: string): Promise<Record<string, string>> {
  const ids = await idsIn(world);
  const { items } = found.parse(await (await world.api(`/v1/media/${ids[key]}/similar`)).json());
  return Object.fromEntries(items.map(({ media, relation }) => [media.object_key, relation]));
}

/** A message that has records processed, as an upload sends it. */
function processing(...ids: readonly (string | undefined)[]) {
  const named = ids.flatMap((id) => id ?? []);
  return { type: "process", ids: named, since: Date.now(), traceId: "0".repeat(32) } as const;
}

/** The index of pictures with some methods replaced; `inner` is as it is. */
function indexWith(
  methods: (inner: DurableObjectStub<PictureIndex>) => Readonly<Record<string, unknown>>,
): Partial<Env> {
  const stub = env.PICTURE_INDEX.getByName("pictures");
  const whole = {
    place: async (pictures: Parameters<typeof stub.place>[0]) => stub.place(pictures),
    find: async (queries: Parameters<typeof stub.find>[0]) => stub.find(queries),
    rebuild: async () => stub.rebuild(),
  };
  const replacement = { ...whole, ...methods(stub) };
  return { PICTURE_INDEX: replaced(env.PICTURE_INDEX, { getByName: () => replacement }) };
}

/** Photos that wait to be processed, in the order of their keys; nobody has been put to work. */
async function waiting(world: World, photos: readonly Uint8Array[]): Promise<string[]> {
  for (const [index, bytes] of photos.entries()) await world.put(`${index}.bmp`, bytes);
  await world.startIngest();
  for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
    if (message.type === "task" && message.task.kind === "process") break;
    await world.deliver(message);
  }
  const ids = await idsIn(world);
  return photos.map((_, index) => ids[`${index}.bmp`] ?? "");
}

/** Two photos of one scene likewise. */
async function twoWaiting(world: World): Promise<string[]> {
  return waiting(world, [sceneBytes(1, shot), sceneBytes(1, { ...shot, brighter: 3 })]);
}

describe("an ingest", () => {
  it("puts a photo, smaller, saved again, turned and copied, into one group", async () => {
    const world = await World.create();
    const original = sceneBytes(1, { width: 640, height: 480 });
    await world.put("original.bmp", original);
    await world.put("copied.bmp", original);
    await world.put("smaller.bmp", sceneBytes(1, { width: 200, height: 150 }));
    await world.put("saved.jpg", await sceneJpeg(1, { width: 640, height: 480 }));
    await world.put("mirrored.bmp", sceneBytes(1, { ...shot, mirrored: true }));
    await world.put("other.bmp", sceneBytes(2, shot));
    await ingest(world);
    const group = ["copied.bmp", "mirrored.bmp", "original.bmp", "saved.jpg", "smaller.bmp"];
    expect(await groupsIn(world)).toEqual([group]);
    expect(await similarTo(world, "original.bmp")).toEqual({
      "copied.bmp": "equal",
      "mirrored.bmp": "same",
      "saved.jpg": "same",
      "smaller.bmp": "same",
    });
    expect(await similarTo(world, "other.bmp")).toEqual({});
  });

  it("puts a later copy into the group that there is", async () => {
    const world = await World.create();
    await world.put("a.bmp", sceneBytes(1, shot));
    await world.put("b.bmp", sceneBytes(1, { ...shot, brighter: 3 }));
    await ingest(world);
    await world.put("c.bmp", sceneBytes(1, { ...shot, mirrored: true }));
    await ingest(world);
    expect(await groupsIn(world)).toEqual([["a.bmp", "b.bmp", "c.bmp"]]);
  });

  it("puts no copy of a member into a group whose oldest record shows another picture", async () => {
    const world = await World.create();
    await world.put("oldest.bmp", sceneBytes(2, shot));
    await ingest(world);
    await world.put("member.bmp", sceneBytes(1, shot));
    await ingest(world);
    await env.DB.prepare("INSERT INTO picture_copies SELECT 'g', id FROM media_objects").run();
    await world.put("copy.bmp", sceneBytes(1, { ...shot, brighter: 3 }));
    await ingest(world);
    expect(await groupsIn(world)).toEqual([["member.bmp", "oldest.bmp"]]);
  });

  it("calls the frames of a burst alike, and groups none of them", async () => {
    const world = await World.create();
    await world.put("1.bmp", sceneBytes(1, shot));
    await world.put("2.bmp", sceneBytes(1, { ...shot, shift: 0.03 }));
    await ingest(world);
    expect(await similarTo(world, "1.bmp")).toEqual({ "2.bmp": "alike" });
    expect(await groupsIn(world)).toEqual([]);
  });

  it("has flat pictures match nothing but equal bytes", async () => {
    const world = await World.create();
    const flat = sceneBytes(-1, { ...shot, spots: 0 });
    await world.put("1.bmp", flat);
    await world.put("2.bmp", flat);
    await world.put("3.bmp", sceneBytes(-1, { ...shot, spots: 0, brighter: 1 }));
    await ingest(world);
    expect(await similarTo(world, "1.bmp")).toEqual({ "2.bmp": "equal" });
    expect(await groupsIn(world)).toEqual([]);
  });

  it("leaves the group as it is where an object is missing, and has it back when the object is", async () => {
    const world = await World.create();
    await world.put("a.bmp", sceneBytes(1, shot));
    await world.put("b.bmp", sceneBytes(1, { ...shot, brighter: 3 }));
    await ingest(world);
    await world.remove("b.bmp");
    await ingest(world);
    expect(await similarTo(world, "a.bmp")).toEqual({});
    await world.put("b.bmp", sceneBytes(1, { ...shot, brighter: 3 }));
    await ingest(world);
    expect(await similarTo(world, "a.bmp")).toEqual({ "b.bmp": "same" });
    expect(await groupsIn(world)).toEqual([["a.bmp", "b.bmp"]]);
  });

  it("finds the group of a missing photo for a new copy of it", async () => {
    const world = await World.create();
    await world.put("a.bmp", sceneBytes(1, shot));
    await ingest(world);
    const { "a.bmp": missing } = await idsIn(world);
    await world.remove("a.bmp");
    await world.put("b.bmp", sceneBytes(1, { ...shot, brighter: 3 }));
    await ingest(world);
    const { "b.bmp": there } = await idsIn(world);
    expect(await storedGroups()).toEqual([[missing, there]]);
  });

  it("takes a photo whose bytes are replaced out of its group", async () => {
    const world = await World.create();
    await world.put("a.bmp", sceneBytes(1, shot));
    await world.put("b.bmp", sceneBytes(1, { ...shot, brighter: 3 }));
    await world.put("c.bmp", sceneBytes(2, shot));
    await ingest(world);
    await world.put("b.bmp", sceneBytes(2, { ...shot, brighter: 3 }));
    await ingest(world);
    expect(await groupsIn(world)).toEqual([["b.bmp", "c.bmp"]]);
    expect(await similarTo(world, "a.bmp")).toEqual({});
  });
});

it("a photo that is trashed leaves its group, and is in it again when it is restored", async () => {
  const world = await World.create();
  await world.put("a.bmp", sceneBytes(1, shot));
  await world.put("b.bmp", sceneBytes(1, { ...shot, brighter: 3 }));
  await ingest(world);
  const { "a.bmp": id } = await idsIn(world);
  await world.api(`/v1/media/${id}`, { method: "DELETE" });
  expect(await groupsIn(world)).toEqual([]);
  expect(await similarTo(world, "b.bmp")).toEqual({});
  await world.api(`/v1/media/${id}/restore`, { method: "POST" });
  await world.uploadsSent();
  await world.drain();
  expect(await groupsIn(world)).toEqual([["a.bmp", "b.bmp"]]);
  expect(await similarTo(world, "b.bmp")).toEqual({ "a.bmp": "same" });
});

it("a photo whose object a missing record takes is found as that record, with its preview", async () => {
  const world = await World.create();
  await world.put("a.bmp", sceneBytes(1, shot));
  await world.put("lost.bmp", sceneBytes(2, shot));
  await ingest(world);
  await world.remove("lost.bmp");
  await world.put("b.bmp", sceneBytes(1, { ...shot, brighter: 3 }));
  await ingest(world);
  const before = await idsIn(world);
  const { items } = listed.parse(await (await world.api("/v1/media?missing=true")).json());
  const [lost] = items;
  const relinked = await world.api(`/v1/media/${lost?.id}/relink`, {
    method: "POST",
    json: { to: before["b.bmp"] },
  });
  expect(relinked.status).toBe(200);
  await world.uploadsSent();
  await world.drain();
  expect(await idsIn(world)).toEqual({ "a.bmp": before["a.bmp"], "b.bmp": lost?.id });
  expect(await similarTo(world, "a.bmp")).toEqual({ "b.bmp": "same" });
  expect(await groupsIn(world)).toEqual([["a.bmp", "b.bmp"]]);
});

describe("of two photos that are processed at the same time", () => {
  it.each(["place", "find"] as const)(
    "one finds the other, where the one is held up before it has asked the index to %s",
    async (method) => {
      const world = await World.create();
      const [a, b] = await twoWaiting(world);
      const reached = Promise.withResolvers<void>();
      const goesOn = Promise.withResolvers<void>();
      const heldUp = indexWith((inner) => ({
        [method]: async (...values: unknown[]): Promise<unknown> => {
          reached.resolve();
          await goesOn.promise;
          const called: unknown = Reflect.get(inner, method);
          return typeof called === "function" ? Reflect.apply(called, inner, values) : null;
        },
      }));
      const slow = world.deliver(processing(a), { bindings: heldUp });
      await reached.promise;
      await world.deliver(processing(b));
      goesOn.resolve();
      expect((await slow).acknowledged).toBe(true);
      expect(await storedGroups()).toEqual([[a, b]]);
    },
  );
});

describe("a message whose worker fails", () => {
  it.each(["place", "find"] as const)(
    "at the index's %s is tried again, and its photo is ready",
    async (method) => {
      const world = await World.create();
      const [a, b] = await twoWaiting(world);
      await world.deliver(processing(a));
      const failing = indexWith(() => ({ [method]: async () => Promise.reject(new Error("overloaded")) }));
      const failed = await world.deliver(processing(b), { bindings: failing });
      expect(failed).toEqual({ acknowledged: false, retryAfter: 5 });
      const { items } = listed.parse(await (await world.api("/v1/media")).json());
      expect(items.map(({ state }) => state)).toEqual(["ready", "ready"]);
      expect(await storedGroups()).toEqual([]);
      expect((await world.deliver(processing(b), { attempts: 2 })).acknowledged).toBe(true);
      expect(await storedGroups()).toEqual([[a, b]]);
    },
  );

  it("before it has written the group is tried again, and comes to the same", async () => {
    const world = await World.create();
    const [a, b] = await twoWaiting(world);
    await world.deliver(processing(a));
    const dying = observedDatabase(env.DB, {
      before: (query) => {
        if (query.includes("INSERT INTO picture_copies")) throw new Error("the worker died");
      },
    });
    expect((await world.deliver(processing(b), { bindings: { DB: dying } })).acknowledged).toBe(false);
    expect((await world.deliver(processing(b))).acknowledged).toBe(true);
    expect((await world.deliver(processing(a, b))).acknowledged).toBe(true);
    expect(await storedGroups()).toEqual([[a, b]]);
  });

  it("at every attempt for the index alone is given up, and its photo stays ready", async () => {
    const world = await World.create();
    const [a] = await twoWaiting(world);
    const failing = indexWith(() => ({ place: async () => Promise.reject(new Error("overloaded")) }));
    await world.deliver(processing(a), { bindings: failing });
    const last = await world.deliver(processing(a), { bindings: failing, attempts: exhausted });
    expect(last.acknowledged).toBe(true);
    const { items } = listed.parse(await (await world.api("/v1/media")).json());
    expect(items.find(({ id }) => id === a)?.state).toBe("ready");
  });

  it("while the index is being built is tried again, and has grouped what was told", async () => {
    const world = await World.create();
    const [a, b] = await twoWaiting(world);
    await world.deliver(processing(a));
    const building = indexWith((inner) => ({
      find: async (queries: Parameters<typeof inner.find>[0]) => ({
        neighbours: (await inner.find(queries)).neighbours,
        isComplete: false,
      }),
    }));
    const outcome = await world.deliver(processing(b), { bindings: building });
    expect(outcome).toEqual({ acknowledged: false, retryAfter: 30 });
    expect(await storedGroups()).toEqual([[a, b]]);
  });
});

it("a photo without copies costs no row more for the search", async () => {
  const world = await World.create();
  const ids = await waiting(world, [sceneBytes(1, shot), sceneBytes(2, shot)]);
  /** What processing a photo costs in D1: rows read, rows written, statements. */
  async function costOf(id: string | undefined, bindings: Partial<Env>): Promise<number[]> {
    const cost = { read: 0, written: 0, statements: 0 };
    const counted = observedDatabase(env.DB, {
      after: ({ meta }) => {
        cost.read += meta.rows_read;
        cost.written += meta.rows_written;
        cost.statements += 1;
      },
    });
    await world.deliver(processing(id), { bindings: { ...bindings, DB: counted } });
    return Object.values(cost);
  }
  const nothing = { neighbours: [], isComplete: true };
  const noIndex = indexWith(() => ({ place: async () => undefined, find: async () => nothing }));
  const without = await costOf(ids[0], noIndex);
  expect(without.every((count) => count > 0)).toBe(true);
  expect(await costOf(ids[1], {})).toEqual(without);
});
