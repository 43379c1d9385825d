import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { readConfig } from "../../../src/config/config.ts";
import { deployed, complete, deployedAt, empty, fails, goodSecrets, noWorker } from "./support/deployed.ts";

const lacking = { call: "secret list", output: '[{ "name": "API_KEYS" }]' };
const withFile = ["--secrets-file", ".dev.vars.deploy", "--no-smoke"];

test("made secrets are those that the service accepts, are shown once, and stay in no file", async () => {
  const { said, secrets, root } = await deployed({ rules: [deployedAt("https://a.example"), ...empty] });
  const [text = ""] = secrets;
  const lines = text.split("\n").filter((line) => line !== "");
  expect(lines.map((line) => line.split("=")[0])).toEqual(["API_KEYS", "SIGNING_SECRET"]);
  const { apiKeys, problems } = readConfig(parseEnv(text));
  expect(apiKeys[0]?.scopes.has("admin")).toBe(true);
  expect(problems).toEqual([]);
  for (const line of lines) expect(said.filter((each) => each.includes(line))).toHaveLength(1);
  expect(readdirSync(root).filter((name) => name.startsWith("tagline-deploy-"))).toEqual([]);
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
  expect(secrets[0]).toMatch(/^SIGNING_SECRET=[0-9a-f]{48}\n$/);
});

test("the first deploy takes its secrets from the file, and makes none", async () => {
  const { result, changes, told, root } = await deployed({
    argv: withFile,
    rules: empty,
    files: { ".dev.vars.deploy": goodSecrets },
  });
  expect(result).toBe(0);
  expect(changes.at(-1)).toContain(`--secrets-file ${join(root, ".dev.vars.deploy")}`);
  expect(told).not.toContain("k".repeat(32));
});

test("what the file does not bring is made beside it", async () => {
  const { secrets, said } = await deployed({
    argv: withFile,
    rules: empty,
    files: { ".dev.vars.deploy": "DROPBOX_APP_KEY=abc\n" },
  });
  expect(secrets[0]).toMatch(/^DROPBOX_APP_KEY=abc\n+API_KEYS=.*\nSIGNING_SECRET=.*\n$/);
  expect(said.join("\n")).not.toContain("DROPBOX_APP_KEY");
});

test("a secret that lies in the environment too does not take the place of the file's, or of a made one", async () => {
  const { result, environments } = await deployed({
    argv: withFile,
    rules: empty,
    files: { ".dev.vars.deploy": `API_KEYS=ops:admin:${"k".repeat(32)}\n` },
    env: { API_KEYS: "another", SIGNING_SECRET: "another", OTHER: "stays" },
  });
  expect(result).toBe(0);
  expect(
    new Set(
      environments.map(({ API_KEYS, SIGNING_SECRET, OTHER }) => [API_KEYS, SIGNING_SECRET, OTHER].join()),
    ),
  ).toEqual(new Set([",,stays"]));
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

test("Workers Builds deploys without secrets, which its person sets, and says so", async () => {
  const { result, told, secrets } = await deployed({ rules: empty, env: { CI: "true", WORKERS_CI: "1" } });
  expect(told).toContain("the service refuses every request until you set it");
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

test("secrets that cannot be listed are refused with wrangler's reason", async () => {
  const { result, changes } = await deployed({
    rules: [fails("secret list", "A request to the API failed."), ...complete],
  });
  expect(result).toContain("The secrets could not be listed: A request to the API failed.");
  expect(changes).toEqual([]);
});

test("a Worker that is not there at all has every secret made", async () => {
  const { secrets } = await deployed({ rules: [...noWorker, ...complete] });
  expect(secrets[0]).toMatch(/^API_KEYS=.*\nSIGNING_SECRET=.*\n$/);
});
