import { expect, test } from "vitest";
import { smokeOptions } from "../../../scripts/smoke/options.ts";
import { smoke } from "../../../scripts/smoke/smoke.ts";
import { FakeDeployment, type Behaviour } from "../support/fake-deployment.ts";
import { fastClock } from "../support/fast-clock.ts";

async function tried(
  behaviour: Behaviour,
  { stop = new AbortController(), commit }: { stop?: AbortController; commit?: string } = {},
) {
  const { service, address } = await FakeDeployment.start({ commit: "c", ...behaviour });
  const said: string[] = [];
  const smoked = await smoke({
    url: new URL(`${address}/`),
    key: "k".repeat(32),
    ...(commit === undefined ? {} : { commit }),
    clock: fastClock(),
    signal: stop.signal,
    say: (line) => void said.push(line),
  }).catch((error: unknown) => String(error));
  const problems = typeof smoked === "string" ? smoked : smoked.problems;
  return { problems, said, service };
}

test("a photo goes through the service, and is deleted for good", async () => {
  const { problems, said, service } = await tried({});
  expect(problems).toEqual([]);
  expect(said.at(-1)).toBe(
    "A photo went in, was processed, shown, described and found, and was deleted for good.",
  );
  expect(service.requests.filter((request) => request.startsWith("DELETE"))).toEqual([
    "DELETE /v1/media/0198-photo?permanent=true",
  ]);
  expect(service.left).toEqual([]);
});

test("each run sends a photo of its own", async () => {
  const [one, other] = [await tried({}), await tried({})];
  const sent = ({ service }: typeof one) =>
    service.requests.find((request) => request.includes("object_key="));
  expect(sent(one)).toMatch(/object_key=tagline-smoke%2Fsmoke[0-9a-f]{16}\.jpg$/);
  expect(sent(one)).not.toBe(sent(other));
});

test.each([
  ["the photo fails", { ends: "failed" }, "The photo became failed: The file is damaged."],
  ["nobody processes the photo", { ends: "pending" }, "does the queue have its consumer?"],
  ["the search does not find it", { finds: false }, "The search does not find the photo"],
] as const)(
  "where %s it is told, and the photo is deleted all the same",
  async (_what, behaviour, sentence) => {
    const { problems, service } = await tried(behaviour);
    expect(problems).toEqual([expect.stringContaining(sentence)]);
    expect(service.left).toEqual([]);
  },
);

test("a photo that cannot be deleted is named", async () => {
  const { problems, service } = await tried({ deletes: false });
  expect(problems).toEqual([expect.stringContaining(`The photo ${service.left[0]} could not be deleted`)]);
});

test("a photo whose upload was never answered is found by its key, and deleted", async () => {
  const { problems, service } = await tried({ losesAnswer: true });
  expect(problems).toHaveLength(1);
  expect(service.requests.some((request) => request.startsWith("DELETE"))).toBe(true);
  expect(service.left).toEqual([]);
});

test("a key that the service does not know is told", async () => {
  const { problems } = await tried({ knows: [] });
  expect(problems).toEqual([expect.stringContaining("invalid_api_key")]);
});

test.each([
  ["without the scope admin", { scopes: ["read", "write"] }, "the key has not the scope admin"],
  ["without a storage that takes uploads", { writable: false }, "no storage provider takes uploads"],
] as const)("%s nothing is written", async (_what, behaviour, why) => {
  const { problems, said, service } = await tried(behaviour);
  expect(problems).toEqual([]);
  expect(said.at(-1)).toContain(why);
  expect(service.requests.filter((request) => !request.startsWith("GET"))).toEqual([]);
});

test("a service that is not healthy is not tried", async () => {
  const body = { status: "degraded", checks: {}, problems: ["A is wrong."] };
  const { problems, service } = await tried({ health: [{ status: 503, body }] });
  expect(problems).toEqual([expect.stringContaining("A is wrong.")]);
  expect(new Set(service.requests)).toEqual(new Set(["GET /health"]));
});

test("a run that is stopped before it begins sends nothing", async () => {
  const stop = new AbortController();
  stop.abort("polite");
  const { problems, service } = await tried({}, { stop });
  expect(problems).toBe("polite");
  expect(service.requests).toEqual([]);
});

test("the address and the key are read as by every command that speaks to a service", () => {
  const given = smokeOptions(["--url", "https://photos.example.org", "--key", "k"], {}, "/");
  expect(given).toEqual({ url: new URL("https://photos.example.org/"), key: "k" });
});
