import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createConsumer, expectedOf, seenIn, type Consumer } from "../e2e/support/consumer.ts";
import { jpegBytes } from "../support/images/jpeg.ts";
import type { Given } from "../support/client/program.ts";
import { startRedirecting } from "./support/redirecting.ts";
import { startSite, type Site } from "./support/site.ts";

let site: Site;
let consumer: Consumer;

beforeAll(async () => {
  [site, consumer] = await Promise.all([startSite(), createConsumer()]);
});

afterAll(async () => {
  await site.close();
  await consumer.remove();
});

/** What a program is given that puts its photos into a folder of its own. */
function given(folder: string): Given {
  const photo = Buffer.from(jpegBytes({ width: 64, height: 48 })).toString("base64");
  return { url: site.url, key: site.key, folder, photo };
}

/** A page of the service, without scripts of its own, in which a bundle runs as if the service had sent it. */
async function pageWith(bundle: string) {
  const { page, complaints } = await site.visit("/docs/errors");
  await page.route("**/client-bundle.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: bundle }),
  );
  await page.route("**/client-page", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><title>Client</title><script type="module" src="/client-bundle.js"></script>',
    }),
  );
  await page.goto(new URL("/client-page", site.url).href);
  return { page, complaints };
}

/** Makes the package a global of its page. */
const exposing = 'import * as client from "tagline-client"; globalThis.client = client;';

/** Evaluates an expression in which `client` is the package, and gives its JSON. */
async function evaluated(page: Page, expression: string): Promise<unknown> {
  await page.waitForFunction("typeof client === 'object'");
  const text: unknown = await page.evaluate(`(async () => JSON.stringify(await (${expression})))()`);
  return JSON.parse(String(text));
}

test("a program that an app has bundled does its work in a browser, and hears how its upload gets on", async () => {
  const bundle = await consumer.bundle(
    `import { program } from "./program.js"; globalThis.program = program;`,
  );
  const { page, complaints } = await pageWith(bundle);
  const own = given("Browser");
  await page.waitForFunction("typeof program === 'function'");
  const text: unknown = await page.evaluate(`program(${JSON.stringify(own)}).then(JSON.stringify)`);
  const seen = seenIn(String(text));
  expect(seen).toMatchObject(expectedOf(own));
  expect([seen.progress[0], seen.progress.at(-1)]).toEqual([0, seen.total]);
  expect(complaints.foreign).toEqual([]);
  expect(complaints.exceptions).toEqual([]);
});

test("progress of a photo is told while its bytes go out", async () => {
  const { page } = await pageWith(await consumer.bundle(exposing));
  const line = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 1_000_000 };
  await line.send("Network.emulateNetworkConditions", slow);
  const seen = await evaluated(
    page,
    `(async () => {
    const archive = client.tagline(${JSON.stringify({ url: site.url, key: site.key })});
    const sent = [];
    const body = new Uint8Array(2_000_000);
    body.set([0xff, 0xd8, 0xff, 0xe0]);
    const onProgress = (progress) => void sent.push(progress.sent);
    const media = await archive.upload({ object_key: "large.jpg", body, onProgress });
    return { size: media.file_size, sent };
  })()`,
  );
  const { size, sent } = z.object({ size: z.number(), sent: z.array(z.number()) }).parse(seen);
  expect(size).toBe(2_000_000);
  expect(sent[0]).toBe(0);
  expect(sent.at(-1)).toBe(size);
  expect(sent.length).toBeGreaterThan(2);
  expect(sent).toEqual([...new Set(sent)].sort((a, b) => a - b));
});

test.each(["with", "without"])("an upload %s progress takes its key to no other origin", async (how) => {
  const { url, reached, close } = await startRedirecting(await consumer.bundle(exposing));
  try {
    const { page } = await site.visit("/docs/errors");
    await page.goto(url);
    const code = await evaluated(
      page,
      `client.tagline({ url: "${url}", key: "secret-key" }).upload({
      object_key: "a.jpg",
      body: new Uint8Array(10),
      ${how === "with" ? "onProgress: () => {}," : ""}
    }).then(() => "uploaded", (error) => error.code)`,
    );
    expect(code).toBe("redirected");
    expect(JSON.stringify(reached)).not.toContain("secret-key");
    // Only the request that tells progress cannot be kept from following.
    expect(reached).toHaveLength(how === "with" ? 1 : 0);
  } finally {
    await close();
  }
});
