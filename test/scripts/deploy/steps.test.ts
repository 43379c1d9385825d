import { describe, expect, test } from "vitest";
import type { Rule } from "../support/recording-wrangler.ts";
import {
  bindings,
  complete,
  deployed,
  empty,
  fails,
  nobody,
  noWorker,
  production,
  runsWith,
  staging,
} from "./support/deployed.ts";

/** Every step from an empty account, in its order; `COMMIT` and `FILE` stand for what differs. */
const everyStep = [
  "d1 create tagline --no-update-config --env=",
  "r2 bucket create tagline-media --no-update-config --env=",
  "queues create tagline-ingest --env=",
  "queues create tagline-ingest-dead --env=",
  "d1 migrations apply DB --remote --env=",
  "deploy --env= --var COMMIT:COMMIT --secrets-file FILE",
];

const plain = (changes: readonly string[], commit: string): string[] =>
  changes.map((call) => call.replace(commit, "COMMIT").replace(/--secrets-file \S+/, "--secrets-file FILE"));

describe("a deploy into", () => {
  test("an empty account creates everything, migrates, and deploys with secrets that it makes", async () => {
    const { result, changes, commit, told } = await deployed({ rules: empty });
    expect(plain(changes, commit)).toEqual(everyStep);
    expect(told).toContain(`Deployed ${commit.slice(0, 12)}.`);
    expect(result).toBe(0);
  });

  test("a half-made account goes on with what is missing", async () => {
    const rules = [
      { call: "d1 list", output: '[{ "name": "tagline", "uuid": "1" }]' },
      { call: "queues info tagline-ingest --config" },
      ...empty,
    ];
    const { result, changes, commit } = await deployed({ rules });
    expect(plain(changes, commit)).toEqual([
      "r2 bucket create tagline-media --no-update-config --env=",
      "queues create tagline-ingest-dead --env=",
      ...everyStep.slice(-2),
    ]);
    expect(result).toBe(0);
  });

  test("a complete account migrates, then deploys with the commit that is checked out", async () => {
    const { result, changes, commit } = await deployed({});
    expect(changes).toEqual([
      "d1 migrations apply DB --remote --env=",
      `deploy --env= --var COMMIT:${commit}`,
    ]);
    expect(result).toBe(0);
  });

  test("an account whose Worker was never deployed but has secrets makes none", async () => {
    const rules = [fails("deployments status", "The Worker tagline has no deployments."), ...complete];
    const { secrets, result } = await deployed({ rules });
    expect(secrets).toEqual([]);
    expect(result).toBe(0);
  });

  test("an environment means it in every call", async () => {
    const { result, calls } = await deployed({
      argv: ["--env", "staging", "--no-smoke"],
      config: production + staging,
      rules: [...noWorker, ...complete],
    });
    expect(result).toBe(0);
    expect(calls.filter((call) => !call.includes("--env=staging"))).toEqual([]);
    expect(calls.join("\n")).toContain("r2 bucket info tagline-staging-media");
    expect(calls.join("\n")).toContain("queues info tagline-staging-ingest-dead");
  });
});

describe("a failure", () => {
  const calls = everyStep.map((step) => step.split(" --")[0] ?? "");
  const sentences = [
    "The database tagline was not created",
    "The bucket tagline-media was not created",
    "The queue tagline-ingest was not created",
    "The queue tagline-ingest-dead was not created",
    "Nothing was deployed.",
    "The database is up to date, and no version of the Worker runs. The secrets that were made are not set",
  ];

  test.each(calls.map((call, index) => ({ call, index })))(
    "of `$call` ends the deploy there, with what is true now",
    async ({ call, index }) => {
      const exact: Rule = { ...fails(`${call} `, "No."), code: 7 };
      const { result, changes, said } = await deployed({ rules: [exact, ...empty] });
      expect(result).toBe(7);
      expect(changes).toHaveLength(index + 1);
      expect(said.at(-1)).toContain(sentences[index]);
      expect(said.at(-1)).toContain("Run the same command again");
    },
  );

  test.each(calls)("of `%s` leaves an account in which the same command goes on", async (call) => {
    const rest = calls.slice(calls.indexOf(call));
    const made = calls.slice(0, calls.indexOf(call));
    const has = (name: string): Rule[] =>
      made.some((done) => done.endsWith(` ${name}`))
        ? [{ call: `r2 bucket info ${name} ` }, { call: `queues info ${name} ` }]
        : [];
    const databases = made.length > 0 ? '[{ "name": "tagline", "uuid": "1" }]' : "[]";
    const rules = [
      { call: "d1 list", output: databases },
      ...["tagline-media", "tagline-ingest", "tagline-ingest-dead"].flatMap(has),
      ...empty,
    ];
    const { result, changes } = await deployed({ rules });
    // The migrations are wrangler's to know: it applies those that are missing.
    const again = rest.includes("d1 migrations apply DB") ? rest : ["d1 migrations apply DB", ...rest];
    expect(changes.map((change) => change.split(" --")[0])).toEqual(again);
    expect(result).toBe(0);
  });

  test.each(calls)(
    "of a person who stops at `%s` is told how far it came, and how to go on",
    async (call) => {
      const { result, said, changes } = await deployed({ rules: empty, stopAt: `${call} ` });
      expect(changes.at(-1)?.startsWith(call)).toBe(true);
      expect(said.at(-1)).toMatch(
        /^Stopped after: (?:Creating|Applying|Deploying) .*Run the same command again/,
      );
      expect(result).toBe(130);
    },
  );

  test("of a person who stops during the checks changes nothing", async () => {
    const { result, said, changes } = await deployed({ rules: empty, isStoppedEarly: true });
    expect(changes).toEqual([]);
    expect(said).toEqual(["Stopped. Run the same command again: it goes on with what is missing."]);
    expect(result).toBe(130);
  });

  test("of the deploy itself tells that the version before runs", async () => {
    const { said, result } = await deployed({ rules: [fails("deploy ", "No."), ...complete] });
    expect(said.at(-1)).toContain("The database is up to date, the Worker is as it was.");
    expect(result).toBe(1);
  });

  test("of what wrangler does after the code tells that the new version runs", async () => {
    const after = '{ "versions": [{ "version_id": "next", "percentage": 100 }] }';
    const { said } = await deployed({
      rules: [
        { ...fails("deploy ", "No."), changes: { call: "deployments status", output: after } },
        { call: "versions view next", output: '{ "resources": { "bindings": [] } }' },
        ...complete,
      ],
    });
    expect(said.at(-1)).toContain("The new version runs, but wrangler did not finish");
  });

  test("where wrangler ends well without a version is no deploy", async () => {
    const declined = {
      call: "deploy ",
      results: [{ type: "deploy", version: 1, version_id: null, targets: [] }],
    };
    const { result, said } = await deployed({ rules: [declined, ...complete] });
    expect(said.at(-1)).toContain("nothing was deployed");
    expect(result).toBe(1);
  });
});

test("whoever could decline the migrations is not asked, so that code never comes without them", async () => {
  const { inputs } = await deployed({ rules: empty });
  expect(inputs).toEqual([
    "d1 ignore",
    "r2 ignore",
    "queues ignore",
    "queues ignore",
    "d1 ignore",
    "deploy inherit",
  ]);
});

describe("a dry run", () => {
  test("for an empty account prints every step, and changes nothing", async () => {
    const { result, said, changes, commit } = await deployed({ argv: ["--dry-run"], rules: empty });
    expect(result).toBe(0);
    expect(changes).toEqual([]);
    const steps = said.flatMap((line) => /^Would run: npx wrangler (.*?) {3}\(/.exec(line)?.[1] ?? []);
    const bare = steps.map((step) =>
      step.replace(/ --config \S+/, "").replace(/--secrets-file \(.*\)$/, "--secrets-file FILE"),
    );
    expect(plain(bare, commit)).toEqual(everyStep);
    expect(said.join("\n")).toContain(
      "Would make API_KEYS and SIGNING_SECRET, and show what was made, once.",
    );
    expect(said.join("\n")).toContain("Would call the service");
    expect(said.at(-1)).toBe("Nothing was changed.");
  });

  test("for a complete account prints two steps, and no smoke run where none is wanted", async () => {
    const { said } = await deployed({ argv: ["--dry-run", "--no-smoke"] });
    expect(said.filter((line) => line.startsWith("Would "))).toHaveLength(2);
  });

  test("names what is in the way, and ends as the deploy would", async () => {
    const { result, told, changes } = await deployed({ argv: ["--dry-run"], files: { "new.ts": "" } });
    expect(told).toContain("In the way: The working tree differs from what is committed (new.ts)");
    expect(told).toContain("Would run: npx wrangler deploy");
    expect(changes).toEqual([]);
    expect(result).toBe(1);
  });

  test("without a login prints the steps for an account that has nothing", async () => {
    const { result, told, calls } = await deployed({ argv: ["--dry-run"], rules: [nobody] });
    expect(told).toContain("In the way: Wrangler is not logged in: run `npx wrangler login`");
    expect(told.match(/Would run/g)).toHaveLength(everyStep.length);
    expect(calls).toEqual([expect.stringContaining("whoami --json")]);
    expect(result).toBe(1);
  });
});

describe("a version that runs", () => {
  const other = (change: Record<string, string>) =>
    runsWith(
      bindings.map((binding) => (binding["name"] === change["name"] ? { ...binding, ...change } : binding)),
    );
  const gone = [{ call: "d1 list", output: "[]" }, ...complete];

  test.each([
    [
      "another database",
      [other({ name: "DB", id: "0" }), ...complete],
      "has 0 as its database DB, the new one would have tagline, which is another one",
    ],
    ["a database that is gone", gone, "would have tagline, which the account does not have"],
    [
      "another bucket",
      [other({ name: "MEDIA_BUCKET", bucket_name: "mine" }), ...complete],
      "has mine as its bucket MEDIA_BUCKET",
    ],
    [
      "a bucket elsewhere",
      [other({ name: "MEDIA_BUCKET", jurisdiction: "eu" }), ...complete],
      "has tagline-media (eu) as its bucket",
    ],
    [
      "a bucket that is gone",
      [...empty.filter(({ call }) => call.startsWith("r2")), ...complete],
      "would have tagline-media, which the account does not have",
    ],
    [
      "another queue",
      [other({ name: "INGEST_QUEUE", queue_name: "mine" }), ...complete],
      "has mine as its queue INGEST_QUEUE",
    ],
  ])(
    "is not given %s, because what people wrote is in the one that it has",
    async (_what, rules, sentence) => {
      const { result, changes } = await deployed({ rules });
      expect(result).toContain(sentence);
      expect(changes).toEqual([]);
    },
  );

  test("is given another database where a person says so", async () => {
    const { result, changes } = await deployed({ rules: gone, argv: ["--other-storage", "--no-smoke"] });
    expect(changes[0]).toContain("d1 create tagline");
    expect(result).toBe(0);
  });

  test("is not refused for a bucket of which Cloudflare says that it may be anywhere", async () => {
    const { result } = await deployed({
      rules: [other({ name: "MEDIA_BUCKET", jurisdiction: "default" }), ...complete],
    });
    expect(result).toBe(0);
  });

  test("is given what it did not have before", async () => {
    const rules = [
      runsWith(bindings.filter(({ name }) => name !== "MEDIA_BUCKET")),
      ...empty.filter(({ call }) => call.startsWith("r2")),
      ...complete,
    ];
    const { changes } = await deployed({ rules });
    expect(changes[0]).toContain("r2 bucket create tagline-media");
  });

  test("is no obstacle where the Worker has only secrets so far", async () => {
    const { changes } = await deployed({ rules: [...noWorker.slice(1), ...gone] });
    expect(changes[0]).toContain("d1 create tagline");
  });
});

describe("a jurisdiction", () => {
  const bound = production.replace(
    'bucket_name = "tagline-media"',
    'bucket_name = "tagline-media"\njurisdiction = "eu"',
  );

  test("holds what is created, and buckets where they are looked for", async () => {
    const { changes, calls } = await deployed({
      argv: ["--jurisdiction", "eu", "--no-smoke"],
      config: bound,
      rules: empty,
    });
    expect(changes.slice(0, 4)).toEqual([
      "d1 create tagline --jurisdiction eu --no-update-config --env=",
      "r2 bucket create tagline-media --jurisdiction eu --no-update-config --env=",
      "queues create tagline-ingest --jurisdiction eu --env=",
      "queues create tagline-ingest-dead --jurisdiction eu --env=",
    ]);
    expect(calls.join("\n")).toContain("r2 bucket info tagline-media --jurisdiction eu");
  });

  test("is refused for a bucket whose binding does not have it", async () => {
    const { result, calls } = await deployed({ argv: ["--jurisdiction", "eu"], rules: empty });
    expect(result).toContain('the bucket MEDIA_BUCKET in wrangler.toml has no `jurisdiction = "eu"`');
    expect(calls).toEqual([]);
  });

  test("is refused for a database that is there outside of it", async () => {
    const there: Rule = {
      call: "d1 list",
      output: '[{ "name": "tagline", "uuid": "1", "jurisdiction": null }]',
    };
    const { result, changes } = await deployed({
      argv: ["--jurisdiction", "eu"],
      config: bound,
      rules: [there, ...noWorker, ...complete],
    });
    expect(result).toContain(
      "The database tagline is there already and does not belong to the jurisdiction eu",
    );
    expect(changes).toEqual([]);
  });

  test("of the buckets has to be said for what is created beside them", async () => {
    const { result, changes } = await deployed({ config: bound, rules: empty });
    expect(result).toContain(
      "The buckets have to stay in the jurisdiction eu, and the database tagline would be created without one: say --jurisdiction eu.",
    );
    expect(changes).toEqual([]);
  });

  test("that Cloudflare does not have is refused", async () => {
    const { result, calls } = await deployed({ argv: ["--jurisdiction", "mars"] });
    expect(result).toContain('--jurisdiction needs eu, us, fedramp, not "mars".');
    expect(calls).toEqual([]);
  });
});
