import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";

import { processChunk } from "../../../src/ingest/consumer/process-chunk.ts";
import { createServices, unboundPictures, type Services } from "../../../src/services.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { apiWith } from "../../support/http/api.ts";
import { testImage } from "../../support/images/index.ts";
import { keys } from "../../support/keys.ts";
import { limitedEnv } from "../../support/platform/env.ts";
import { insertMedia, insertStored, storedMedia } from "../../support/records/media.ts";

const query = { hash: "0".repeat(64), except: null, radius: 64, limit: 10, after: null };

/** Bindings as a deployment has them whose configuration is of a time before the index of pictures. */
function lacking(): Env {
  const bindings = { ...env };
  Reflect.set(bindings, "PICTURE_INDEX", undefined);
  return bindings;
}

function servicesOf(bindings: Env): Services {
  return createServices(bindings, { session: "primary", traceId: "t", logContext: {} });
}

describe("without an index of pictures", () => {
  it.each(["/v1/media", "/v1/about", "/v1/overview", "/docs", "/openapi.json"])(
    "a request is answered as ever, and the log says what is lacking: %s",
    async (path) => {
      const error = vi.spyOn(console, "error").mockImplementation(() => {});
      const response = await apiWith(lacking(), path, { headers: { "X-API-Key": keys.admin } });
      await response.body?.cancel();
      expect(response.status).toBe(200);
      expect(error.mock.calls.join()).toMatch(/config\.problem.{0,40}PICTURE_INDEX is not bound/);
      vi.restoreAllMocks();
    },
  );

  it("photos are processed, and keep their hashes for the index that will be", async () => {
    const services = servicesOf(lacking());
    const waiting = { state: "pending", change: 0, width: null, height: null } as const;
    const { id } = await insertStored(await testImage({ width: 640, height: 480 }), waiting);
    await processChunk(services, { run: null, attempts: 1, facts: false }, [id]);
    const row = await storedMedia(id);
    expect(row).toMatchObject({ state: "ready" });
    expect(row?.["picture_hash"]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("a search for similar pictures is busy, and copies that are known are told", async () => {
    const { id } = await insertMedia({
      state: "ready",
      thumbnailVersion: "v-3",
      pictureHash: query.hash,
      pictureQuality: 100,
    });
    const similar = await apiWith(lacking(), `/v1/media/${id}/similar`);
    expect(similar.headers.get("Retry-After")).toBe("60");
    expect(await refusalOf(similar)).toBe("503 busy");
    expect((await apiWith(lacking(), "/v1/duplicates?kind=same")).status).toBe(200);
  });

  it("whoever looks for a picture is told that the service has none, and where to read more", async () => {
    const { pictures } = servicesOf(lacking());
    const refusal = await pictures.find([query]).catch((cause: unknown) => cause);
    expect(refusal).toMatchObject({
      code: "busy",
      definition: { status: 503 },
      retryAfterSeconds: 60,
      detail:
        "The service looks for similar pictures in an index, which is not set up. Whoever runs the service finds on /health what to do.",
    });
  });

  it("what is placed is passed over, since an index builds itself from the records", async () => {
    const { pictures } = servicesOf(lacking());
    await expect(pictures.place([{ pk: 1, hash: query.hash }])).resolves.toBeUndefined();
    await expect(pictures.rebuild()).resolves.toBeUndefined();
    expect(pictures).toBe(unboundPictures);
  });
});

describe("with an index of pictures", () => {
  it("nothing is said of it", () => {
    const { pictures, problems } = servicesOf(limitedEnv(env));
    expect(pictures).not.toBe(unboundPictures);
    expect(problems).toEqual([]);
  });
});
