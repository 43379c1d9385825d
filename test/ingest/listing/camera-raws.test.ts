import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";

import { cameraRawBytes } from "../../support/images/index.ts";
import "../../support/setup.ts";
import { rowOf, storedRows, thumbnailKeys } from "../support/rows.ts";
import { World } from "../support/world.ts";

describe("camera raws", () => {
  test("under a picture's name, or none, are unsupported and say why; under their own they are ignored", async () => {
    const world = await World.create();
    for (const key of ["a.tif", "b", "c.dng"]) await world.put(key, await cameraRawBytes(100_000));
    const { run } = await world.ingest();
    expect(run).toMatchObject({ counts: { scanned: 3, ignored: 1, processed: 2, failed: 0 } });
    expect((await storedRows()).map(({ key, state, error }) => [key, state, error])).toEqual([
      ["a.tif", "unsupported", "camera_raw"],
      ["b", "unsupported", "camera_raw"],
    ]);
    expect(await thumbnailKeys()).toEqual([]);
  });

  test.each([
    ["ready", "NULL"],
    ["unsupported", "'not_decodable'"],
    ["failed", "'corrupt'"],
  ])(
    "that older readers took for their preview, %s, lose what it told with a scan for facts",
    async (state, error) => {
      const world = await World.create();
      await world.put("a.tif", await cameraRawBytes());
      await world.ingest();
      await env.DB.prepare(
        `UPDATE media_objects SET facts_version = 0, state = ?, error_code = ${error}, width = 40, height = 30,
         content_type = 'image/tiff'`,
      )
        .bind(state)
        .run();
      expect((await world.scan({ facts: true })).run.counts).toMatchObject({ queued: 1, processed: 1 });
      expect(await rowOf("a.tif")).toMatchObject({ state: "unsupported", error: "camera_raw" });
      expect(await env.DB.prepare("SELECT width FROM media_objects").first("width")).toBeNull();
      expect((await world.scan({ facts: true })).run.counts.queued).toBe(0);
    },
  );
});
