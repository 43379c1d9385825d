import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { findMedia } from "../../src/db/media/reads.ts";
import { processMedia } from "../../src/media/processing/process.ts";
import { currentThumbnail } from "../../src/media/thumbnails/serve.ts";
import { createServices } from "../../src/services.ts";
import { configuredApp, dropboxEnv } from "../support/dropbox/configured.ts";
import { DropboxStandIn, type StandInOptions } from "../support/dropbox/stand-in.ts";
import { isolateMemory } from "../../src/thumbnail/budget.ts";
import { joined, testImage } from "../support/images/index.ts";
import { insertMedia, storedMedia } from "../support/records/media.ts";
import { limitedEnv } from "../support/platform/env.ts";

/** The photo with its coding declared to be arithmetic, which no decoder of ours reads (ITU-T T.81, table B.1). */
function arithmetic(jpeg: Uint8Array): Uint8Array {
  const changed = jpeg.slice();
  const frame = changed.findIndex((byte, at) => byte === 0xff && changed[at + 1] === 0xc0);
  changed[frame + 1] = 0xc9;
  return changed;
}

/** The same photo with its coding declared as it is. */
function sound(jpeg: Uint8Array): Uint8Array {
  const changed = jpeg.slice();
  const frame = changed.findIndex((byte, at) => byte === 0xff && changed[at + 1] === 0xc9);
  changed[frame + 1] = 0xc0;
  return changed;
}

/** A service with a file in its Dropbox, and a record of it that waits. */
async function withFile(
  bytes: Uint8Array,
  options: StandInOptions,
  prepare: (standIn: DropboxStandIn) => void = () => {},
) {
  const standIn = new DropboxStandIn(options);
  prepare(standIn);
  Object.assign(standIn.authority.registration, { refreshToken: configuredApp.refreshToken });
  const { revision, id: providerRef } = standIn.tree.put("/A/b.jpg", bytes);
  const services = createServices(limitedEnv({ ...env, ...dropboxEnv() }), {
    session: "primary",
    traceId: "t",
    logContext: {},
    fetch: standIn.fetch,
  });
  const { id } = await insertMedia({
    provider: "dropbox",
    objectKey: "A/b.jpg",
    pathKey: "a/b.jpg",
    providerRef,
    version: revision.rev,
    fileSize: bytes.length,
    state: "pending",
    change: 0,
  });
  const media = await findMedia(services.db, id);
  if (media === null) throw new Error("no record");
  await processMedia(services, media);
  return { standIn, services, id };
}

describe("a photo in a Dropbox", () => {
  it("is read and shown by our own decoders where they can", async () => {
    const { standIn, id } = await withFile(await testImage({ width: 60, height: 40 }), {});
    expect(await storedMedia(id)).toMatchObject({ state: "ready", width: 60, height: 40 });
    expect(standIn.callsOf("files/get_thumbnail_v2")).toBe(0);
  });

  it("that is beyond them is shown by Dropbox's own picture, its facts from the file", async () => {
    const native = await testImage({ width: 1200, height: 800 });
    const { services, id } = await withFile(arithmetic(await testImage({ width: 60, height: 40 })), {
      thumbnail: () => native,
    });
    expect(await storedMedia(id)).toMatchObject({ state: "ready", width: 60, height: 40, error_code: null });
    const media = await findMedia(services.db, id);
    if (media === null) throw new Error("no record");
    const made = await currentThumbnail(services, media, { size: 1024, fit: "cover" });
    expect(made.sizeBytes).toBeGreaterThan(0);
    const kept = (await env.DERIVATIVES_BUCKET.list()).objects.map(({ key }) => key.split("/").at(-1));
    expect(kept).toEqual(["1024-contain.jpg", "1024-cover.jpg"]);
  });

  it.each([
    ["makes none either", () => null],
    ["makes what is no picture", () => new TextEncoder().encode("no picture")],
    ["makes what is broken", () => new Uint8Array([0xff, 0xd8, 0xff, 0xd9])],
    [
      "makes more than any picture needs",
      (bytes: Uint8Array) => joined(sound(bytes), new Uint8Array(5_000_000)),
    ],
    ["makes what is cut off", (bytes: Uint8Array) => sound(bytes).subarray(0, bytes.length / 2)],
  ])("is unsupported for our own reason where Dropbox %s", async (_what, thumbnail) => {
    const { standIn, id } = await withFile(arithmetic(await testImage({ width: 60, height: 40 })), {
      thumbnail,
    });
    expect(await storedMedia(id)).toMatchObject({ state: "unsupported", error_code: "arithmetic_coding" });
    expect(standIn.callsOf("files/get_thumbnail_v2")).toBe(1);
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it("that breaks off on its way from Dropbox waits, and leaves nothing on the account", async () => {
    const jpeg = arithmetic(await testImage({ width: 60, height: 40 }));
    const native = await testImage({ width: 1200, height: 800 });
    const lost = withFile(jpeg, { thumbnail: () => native }, (standIn) =>
      standIn.faults.plan({ kind: "truncated", afterBytes: 100, silently: false }, "files/get_thumbnail_v2"),
    );
    await expect(lost).rejects.toMatchObject({ code: "storage_unavailable" });
    expect(isolateMemory.usedBytes).toBe(0);
  });

  it("that is corrupt is not asked for", async () => {
    const jpeg = await testImage({ width: 60, height: 40 });
    const { standIn, id } = await withFile(jpeg.subarray(0, jpeg.length / 2), { thumbnail: () => jpeg });
    expect(await storedMedia(id)).toMatchObject({ state: "failed" });
    expect(standIn.callsOf("files/get_thumbnail_v2")).toBe(0);
  });
});
