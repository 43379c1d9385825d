import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { findMedia } from "../../../src/db/media/reads.ts";
import { processMedia } from "../../../src/media/processing/process.ts";
import { cameraRaw } from "../../../src/metadata/headers/tiff/camera-raw.ts";
import { createServices } from "../../../src/services.ts";
import { mediaOf, problemOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { cameraRawBytes, latin1, tiffPictureBytes } from "../../support/images/index.ts";
import { storedMedia } from "../../support/records/media.ts";
import { limitedEnv } from "../../support/platform/env.ts";
import { storedKeys, upload } from "../../support/http/uploads.ts";

const beyondTheHead = 200_000;

/** What every refusal and every record of a raw says. */
const { detail } = cameraRaw;

/** An honest TIFF whose directory lies at its end. */
const honestTiff = (side: number) =>
  tiffPictureBytes({
    width: side,
    height: side,
    photometric: 1,
    bits: 8,
    samples: 1,
    values: Array.from({ length: side * side }, (_, i) => i % 256),
  });

async function process(id: string): Promise<void> {
  const services = createServices(limitedEnv(env), { session: "primary", traceId: "t", logContext: {} });
  const media = await findMedia(services.db, id);
  if (media !== null) await processMedia(services, media);
}

describe("an upload of a camera raw", () => {
  it.each(["a.dng", "a.tif", "a"])("is refused with a clear reason under the name %s", async (key) => {
    const response = await upload({ key, bytes: await cameraRawBytes(), type: "image/tiff" });
    expect(response.status).toBe(415);
    expect(await problemOf(response)).toMatchObject({
      code: "unsupported_media_type",
      detail,
    });
    expect(await storedKeys()).toEqual([]);
  });

  it.each(["FUJIFILMCCD-RAW 0201", "IIU\0\x18\0\0\0", "II*\0\x10\0\0\0CR\x02\0", "\0\0\0\x18ftypcrx "])(
    "is refused likewise where it is no TIFF: %j",
    async (head) => {
      const response = await upload({ key: "a.raw", bytes: latin1(head.padEnd(400, "\0")) });
      expect(await problemOf(response)).toMatchObject({
        status: 415,
        detail,
      });
    },
  );

  it("is refused by its name where its directories lie further back than is looked at", async () => {
    const response = await upload({ key: "a.NEF", bytes: await cameraRawBytes(beyondTheHead) });
    expect(await problemOf(response)).toMatchObject({ status: 415, detail });
    expect(await storedKeys()).toEqual([]);
  });

  it("is found out when it is processed where neither tells", async () => {
    const { id } = await mediaOf(await upload({ key: "a.tif", bytes: await cameraRawBytes(beyondTheHead) }));
    await process(id);
    expect(await storedMedia(id)).toMatchObject({
      state: "unsupported",
      error_code: "camera_raw",
      width: null,
    });
    const media = await mediaOf(await api(`/v1/media/${id}`));
    expect(media.error).toMatchObject({ code: "camera_raw", detail });
  });
});

describe("an upload of a TIFF", () => {
  it.each([16, 400])("is taken whether its directory lies near or far (%i pixels a side)", async (side) => {
    const bytes = await honestTiff(side);
    const { id, content_type: type } = await mediaOf(await upload({ key: "a.tif", bytes }));
    expect(type).toBe("image/tiff");
    await process(id);
    expect(await storedMedia(id)).toMatchObject({ state: "ready", width: side });
  });

  it("is taken though it has a raw's name, where its bytes tell", async () => {
    expect((await upload({ key: "a.dng", bytes: await honestTiff(16) })).status).toBe(201);
  });
});
