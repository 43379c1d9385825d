import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { readImageHeader } from "../../../src/metadata/headers/header.ts";
import { FileParts } from "../../../src/metadata/file-parts.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api, apiWith, failingDatabaseEnv } from "../../support/http/api.ts";
import { allThumbnails } from "../../support/records/derivatives.ts";
import { testImage } from "../../support/images/index.ts";
import { follow, pathOf, thumbnailLink } from "../../support/http/links.ts";
import { insertStored, storedMedia } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import { upload } from "../../support/http/uploads.ts";

/** A bucket of thumbnails that holds each put until something else has come to its end. */
function holding(meanwhile: () => Promise<void>): Partial<Env> {
  const put = async (key: string, value: Uint8Array, options?: R2PutOptions): Promise<R2Object | null> => {
    await meanwhile();
    return env.DERIVATIVES_BUCKET.put(key, value, options);
  };
  return { DERIVATIVES_BUCKET: replaced(env.DERIVATIVES_BUCKET, { put }) };
}

async function insertPhoto(): ReturnType<typeof insertStored> {
  return insertStored(await testImage({ width: 60, height: 40 }), { thumbnailVersion: "v1-1" });
}

async function overwrite(objectKey: string, width: number, height: number): Promise<void> {
  const bytes = await testImage({ width, height });
  const answer = await upload({ key: objectKey, bytes, query: { overwrite: "true" } });
  expect(answer.status).toBe(200);
}

async function shapeOf(response: Response): Promise<string> {
  const result = readImageHeader(FileParts.whole(new Uint8Array(await response.arrayBuffer())));
  return result.kind === "header" ? `${result.header.width}x${result.header.height}` : result.kind;
}

describe("a thumbnail that is still being made", () => {
  it("is not there for any link once the deletion of its record was answered", async () => {
    const { id } = await insertPhoto();
    const link = await thumbnailLink(id, { thumbnail: { size: 256 } });
    const late = holding(async () => {
      expect((await api(`/v1/media/${id}`, { method: "DELETE" })).status).toBe(204);
    });
    expect(await refusalOf(await apiWith(late, pathOf(link), { as: null }))).toBe("404 resource_not_found");
    expect(await allThumbnails()).toEqual([]);
    expect((await follow(link)).status).toBe(404);
  });

  it("is answered by the record's picture where another takes its place, and not kept", async () => {
    const { id, objectKey } = await insertPhoto();
    const link = await thumbnailLink(id, { thumbnail: { size: 128, fit: "contain" } });
    let isReplaced = false;
    const late = holding(async () => {
      if (isReplaced) return;
      isReplaced = true;
      await overwrite(objectKey, 40, 80);
    });
    const response = await apiWith(late, pathOf(link), { as: null });
    expect(response.status).toBe(200);
    expect(await shapeOf(response)).toBe("40x80");
    const version = String((await storedMedia(id))?.["thumbnail_version"]);
    expect(response.headers.get("ETag")).toBe(`"${version}-128-contain"`);
    expect(response.headers.get("Cache-Control")).not.toContain("immutable");
    expect(await allThumbnails()).toEqual([`${id}/${version}/1024-contain.jpg`]);
  });

  it("is given up, to be asked for again, where its record never stays the same", async () => {
    const { id, objectKey } = await insertPhoto();
    let width = 10;
    const late = holding(async () => overwrite(objectKey, (width += 1), 20));
    const response = await apiWith(late, `/v1/media/${id}/thumbnail`);
    expect(response.headers.get("Retry-After")).toBe("1");
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await allThumbnails()).toEqual([]);
  });

  it("is not kept where nobody can tell whether its record is still there", async () => {
    const { id } = await insertPhoto();
    let isStored = false;
    const late = holding(async () => {
      isStored = true;
    });
    const bindings = { ...late, ...failingDatabaseEnv(undefined, () => isStored) };
    const response = await apiWith(bindings, `/v1/media/${id}/thumbnail`);
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await allThumbnails()).toEqual([]);
  });
});
