import "../../support/setup.ts";

import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

import { mediaOf, pageOf, refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { testImage } from "../../support/images/index.ts";
import { follow, linksOf } from "../../support/http/links.ts";
import { insertMedia, insertStored } from "../../support/records/media.ts";
import { anId } from "../../support/http/routes.ts";
import { readDocument, type Operation } from "../fuzz/document.ts";

/** What an answer says, save for what differs from one request to the next. */
async function shown(response: Response): Promise<string> {
  const tag = response.headers.get("ETag") ?? "-";
  const text = await response.text();
  return `${response.status} ${tag} ${text.replaceAll(/"(request_id|latency_ms)":[^,}]*/g, "")}`;
}

interface Asked {
  readonly operation: Operation;
  readonly at: string;
  readonly name: string;
  readonly isRepeatable: boolean;
  /** What may be given several times, where that is not any text. */
  readonly value: string;
}

/** Every query parameter of every route, as the OpenAPI document has them. */
let asked: readonly Asked[];

beforeAll(async () => {
  const { operations } = readDocument(await (await api("/openapi.json")).json());
  asked = operations.flatMap((operation) =>
    operation.parameters
      .filter((each) => each.in === "query")
      .map(({ name, schema }) => ({
        operation,
        at: operation.path.replace("{id}", anId),
        name,
        isRepeatable: schema.type === "array",
        value: z.string().catch("a").parse(schema.items?.enum?.[0]),
      })),
  );
});

async function send({ operation, at }: Asked, query: string): Promise<Response> {
  const body = operation.bodies.size === 0 ? null : "x";
  return api(`${at}${query}`, { method: operation.method, body });
}

describe("a query parameter", () => {
  it("with an empty value is the same as none, on every route", async () => {
    expect(asked.length).toBeGreaterThan(30);
    for (const each of asked) {
      const { name, at } = each;
      const without = await shown(await send(each, ""));
      for (const query of [`?${name}=`, `?${name}`, `?${name}=&${name}=`])
        expect({ at, query, is: await shown(await send(each, query)) }).toEqual({ at, query, is: without });
    }
  });

  it("that is given twice is refused on every route, unless it is marked repeatable", async () => {
    for (const each of asked) {
      const { name, at, isRepeatable, value } = each;
      const response = await send(each, `?${name}=${value}&${name}=${value}`);
      const refusal = response.status === 422 ? await refusalOf(response) : `${response.status}`;
      // A path with an id is of a record that nobody has.
      const expected = isRepeatable ? /^(?:200|404)$/ : new RegExp(` ${name}( |$)`);
      expect({ at, name, isAsExpected: expected.test(refusal) }).toEqual({ at, name, isAsExpected: true });
    }
  });

  it("with an empty value beside a full one leaves the full one", async () => {
    const { objectKey } = await insertMedia({ objectKey: "a/1.jpg" });
    await insertMedia({ objectKey: "b/1.jpg" });
    const page = await pageOf(await api("/v1/media?prefix=&limit=&prefix=a%2F&order="));
    expect(page.items.map((item) => item.object_key)).toEqual([objectKey]);
    expect(page.limit).toBe(100);
  });

  it("with an empty value leads to the same pages as none, by the cursor of either", async () => {
    for (let index = 0; index < 3; index += 1) await insertMedia();
    const first = await pageOf(await api("/v1/media?limit=2&prefix=&cursor="));
    const cursor = first.next_cursor ?? "";
    const second = await pageOf(await api(`/v1/media?limit=2&cursor=${cursor}`));
    expect(await pageOf(await api(`/v1/media?limit=2&keyword=&cursor=${cursor}`))).toEqual(second);
    expect(second.items).toHaveLength(1);
  });

  it("with an empty value is left out of the link to the next page", async () => {
    for (let index = 0; index < 2; index += 1) await insertMedia();
    const link = (await api("/v1/media?prefix=&limit=1")).headers.get("Link") ?? "";
    expect(link).toMatch(/^<\/v1\/media\?limit=1&cursor=[\w.-]+>; rel="next"$/);
  });

  it("with an empty value leaves the body of an upload as it is", async () => {
    const bytes = await testImage({ width: 30, height: 20 });
    const headers = { "Content-Length": String(bytes.length) };
    const path = "/v1/media?object_key=a.jpg&provider=&overwrite=";
    const uploaded = await mediaOf(await api(path, { method: "POST", body: bytes, headers }));
    const data = await api(`/v1/media/${uploaded.id}/data?download=&v=`);
    expect(data.headers.get("Content-Disposition")).toMatch(/^inline/);
    expect(new Uint8Array(await data.arrayBuffer())).toEqual(bytes);
  });

  it("with an empty value leaves the escapes of the others as they are", async () => {
    const { objectKey } = await insertMedia({ objectKey: "a+b c%/é.jpg" });
    const prefix = "a%2Bb+c%25%2F%C3%A9";
    const page = await pageOf(await api(`/v1/media?state=&prefix=${prefix}`));
    expect(page.items.map((item) => item.object_key)).toEqual([objectKey]);
  });

  it("with an empty value alters a signed link, since its signature is of the address as it is sent", async () => {
    const { id } = await insertStored(await testImage({ width: 30, height: 20 }));
    const { data_url: link } = await linksOf(id);
    expect((await follow(link)).status).toBe(200);
    const response = await follow(`${link}&download=`);
    expect(await refusalOf(response)).toBe("403 invalid_signature");
  });
});
