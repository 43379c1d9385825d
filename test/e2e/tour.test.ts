import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../../scripts/wrangler.ts";
import { Client, dataFolder, startService, type RunningService } from "./support/service.ts";
import { readTour } from "./support/tour.ts";

const shells = ["bash", "zsh"].filter((shell) =>
  (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, shell))),
);

let data: Awaited<ReturnType<typeof dataFolder>>;
let service: RunningService;

beforeAll(async () => {
  data = await dataFolder();
  service = await startService(data);
});

afterAll(async () => {
  await service.stop();
  await data.remove();
});

/** Types commands into a shell that reads none of its own settings. */
async function typeInto(
  shell: string,
  commands: string,
): Promise<{ code: number | null; out: string; err: string }> {
  const temporary = await mkdtemp(join(data.folder, "temporary-"));
  const flags = shell === "zsh" ? ["-f", "-s"] : ["--norc", "-s"];
  const child = spawn(shell, flags, {
    cwd: projectRoot,
    env: { ...process.env, TAGLINE: service.url, TAGLINE_API_KEY: service.key, TMPDIR: temporary },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  child.stdin.end(commands);
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  expect(await readdir(temporary)).toEqual([]);
  return { code, out, err };
}

/** What each step printed by its title: the JSON documents read, anything else as text. */
function stepsOf(out: string): Map<string, unknown[]> {
  const steps = out.split("\n== ").slice(1);
  return new Map(
    steps.map((step) => {
      const [title = "", ...lines] = step.trimEnd().split("\n");
      const parts = lines.join("\n").split(/(?<=^\})\n/m);
      return [
        title,
        parts.map((part) => (part.startsWith("{") ? z.unknown().parse(JSON.parse(part)) : part)),
      ];
    }),
  );
}

const filesHere = async (): Promise<string[]> => [
  ...(await readdir(projectRoot)),
  ...(await readdir(join(projectRoot, "docs"), { recursive: true })),
];

test.each(shells)(
  "the README's tour, pasted into %s, shows what the service does and leaves nothing behind",
  async (shell) => {
    const before = await filesHere();
    const { code, out, err } = await typeInto(shell, await readTour());
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(await filesHere()).toEqual(before);
    const steps = stepsOf(out);
    expect(steps.get("What its file tells: camera, place and date")).toMatchObject([
      {
        state: "ready",
        "intrinsic.camera": { make: "Tagline", model: "Paintbox 1", lens: null },
        taken: { at: "2024-07-14T20:42:11.000", precision: "second", source: "exif" },
        place: { latitude: 46.43, longitude: 6.91, altitude: 372, source: "exif" },
        object_metadata: { description: "Evening over the lake" },
      },
    ]);
    expect(steps.get("Its thumbnail")).toEqual([expect.stringMatching(/^200 image\/jpeg, \d{4,} bytes$/)]);
    expect(steps.get("A second change touches only what it names (RFC 7396)")).toMatchObject([
      {
        revision: 2,
        object_metadata: { description: "The lake, from the pier", keywords: ["lake", "tour"] },
      },
    ]);
    expect(steps.get("Find it by its keyword, the newest first")).toEqual([
      {
        total: 1,
        "items.0.object_key": "tour/lake.jpg",
      },
    ]);
    expect(steps.get("The file as it was sent, byte by byte")).toEqual(["The same bytes."]);
    expect(steps.get("Look for what has come, changed or gone in the storage by other ways")).toMatchObject([
      { status: "started" },
      { "last_run.state": "completed", "last_run.counts": { unchanged: 1 } },
    ]);
    expect(steps.get("Put the photo into the trash")).toEqual(["204"]);
    expect(steps.get("Nothing but trashed=true shows it there")).toEqual([
      { "items.0.object_key": "tour/lake.jpg" },
    ]);
    expect(steps.get("Remove the photo and its record for good")).toEqual(["204"]);
    const client = new Client(service);
    const page = z.object({ items: z.array(z.unknown()) });
    expect((await client.json(page, "/v1/media")).items).toEqual([]);
    expect((await client.json(page, "/v1/media?trashed=true")).items).toEqual([]);
  },
);

test("a link of the tour opens without a key for as long as the photo is there", async () => {
  const [main = ""] = (await readTour()).split("step 'Put the photo into the trash");
  const { out } = await typeInto("bash", main);
  const [links] = z
    .tuple([z.object({ data_url: z.url(), thumbnail_url: z.url() })])
    .parse(stepsOf(out).get("Links that anybody can open until they expire, without a key"));
  const answers = await Promise.all([links.data_url, links.thumbnail_url].map((url) => fetch(url)));
  expect(answers.map(({ status, headers }) => [status, headers.get("content-type")])).toEqual([
    [200, "image/jpeg"],
    [200, "image/jpeg"],
  ]);
});
