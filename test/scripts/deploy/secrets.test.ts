import { readdirSync, readFileSync, statSync } from "node:fs";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { secretsFileOf } from "../../../scripts/deploy/secrets.ts";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { readConfig } from "../../../src/config/config.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";
import { complete, deployed, empty, fails, goodSecrets, noWorker, refuses } from "./support/deployed.ts";

const lacking = { call: "secret list", output: '[{ "name": "API_KEYS" }]' };
const withFile = ["--secrets-file", ".dev.vars.deploy", "--no-smoke"];

/** The secrets that wrangler was given, by their names. */
const given = ({ secrets }: Awaited<ReturnType<typeof deployed>>): Record<string, string> =>
  z.record(z.string(), z.string()).parse(JSON.parse(secrets[0]?.[1] ?? "{}"));

test("made secrets are those that the service accepts, and are shown once", async () => {
  const outcome = await deployed({ rules: empty });
  const set = given(outcome);
  expect(Object.keys(set)).toEqual(["API_KEYS", "SIGNING_SECRET"]);
  const { apiKeys, problems } = readConfig(set);
  expect(apiKeys[0]?.scopes.has("admin")).toBe(true);
  expect(problems).toEqual([]);
  for (const [name, value] of Object.entries(set))
    expect(outcome.said.filter((line) => line.includes(`${name}=${value}`))).toHaveLength(1);
});

test.each([
  ["that goes well", { rules: empty }],
  ["that fails", { rules: [fails("deploy ", "No."), ...empty] }],
  ["that is stopped", { rules: empty, stopAt: "deploy " }],
])("of a deploy %s no file with secrets is left, and nobody else could read it", async (_what, meets) => {
  const { left, secrets } = await deployed(meets);
  expect(secrets.map(([mode]) => mode)).toEqual(["600"]);
  expect(left).toEqual([]);
});

test("what a killed deploy has left is taken away by the next one", async () => {
  const place = await temporaryFolder();
  await writeFiles(place, {
    "tagline-deploy-old/secrets.json": "{}",
    "tagline-deploy-new/secrets.json": "{}",
    "mine/a": "",
  });
  await utimes(join(place, "tagline-deploy-old"), 0, 0);
  secretsFileOf(new Map(), place);
  expect(readdirSync(place).sort()).toEqual(["mine", "tagline-deploy-new"]);
});

test("where nobody sees the output, made secrets are in a file of the person's, and not in the output", async () => {
  const outcome = await deployed({ rules: empty, isTerminal: false });
  const file = join(outcome.root, ".dev.vars.deployed-production");
  expect(parseEnv(readFileSync(file, "utf8"))).toEqual(given(outcome));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(outcome.told).toContain(file);
  expect(outcome.told).not.toContain(given(outcome)["SIGNING_SECRET"]);
});

test("a deploy goes on with the secrets that one before has left in that file", async () => {
  const outcome = await deployed({
    rules: empty,
    isTerminal: false,
    files: { ".dev.vars.deployed-production": goodSecrets },
  });
  expect(given(outcome)).toEqual(parseEnv(goodSecrets));
});

test("made secrets are shown before they are set, so that nobody who is interrupted is without them", async () => {
  const { said } = await deployed({ rules: [fails("deploy ", "No."), ...empty] });
  const shown = said.findIndex((line) => line.includes("API_KEYS=owner:admin:"));
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(said.indexOf("Deploying the Worker …"));
});

test("two deploys make different secrets", async () => {
  const [one, other] = [await deployed({ rules: empty }), await deployed({ rules: empty })];
  expect(one.secrets).not.toEqual(other.secrets);
});

test("only the secret that is missing is made", async () => {
  const { secrets } = await deployed({ rules: [lacking, ...complete] });
  expect(secrets).toHaveLength(1);
  expect(secrets[0]?.[1]).toMatch(/^\{"SIGNING_SECRET":"[0-9a-f]{48}"\}$/);
});

test("the first deploy takes its secrets from the file, and makes none", async () => {
  const outcome = await deployed({
    argv: withFile,
    rules: empty,
    files: { ".dev.vars.deploy": goodSecrets },
  });
  expect(outcome.result).toBe(0);
  expect(given(outcome)).toEqual(parseEnv(goodSecrets));
  expect(outcome.told).not.toContain("k".repeat(32));
});

test("a file in JSON is taken as well, and one that only begins so is refused", async () => {
  const files = { ".dev.vars.deploy": JSON.stringify(parseEnv(goodSecrets)) };
  expect(given(await deployed({ argv: withFile, rules: empty, files }))).toEqual(parseEnv(goodSecrets));
  const { result } = await deployed({ argv: withFile, files: { ".dev.vars.deploy": '{ "API_KEYS": 1 }' } });
  expect(result).toContain(".dev.vars.deploy begins as JSON and is no object of texts.");
});

test("what the file does not bring is made beside it, and not shown", async () => {
  const outcome = await deployed({
    argv: withFile,
    rules: empty,
    files: { ".dev.vars.deploy": "DROPBOX_APP_KEY='a$HOME'\nDROPBOX_APP_SECRET=\n" },
  });
  const set = given(outcome);
  // No shell and no wrangler reads the dollar sign: JSON has it as it is.
  expect(set["DROPBOX_APP_KEY"]).toBe("a$HOME");
  expect(Object.keys(set)).toEqual(["DROPBOX_APP_KEY", "API_KEYS", "SIGNING_SECRET"]);
  expect(outcome.told).not.toContain("DROPBOX_APP_KEY");
});

test("in continuous integration no secret is made, because the log would show it", async () => {
  const { result, changes } = await deployed({ rules: empty, env: { CI: "true" } });
  expect(result).toContain(
    "The Worker has no API_KEYS and SIGNING_SECRET, and in continuous integration none is made",
  );
  expect(changes).toEqual([]);
});

test("continuous integration deploys a Worker that has its secrets", async () => {
  const { result } = await deployed({ env: { CI: "true" } });
  expect(result).toBe(0);
});

test("Workers Builds deploys without secrets, which its person sets, says so, and calls nobody", async () => {
  const { result, told, secrets } = await deployed({
    argv: [],
    rules: empty,
    env: { CI: "true", WORKERS_CI: "1" },
  });
  expect(told).toContain("the service refuses every request until each is set");
  expect(secrets).toEqual([]);
  expect(result).toBe(0);
});

test("a file of secrets that still has its placeholders is refused, without its content", async () => {
  const { result, changes } = await deployed({
    argv: withFile,
    files: { ".dev.vars.deploy": readFileSync(join(projectRoot, ".dev.vars.example"), "utf8") },
  });
  expect(result).toContain(".dev.vars.deploy: API_KEYS entry 1 does not have the form");
  expect(result).toContain(".dev.vars.deploy: SIGNING_SECRET must have at least 32 characters");
  expect(result).not.toContain("replace-me");
  expect(changes).toEqual([]);
});

test("a file of secrets that is not there is refused", async () => {
  const { result, changes } = await deployed({ argv: ["--secrets-file", "nowhere"] });
  expect(result).toContain("There is no file");
  expect(changes).toEqual([]);
});

test.each([
  [refuses("secret list", "Authentication error [code: 10000]"), "Authentication error [code: 10000]"],
  [
    { call: "secret list", output: "API_KEYS" },
    "wrangler answered in a form that this command does not know.",
  ],
])("secrets that cannot be listed are not overwritten", async (rule, reason) => {
  const { result, changes } = await deployed({ rules: [rule, ...complete] });
  expect(result).toContain(`The secrets could not be listed: ${reason}`);
  expect(changes).toEqual([]);
});

test("a Worker that is not there at all has every secret made", async () => {
  const { secrets } = await deployed({ rules: [...noWorker, ...complete] });
  expect(secrets[0]?.[1]).toMatch(/^\{"API_KEYS":".*","SIGNING_SECRET":".*"\}$/);
});
