import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, projectRoot } from "../../scripts/wrangler.ts";
import { refusingProxy, type RefusingProxy } from "./support/refusing-proxy.ts";
import { Client, dataFolder, pageSchema, startService, type RunningService } from "./support/service.ts";
import { type Language, type Played, playSession, sessionOf, typeProblems } from "./support/sessions.ts";

const document = "docs/clients.md";

let data: Awaited<ReturnType<typeof dataFolder>>;
let service: RunningService;
let proxy: RefusingProxy;

beforeAll(async () => {
  const { code, output } = await collect([process.execPath, ["packages/client/scripts/build.mjs"]]);
  if (code !== 0) throw new Error(`The client was not built: ${output}`);
  data = await dataFolder();
  service = await startService(data);
  proxy = await refusingProxy(service.url);
  const bytes = new Uint8Array(await readFile(join(projectRoot, "docs/tour.jpg")));
  const client = new Client(service);
  // So that lists have a second page.
  for (const name of ["a", "b", "c"]) await client.upload(`clients/${name}.jpg`, bytes);
});

afterAll(async () => {
  await proxy.close();
  await service.stop();
  await data.remove();
});

/** What each example prints, by its heading. */
type Expected = Readonly<Record<string, readonly RegExp[]>>;

const expected: Readonly<Record<Language, Expected>> = {
  ts: {
    Keys: [/^local \[ 'read', 'write', 'admin' \]$/],
    Uploads: [/^27799$/m],
    Errors: [/^It is there already: An object with this key already exists\./],
    "Waiting for a photo": [/^ready \d{3,}$/],
    Lists: [/^clients\/a\.jpg\nclients\/b\.jpg\nclients\/c\.jpg\nclients\/typescript\.jpg$/],
    "Changes that do not overwrite those of others": [/^1$/],
    "Reading what you have just written": [/^\d$/],
    "Following a run": [/^completed \d$/m],
    "Links without a key": [/^200$/],
  },
  sh: {
    Keys: [/"name":"local","scopes":\["read","write","admin"\]/],
    Uploads: [/^$/],
    Errors: [/"code":"object_exists"/],
    "Waiting for a photo": [/"state":"ready"/, /"width":\d{3,}/],
    Lists: [/clients\/a\.jpg.*\n.*clients\/c\.jpg/, /clients\/curl\.jpg/],
    "Changes that do not overwrite those of others": [/"keywords":\["lake"\]/, /"revision":1\b/],
    "Reading what you have just written": [/"revision":2\b/],
    "Following a run": [/"status":"started"/, /event: status$/m, /"state":"completed"/],
    "Links without a key": [/"data_url":"http:/, /"thumbnail_url":"http:/],
  },
  python: {
    Keys: [/^local \['read', 'write', 'admin'\]$/],
    Uploads: [/^$/],
    Errors: [/^It is there already: An object with this key already exists\./],
    "Waiting for a photo": [/^ready \d{3,}$/],
    Lists: [/^clients\/a\.jpg\nclients\/b\.jpg\nclients\/c\.jpg\n/, /^clients\/python\.jpg$/m],
    "Changes that do not overwrite those of others": [/^1$/],
    "Reading what you have just written": [/^\d$/],
    "Following a run": [/^completed \d$/],
    "Links without a key": [/^200$/],
  },
};

const hasPython = (process.env["PATH"] ?? "")
  .split(delimiter)
  .some((folder) => existsSync(join(folder, "python3")));

/** Runs all examples of a language as they are printed; the first read and the first write among them are refused once. */
async function played(language: Language): Promise<Played> {
  proxy.refuseNext();
  const before = proxy.refused.length;
  const variables = { TAGLINE: proxy.url, KEY: service.key };
  const session = await playSession(await sessionOf(document, language), language, variables);
  expect({ err: session.err, code: session.code }).toEqual({ err: "", code: 0 });
  expect(proxy.refused.slice(before)).toEqual(["GET", "POST"]);
  return session;
}

/** Headings below which something else was printed than is expected, with that. */
function surprises({ printed }: Played, wanted: Expected): string[] {
  return Object.entries(wanted)
    .filter(([heading, patterns]) => !patterns.every((each) => each.test(printed.get(heading) ?? "")))
    .map(([heading]) => `${heading}: ${printed.get(heading) ?? "nothing"}`);
}

describe("the examples of docs/clients.md run as they are printed, through refusals", () => {
  test("in TypeScript, which the compiler accepts at its strictest", async () => {
    expect(await typeProblems(await sessionOf(document, "ts"))).toBe("");
    expect(surprises(await played("ts"), expected.ts)).toEqual([]);
  });

  test("for curl", async () => {
    expect(surprises(await played("sh"), expected.sh)).toEqual([]);
  });

  test.skipIf(!hasPython)("in Python", async () => {
    expect(surprises(await played("python"), expected.python)).toEqual([]);
  });

  test("and leave the photos that they say, and no file", async () => {
    const page = await new Client(service).json(pageSchema, "/v1/media?keyword=lake&sort=object_key");
    const names = ["curl", ...(hasPython ? ["python"] : []), "typescript"];
    expect(page.items.map((each) => each.object_key)).toEqual(names.map((name) => `clients/${name}.jpg`));
    const left = await readdir(join(projectRoot, ".wrangler"));
    expect(left.filter((name) => name.startsWith("examples-"))).toEqual([]);
  });

  test.for(Object.keys(expected.ts))("in all three languages: %s", async (heading) => {
    const sessions = await Promise.all(
      (["ts", "sh", "python"] as const).map((language) => sessionOf(document, language)),
    );
    expect(sessions.map((session) => session.includes(`== ${heading}`))).toEqual([true, true, true]);
  });
});
