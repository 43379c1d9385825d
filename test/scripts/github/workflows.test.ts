import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../../../scripts/wrangler.ts";
import { textOf, yamlFilesIn, yamlOf } from "./support/documents.ts";

const values = z.record(z.string(), z.unknown());

const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: values.default({}),
  env: values.default({}),
});

const job = z.looseObject({
  uses: z.string().optional(),
  needs: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  environment: z.string().optional(),
  "timeout-minutes": z.number().optional(),
  steps: z.array(step).default([]),
});

const workflow = z.looseObject({
  on: values,
  concurrency: z.looseObject({ group: z.string(), "cancel-in-progress": z.boolean().optional() }),
  jobs: z.record(z.string(), job),
});

const files = yamlFilesIn(".github/workflows");
const workflows = new Map(files.map((file) => [file, workflow.parse(yamlOf(file))]));
const deploy = workflow.parse(yamlOf(".github/workflows/deploy.yml"));
const steps = [...workflows.values()].flatMap(({ jobs }) =>
  Object.values(jobs).flatMap((each) => each.steps),
);

/** What a shell gets to see of a step: an expression in it would be a program of whoever chose its value. */
function commandsOf({ run = "", with: inputs }: z.infer<typeof step>): string[] {
  return [run, inputs["preCommands"], inputs["command"], inputs["postCommands"]].filter(
    (text) => typeof text === "string",
  );
}

describe("a workflow", () => {
  test("puts no expression into a command", () => {
    const commands = steps.flatMap(commandsOf).filter((text) => text !== "");
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter((text) => text.includes("${{"))).toEqual([]);
  });

  test("leaves no credentials in its checkout", () => {
    const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
    expect(checkouts.length).toBeGreaterThan(3);
    expect(checkouts.filter((each) => each.with["persist-credentials"] !== false)).toEqual([]);
  });

  test("ends in the end, with each of its jobs", () => {
    const jobs = [...workflows.values()].flatMap(({ jobs: all }) => Object.entries(all));
    const endless = jobs.filter(
      ([, each]) => each.uses === undefined && each["timeout-minutes"] === undefined,
    );
    expect(endless.map(([name]) => name)).toEqual([]);
  });

  test("calls another one only where that is a file of ours", () => {
    const jobs = [...workflows.values()].flatMap(({ jobs: all }) => Object.values(all));
    const called = jobs.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(called).toEqual(["./.github/workflows/ci.yml"]);
    expect(called.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([]);
    expect(workflows.get(".github/workflows/ci.yml")?.on).toHaveProperty("workflow_call");
  });

  test("makes the checks of a change by .ci/run, and shows the size of the bundle", () => {
    const commands = Object.values(workflows.get(".github/workflows/ci.yml")?.jobs ?? {})
      .flatMap((each) => each.steps)
      .flatMap(({ run = "" }) => run);
    expect(commands).toContain(".ci/run");
    expect(commands.filter((text) => text.includes("npm run --silent size"))).toHaveLength(1);
  });
});

describe("a deploy by tag", () => {
  const deploying = ["staging", "production"];

  test("begins with the tag of a version, and with nothing else", () => {
    expect(deploy.on).toEqual({ push: { tags: ["v*"] } });
  });

  test("waits for the checks of this very commit, then for staging", () => {
    expect(deploy.jobs["test"]?.uses).toBe("./.github/workflows/ci.yml");
    expect(deploy.jobs["staging"]?.needs).toEqual(["version", "test"]);
    expect(deploy.jobs["production"]?.needs).toEqual(["staging"]);
  });

  test("never runs beside another one, and is not broken off by one", () => {
    expect(deploy.concurrency).toEqual({ group: "deploy", "cancel-in-progress": false });
  });

  test.for(deploying)("has the credentials of its environment alone: %s", (name) => {
    expect(deploy.jobs[name]?.environment).toBe(name);
    const others = Object.entries(deploy.jobs).filter(([other]) => !deploying.includes(other));
    expect(others.filter(([, each]) => JSON.stringify(each).includes("secrets."))).toEqual([]);
    expect(
      [...workflows].filter(([, each]) => JSON.stringify(each).includes("secrets.")).map(([file]) => file),
    ).toEqual([".github/workflows/deploy.yml"]);
  });

  test.for(deploying)(
    "runs our own command in the official action, without a cache of other jobs: %s",
    (name) => {
      const own = deploy.jobs[name]?.steps ?? [];
      const action = own.find(({ uses = "" }) => uses.startsWith("cloudflare/wrangler-action@"));
      const command =
        name === "production" ? "npm run deploy -- --url" : `npm run deploy -- --env ${name} --url`;
      expect(action?.with["preCommands"]).toBe(`${command} "$TAGLINE_URL"`);
      const setUp = own.find(({ uses = "" }) => uses.startsWith("actions/setup-node@"));
      expect(setUp?.with).toMatchObject({ "package-manager-cache": false });
      expect(setUp?.with).not.toHaveProperty("cache");
    },
  );

  test("takes the wrangler of the lock file", () => {
    const lock = z
      .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
      .parse(JSON.parse(textOf("package-lock.json")));
    const told = deploying.map((name) => deploy.jobs[name]?.steps.at(-1)?.with["wranglerVersion"]);
    const locked = lock.packages["node_modules/wrangler"]?.version;
    expect(locked).toBeDefined();
    expect(told).toEqual([locked, locked]);
  });
});
