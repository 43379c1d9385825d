import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import { uploadForm } from "../../support/http/uploads.ts";
import { insertMedia } from "../../support/records/media.ts";

// What the fuzz has found, each by its name.
describe("a Content-Type that is not well-formed", () => {
  it.each(["application/json;", "application/json; charset", "application/json; =x"])(
    "is refused by a route that takes JSON: %j",
    async (type) => {
      const { id } = await insertMedia();
      const headers = { "Content-Type": type };
      const requests = [
        { path: "/v1/ingest", method: "POST", body: "{}" },
        { path: `/v1/media/${id}`, method: "PATCH", body: '{"object_metadata": {}}' },
      ];
      for (const { path, ...request } of requests) {
        expect(await refusalOf(await api(path, { ...request, headers }))).toBe("415 unsupported_media_type");
      }
    },
  );
});

describe("a bookmark that D1 cannot have given out", () => {
  it.each(["/health", "/openapi.json", "/docs"])(
    "is passed over by %s, which reads no records",
    async (path) => {
      const response = await api(path, { as: null, headers: { "X-D1-Bookmark": "first-primary" } });
      expect(response.status).toBe(200);
    },
  );
});

describe("words of a form that are no JSON", () => {
  it("are refused, as the document says", async () => {
    const file = new Blob([new Uint8Array(1)]);
    const response = await uploadForm({ file, object_key: "a.jpg", object_metadata: "{" });
    expect(await refusalOf(response)).toBe("400 malformed_json");
  });
});

describe("the document of the upload", () => {
  it("tells nothing of how the route is built", async () => {
    const document = await (await apiWith({}, "/openapi.json")).json();
    expect(JSON.stringify(document)).not.toMatch(/"(middleware|hide)":/);
  });
});
