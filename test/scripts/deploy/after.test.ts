import { describe, expect, test } from "vitest";
import { deployedOf } from "../../../scripts/deploy/address.ts";
import { FakeDeployment, type Behaviour } from "../support/fake-deployment.ts";
import { complete, deployed, deployedAt, empty, goodSecrets } from "./support/deployed.ts";

const key = "k".repeat(32);
const withFile = { argv: ["--secrets-file", ".dev.vars.deploy"], files: { ".dev.vars.deploy": goodSecrets } };

/** A deploy of production, then a look at a service that behaves in this way; its commit is always that of the deploy. */
async function lookedAt(behaviour: Behaviour, given: Parameters<typeof deployed>[0] = withFile) {
  const { service, address } = await FakeDeployment.start({ scopes: ["read"], commit: "any", ...behaviour });
  const outcome = await deployed({ rules: [deployedAt(address), ...complete], ...given });
  return { ...outcome, service, address };
}

test("without a key only the health of the service is asked", async () => {
  const { result, told, service } = await lookedAt({}, { argv: [] });
  expect(service.requests).toEqual(["GET /health"]);
  expect(told).toContain("the smoke run needs a key in TAGLINE_API_KEY");
  expect(result).toBe(0);
});

test("the key of the file makes the smoke run", async () => {
  const { service } = await lookedAt({});
  expect(new Set(service.keys)).toEqual(new Set([key]));
});

test("the key of the environment makes the smoke run where the deploy sets none", async () => {
  const { service } = await lookedAt({}, { argv: [], env: { TAGLINE_API_KEY: "x".repeat(40) } });
  expect(new Set(service.keys)).toEqual(new Set(["x".repeat(40)]));
});

test("the key that was made makes the smoke run, at the address that wrangler told", async () => {
  const { service, address } = await FakeDeployment.start();
  const { secrets } = await deployed({
    argv: [],
    rules: [deployedAt("schedule: 17 3 * * *", address), ...empty],
  });
  expect(service.keys.length).toBeGreaterThan(0);
  expect(secrets[0]?.[1]).toContain(`"API_KEYS":"owner:admin:${service.keys[0]}"`);
});

test("a key of the environment that is none of the service speaks of the key, and not of the version", async () => {
  const { result, told } = await lookedAt(
    { knows: [] },
    { argv: [], env: { TAGLINE_API_KEY: "x".repeat(40) } },
  );
  expect(told).toContain("The key in TAGLINE_API_KEY is none of this service");
  expect(told).not.toContain("rollback");
  expect(result).toBe(1);
});

test("a new key is waited for while the version before, which does not know it, answers", async () => {
  const { told, service } = await lookedAt({ knows: [], learnsAfter: 3 });
  expect(service.requests.filter((request) => request === "GET /v1/about").length).toBeGreaterThan(3);
  expect(told).not.toContain("invalid_api_key");
});

test("an address that a person names goes before wrangler's", async () => {
  const { service, address } = await FakeDeployment.start();
  await deployed({ argv: ["--url", address], rules: [deployedAt("https://elsewhere.example"), ...complete] });
  expect(service.requests).toContain("GET /health");
});

test("a service that is not healthy at last fails the deploy, and the way back is told", async () => {
  const body = {
    status: "degraded",
    checks: { database: "failed", storage: "ok" },
    problems: ["A is wrong."],
  };
  const { result, told } = await lookedAt({ health: [{ status: 503, body }] }, { argv: [] });
  expect(told).toContain("the check of the database failed.");
  expect(told).toContain("A is wrong.");
  expect(told).toContain('npm run wrangler -- rollback most --env=""');
  expect(result).toBe(1);
});

test("a service that becomes healthy in time is fine", async () => {
  const down = { status: 503, body: { status: "degraded", checks: {}, problems: ["Not yet."] } };
  const up = { status: 200, body: { status: "ok", checks: {}, problems: [] } };
  const { result, told } = await lookedAt({ health: [down, down, up] }, { argv: [] });
  expect(told).not.toContain("Not yet.");
  expect(result).toBe(0);
});

test("another version that goes on answering fails the deploy", async () => {
  const { result, told, commit } = await lookedAt({ commit: "0".repeat(40) });
  expect(told).toContain(`Another version still answers: its commit is ${"0".repeat(40)}, not ${commit}.`);
  expect(result).toBe(1);
});

test("a first deploy that does not work has no version to go back to", async () => {
  const { address } = await FakeDeployment.start({ health: [{ status: 500, body: {} }] });
  const { told, result } = await deployed({ argv: [], rules: [deployedAt(address), ...empty] });
  expect(told).not.toContain("rollback");
  expect(told).toContain("is no health of Tagline");
  expect(result).toBe(1);
});

test("where wrangler tells no address, the person is asked for one", async () => {
  const { told, result } = await deployed({
    argv: [],
    rules: [deployedAt("schedule: 17 3 * * *"), ...complete],
  });
  expect(told).toContain("name the address with --url");
  expect(told).not.toContain("rollback");
  expect(result).toBe(1);
});

test("a service that nobody answers for is told with its reason", async () => {
  const { told, result } = await deployed({ argv: ["--url", "http://127.0.0.1:9"] });
  expect(told).toContain("http://127.0.0.1:9/health does not answer: ");
  expect(result).toBe(1);
});

test("a first deploy ends with what comes next, a later one with the address", async () => {
  const { address } = await FakeDeployment.start();
  const first = await deployed({ argv: ["--no-smoke"], rules: [deployedAt(address), ...empty] });
  expect(first.told).toContain(`npm run import -- FOLDER --url ${address}/`);
  const later = await deployed({ argv: ["--no-smoke"], rules: [deployedAt(address), ...complete] });
  expect(later.said.at(-1)).toBe(`The service is at ${address}/`);
});

describe("the address of a deploy", () => {
  const entry = (...targets: string[]) => JSON.stringify({ type: "deploy", version_id: "v", targets });

  test.each([
    [
      "a custom domain before the given address",
      entry("https://a.workers.dev", "b.example (custom domain)"),
      "https://b.example/",
    ],
    [
      "a custom domain with its zone",
      entry("b.example (custom domain - zone name: b.example)"),
      "https://b.example/",
    ],
    [
      "the address of the last deploy",
      `${entry("https://a.example")}\nno JSON\n${entry("https://b.example")}\n`,
      "https://b.example/",
    ],
  ])("is %s", (_what, results, url) => {
    expect(deployedOf(results)).toEqual({ version: "v", url: new URL(url) });
  });

  test.each([
    ["routes with a pattern", entry("example.org/photos/* (zone name: example.org)")],
    ["nothing", ""],
    ["another entry", '{"type":"wrangler-session"}'],
  ])("is none where wrangler told %s", (_what, results) => {
    expect(deployedOf(results).url).toBeUndefined();
  });
});
