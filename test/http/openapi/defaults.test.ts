import "../../support/setup.ts";

import { expect, it } from "vitest";
import { z } from "zod";

import { api, apiWith, type ApiRequest } from "../../support/http/api.ts";
import { operationsOf, ownDescription, type DescribedOperation } from "../../support/http/description.ts";
import { configuredApp, dropboxEnv } from "../../support/dropbox/configured.ts";
import { testImage } from "../../support/images/index.ts";
import { putSidecar } from "../../support/records/sidecars.ts";
import { suggestFor, suggestingEnv } from "../../support/records/suggestions.ts";
import { insertMedia, insertStored } from "../../support/records/media.ts";
import { changeTogether } from "../../support/records/operations.ts";
import { smallJpeg } from "../../support/http/uploads.ts";
import { hmacOf } from "../../support/http/signatures.ts";

const operations = operationsOf(ownDescription());

/** What a person gives who uses the page: an id that exists, a file, and, as Dropbox, a signature. */
interface Given {
  readonly id: string;
  readonly file: Blob;
}

// The page is Scalar's API reference 1.76. It fills a parameter with its `example`, else its schema's `default`, else the
// first of its schema's `examples`, else its schema's `example` (`getExample`). It sends what is filled in or required, and
// only proposes the first value of an enum (`isParamDisabled`). Of several media types it takes the first. A JSON body is
// the media type's `example`; of a form it sends the fields that are required, and a file is chosen where the schema has a
// `contentMediaType`.

function filledIn(
  { parameters }: DescribedOperation,
  place: "path" | "query" | "header",
): [string, string][] {
  return parameters
    .filter((each) => each.in === place)
    .flatMap(({ name, example, schema }): [string, string][] => {
      const value = example ?? schema["default"] ?? firstOf(schema["examples"]) ?? schema["example"];
      return value === undefined ? [] : [[name, textOf(value)]];
    });
}

function firstOf(values: unknown): unknown {
  return Array.isArray(values) ? values[0] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const formSchema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({})),
  required: z.array(z.string()),
});

/** The body as the page sends it, and its media type where the body does not bring one along. */
function bodyOf({ operation }: DescribedOperation, { file }: Given): { body?: BodyInit; type?: string } {
  const [first] = Object.entries(operation.requestBody?.content ?? {});
  if (first === undefined) return {};
  const [type, { schema = {}, example }] = first;
  if (type !== "multipart/form-data") {
    if (example === undefined) throw new Error("the page would make up a body");
    return { body: JSON.stringify(example), type };
  }
  const form = new FormData();
  const { properties, required } = formSchema.parse(resolved(schema));
  for (const [name, field] of Object.entries(properties).filter(([each]) => required.includes(each))) {
    if (field["contentMediaType"] === undefined) form.append(name, textOf(field["example"]));
    else form.append(name, file, "photo.jpg");
  }
  return { body: form };
}

function resolved(schema: Record<string, unknown>): unknown {
  const { $ref: reference } = schema;
  if (typeof reference !== "string") return schema;
  return ownDescription().components.schemas[reference.replace("#/components/schemas/", "")];
}

/** The path with what the page fills in; what it demands and has no default for is given. */
function targetOf(each: DescribedOperation, given: Given): string {
  expect(filledIn(each, "path")).toEqual([]);
  const query = new URLSearchParams(filledIn(each, "query")).toString();
  return `${each.path.replace("{id}", given.id)}${query === "" ? "" : `?${query}`}`;
}

/** The ids that are examples of a body. */
const exampleIds = ["0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a12", "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a13"];

/** The id that a path is tried with which is not of any photo; null for others. What its body names is there. */
async function knownTo(path: string): Promise<string | null> {
  if (["/v1/duplicates/unite", "/v1/media/{id}/relink"].includes(path))
    for (const id of exampleIds) await insertMedia({ id });
  if (path === "/v1/media/{id}/relink") return (await insertMedia({ missingSince: 1 })).id;
  if (path !== "/v1/operations/{id}/revert") return null;
  return changeTogether([(await insertMedia()).id], () => ({ description: "The beach at noon" }));
}

async function makeGiven({ path }: DescribedOperation): Promise<Given> {
  const file = new Blob([smallJpeg()], { type: "image/jpeg" });
  const known = await knownTo(path);
  if (known !== null) return { id: known, file };
  if (!path.startsWith("/v1/ingest/runs/")) {
    const stored = await insertStored(await testImage({ width: 40, height: 30 }), { state: "ready" });
    const { id, objectKey } = stored;
    if (path.includes("/suggestions")) await suggestFor(stored);
    if (path.endsWith("/sidecar")) await putSidecar(objectKey);
    if (path.endsWith("/restore")) await api(`/v1/media/${id}`, { method: "DELETE" });
    return { id, file };
  }
  const started = z.object({ run: z.object({ id: z.string() }) });
  const { run } = started.parse(await (await api("/v1/ingest", { method: "POST" })).json());
  return { id: run.id, file };
}

/** A configuration with which every operation can be carried out. */
const writing = JSON.stringify([{ name: "r2", type: "r2", binding: "MEDIA_BUCKET", sidecars: "write" }]);

it.each(operations)("$name succeeds as the page at /docs sends it by itself", async (each) => {
  const given = await makeGiven(each);
  const { body, type } = bodyOf(each, given);
  const headers = new Headers(filledIn(each, "header"));
  if (type !== undefined) headers.set("Content-Type", type);
  const isSigned = each.parameters.some(({ name }) => name === "X-Dropbox-Signature");
  if (isSigned) headers.set("X-Dropbox-Signature", await hmacOf(textOf(body), configuredApp.secret));
  const request: ApiRequest = {
    method: each.method,
    headers,
    as: each.operation.security.length === 0 ? null : "admin",
    ...(body === undefined ? {} : { body }),
  };
  const path = targetOf(each, given);
  const response = isSigned
    ? await apiWith(dropboxEnv(), path, request)
    : await apiWith({ ...suggestingEnv, STORAGE_PROVIDERS: writing }, path, request);
  expect({ status: response.status, ok: response.ok }).toEqual({ status: response.status, ok: true });
  await response.body?.cancel();
});

it.each(["/v1/media", "/v1/search"])(
  "%s as the page asks for it by itself has what there is",
  async (path) => {
    const list = operations.find(({ name }) => name === `GET ${path}`);
    const { id } = await insertStored(smallJpeg());
    const query = new URLSearchParams(list === undefined ? [] : filledIn(list, "query"));
    const page = z.object({ items: z.array(z.object({ id: z.string() })) });
    const { items } = page.parse(await (await api(`${path}?${query.toString()}`)).json());
    expect(items.map((each) => each.id)).toEqual([id]);
  },
);

it("the timeline as the page asks for it by itself counts what there is", async () => {
  const timeline = operations.find(({ name }) => name === "GET /v1/timeline");
  await insertStored(smallJpeg());
  const query = new URLSearchParams(timeline === undefined ? [] : filledIn(timeline, "query"));
  const answer = await (await api(`/v1/timeline?${query.toString()}`)).json();
  expect(answer).toMatchObject({ items: [], undated: 1 });
});

it("the list as the page asks for it goes on by a cursor that is pasted in", async () => {
  const list = operations.find(({ name }) => name === "GET /v1/media");
  await insertStored(smallJpeg());
  await insertStored(smallJpeg());
  const query = new URLSearchParams(list === undefined ? [] : filledIn(list, "query"));
  query.set("limit", "1");
  const page = z.object({ items: z.array(z.unknown()), next_cursor: z.string().nullable() });
  const { next_cursor: cursor } = page.parse(await (await api(`/v1/media?${query.toString()}`)).json());
  query.set("cursor", cursor ?? "");
  const second = page.parse(await (await api(`/v1/media?${query.toString()}`)).json());
  expect(second.items).toHaveLength(1);
});
