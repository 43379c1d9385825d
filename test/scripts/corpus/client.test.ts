import type { IncomingMessage, ServerResponse } from "node:http";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { Client } from "../../../scripts/corpus/client.ts";
import { Failure } from "../../../scripts/failure.ts";
import { realClock } from "../../../scripts/import/clock.ts";
import { freePort } from "../../../scripts/start/port.ts";
import { answer, FakeService, problem } from "../support/fake-service.ts";

/** A record as the service gives it, as far as the client looks at it; what may be left out is. */
const record = {
  id: "id-1",
  state: "ready",
  error: null,
  content_type: "image/jpeg",
  intrinsic: { width: 3, height: 2, orientation: 1, taken_at: null, taken_at_offset: null },
  taken: null,
  place: null,
  object_metadata: {},
};

let service: FakeService;
let client: Client;

beforeEach(async () => {
  service = new FakeService();
  client = new Client({ url: new URL(await service.listen()), key: service.key });
});
afterEach(async () => service.close());

/** Answers every request whose line begins so. */
function answers(start: string, give: (response: ServerResponse) => void): void {
  const lineOf = ({ method = "", url = "" }: IncomingMessage): string => `${method} ${url}`;
  service.faults.push((request, response) => {
    if (!lineOf(request).startsWith(start)) return false;
    give(response);
    return true;
  });
}

test("a service that cannot be reached is told in a sentence, with its address", async () => {
  const url = new URL(`http://localhost:${await freePort()}/`);
  const hasty = new Client({ url, key: "key" }, { ...realClock, sleep: async () => {} });
  const asked = hasty.media("id");
  await expect(asked).rejects.toThrow(Failure);
  await expect(asked).rejects.toThrow(`${url.origin} cannot be reached`);
});

describe("a record", () => {
  test("has null and none for what the service leaves out", async () => {
    answers("GET /v1/media/id-1", (response) => answer(response, 200, record));
    expect(await client.media("id-1")).toEqual({
      ...record,
      intrinsic: { ...record.intrinsic, camera: null, exposure: null, location: null },
      object_metadata: { description: null, keywords: [] },
    });
  });

  test("of another shape is named as one, with what does not fit", async () => {
    answers("GET /v1/media/id-1", (response) => answer(response, 200, { ...record, state: 1 }));
    await expect(client.media("id-1")).rejects.toThrow(
      /^The service's MediaObject is not what this version of Tagline gives: .*state/s,
    );
  });

  test("that the service has not ends the run, with what it says", async () => {
    await expect(client.media("none")).rejects.toThrow(
      "The service refused a record: It is resource_not_found. (resource_not_found)",
    );
  });
});

describe("an upload", () => {
  test("gives the id of the record", async () => {
    answers("POST /v1/media?", (response) => answer(response, 201, record));
    expect(await client.upload("a.jpg", new Uint8Array([1]))).toEqual({ kind: "given", value: "id-1" });
  });

  test("that is refused gives the reason", async () => {
    expect(await client.upload("a.txt", new Uint8Array([1]))).toEqual({
      kind: "refused",
      why: {
        status: 415,
        code: "unsupported_media_type",
        detail: "It is unsupported_media_type.",
        errors: [],
      },
    });
  });

  test.each([
    [401, "invalid_api_key"],
    [403, "insufficient_scope"],
  ])("with a key that is answered %i ends the run", async (status, code) => {
    answers("POST /v1/media?", (response) => problem(response, status, code));
    const asked = client.upload("a.jpg", new Uint8Array([1]));
    await expect(asked).rejects.toThrow(`The service does not take the key: It is ${code}.`);
  });
});

describe("a thumbnail", () => {
  test("is given as its bytes", async () => {
    answers("GET /v1/media/id-1/thumbnail?size=512&fit=cover", (response) => {
      response.writeHead(200, { "content-type": "image/jpeg" }).end(Buffer.from([1, 2, 3]));
    });
    expect(await client.thumbnail("id-1", "cover")).toEqual({
      kind: "given",
      value: new Uint8Array([1, 2, 3]),
    });
  });

  test("that the service does not make is told with its reason", async () => {
    answers("GET /v1/media/id-1/thumbnail", (response) => problem(response, 409, "thumbnail_unavailable"));
    expect(await client.thumbnail("id-1", "contain")).toMatchObject({
      kind: "refused",
      why: { status: 409, code: "thumbnail_unavailable" },
    });
  });
});

describe("a removal", () => {
  const removals = (): string[] => service.requests.filter((line) => line.startsWith("DELETE "));

  test("is for good where the key may", async () => {
    answers("DELETE ", (response) => void response.writeHead(204).end());
    await client.remove("id-1");
    expect(removals()).toEqual(["DELETE /v1/media/id-1?permanent=true"]);
  });

  test("is into the trash where the key may not", async () => {
    answers("DELETE /v1/media/id-1?permanent=true", (response) =>
      problem(response, 403, "insufficient_scope"),
    );
    answers("DELETE ", (response) => void response.writeHead(204).end());
    await client.remove("id-1");
    expect(removals()).toEqual(["DELETE /v1/media/id-1?permanent=true", "DELETE /v1/media/id-1"]);
  });

  test("with a key that is not taken at all is tried once, and ends the run", async () => {
    answers("DELETE ", (response) => problem(response, 401, "invalid_api_key"));
    await expect(client.remove("id-1")).rejects.toThrow("The service does not take the key");
    expect(removals()).toHaveLength(1);
  });

  test("by an address that the client cannot make is not taken for a refusal", async () => {
    await expect(client.remove("\uD800")).rejects.toThrow(URIError);
    expect(removals()).toEqual([]);
  });
});
