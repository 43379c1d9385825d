import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { openDatabase } from "../../../src/db/connection.ts";
import { setApart } from "../../../src/db/trash/move.ts";
import { readPacket } from "../../../src/metadata/packet/read.ts";
import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { insertMedia } from "../../support/records/media.ts";

const words = {
  description: "The beach\r\nat noon",
  keywords: ["beach", "Ann & Ben"],
  rating: 5,
  taken_at: "1962-07",
  location: { latitude: 48.8566, longitude: 2.3522 },
  box: { number: 7, note: "<late>\u0007" },
};

const xmp = async (id: string, init: RequestInit = {}) => api(`/v1/media/${id}/xmp`, { as: "read", ...init });

describe("GET /v1/media/{id}/xmp", () => {
  it("answers a packet that carries all of the words to the byte", async () => {
    const { id } = await insertMedia({
      objectKey: "2024/Straße.jpg",
      objectMetadata: words,
      revision: 3,
      change: 7,
    });
    const response = await xmp(id);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("application/rdf+xml");
    expect(response.headers.get("ETag")).toBe('"3-7"');
    expect(response.headers.get("Content-Disposition")).toBe(
      "attachment; filename=\"Stra_e.jpg.xmp\"; filename*=UTF-8''Stra%C3%9Fe.jpg.xmp",
    );
    const read = readPacket(new Uint8Array(await response.arrayBuffer()));
    expect(JSON.stringify(read?.own)).toBe(JSON.stringify(words));
    expect(read?.facts).toMatchObject({ keywords: ["beach", "Ann & Ben"], iptcCore: { rating: 5 } });
  });

  it("answers a packet of no words for a record without any", async () => {
    const { id } = await insertMedia({ objectMetadata: {} });
    const read = readPacket(new Uint8Array(await (await xmp(id)).arrayBuffer()));
    expect(read?.own).toEqual({});
  });

  it("answers HEAD with the same header and no body", async () => {
    const { id } = await insertMedia({ objectMetadata: words });
    const [get, head] = [await xmp(id), await xmp(id, { method: "HEAD" })];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    for (const name of ["ETag", "Content-Type", "Content-Disposition"]) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
  });

  it("answers 304 to a client that has the current packet", async () => {
    const { id } = await insertMedia({ objectMetadata: words, revision: 3, change: 7 });
    const same = await xmp(id, { headers: { "If-None-Match": '"3-7"' } });
    expect(same.status).toBe(304);
    expect(same.headers.get("ETag")).toBe('"3-7"');
    expect((await xmp(id, { headers: { "If-None-Match": '"3-6"' } })).status).toBe(200);
  });

  it("is 404 for an id that no record has", async () => {
    expect(await refusalOf(await xmp("0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11"))).toBe("404 resource_not_found");
  });

  it("is 404 for a record in the trash", async () => {
    const media = await insertMedia({ objectMetadata: words });
    await openDatabase(env.DB, "primary").batch(setApart(media, { kind: "trashed", at: 1, by: "ann" }));
    expect(await refusalOf(await xmp(media.id))).toBe("404 resource_not_found");
  });

  it("takes no parameters", async () => {
    const { id } = await insertMedia();
    expect((await api(`/v1/media/${id}/xmp?size=1`, { as: "read" })).status).toBe(422);
  });
});
