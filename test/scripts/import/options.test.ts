import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Help } from "../../../scripts/failure.ts";
import { importOptions } from "../../../scripts/import/options.ts";
import { temporaryFolder, writeFiles } from "../support/folder.ts";

const key = "k".repeat(32);

describe("the command line of an import", () => {
  test("needs no more than a folder beside a started service", async () => {
    const root = await temporaryFolder();
    await writeFiles(root, {
      ".dev.vars": `API_KEYS="viewer:read:nope,local:read+admin:${key}"\n`,
      "photos/a.jpg": "",
    });
    expect(importOptions(["photos"], { INIT_CWD: root }, root)).toEqual({
      paths: [join(root, "photos")],
      url: new URL("http://localhost:8787/"),
      key,
      prefix: "",
      provider: undefined,
      concurrency: 6,
    });
  });

  test("takes everything else as flags, and a prefix with or without slashes", async () => {
    const root = await temporaryFolder();
    const flags = [
      "--url",
      "https://photos.example.org/tagline",
      "--key",
      "given",
      "--prefix",
      "/2024/é/",
      "--provider",
      "archive",
      "--concurrency",
      "3",
    ];
    const options = importOptions([root, ...flags], { TAGLINE_API_KEY: "other" }, root);
    expect(options).toMatchObject({ key: "given", prefix: "2024/é/", provider: "archive", concurrency: 3 });
    expect(options.url.href).toBe("https://photos.example.org/tagline/");
  });

  test.each(["http://127.0.0.1:9999/", "http://[::1]:8787/", "http://tagline.localhost/"])(
    "takes %s, which is this very machine",
    async (url) => {
      const root = await temporaryFolder();
      expect(importOptions([root, "--url", url, "--key", key], {}, root).url.href).toBe(url);
    },
  );

  test("takes the key from the environment before that of the local service", async () => {
    const root = await temporaryFolder();
    await writeFiles(root, { ".dev.vars": `API_KEYS=local:admin:${key}` });
    expect(importOptions([root], { TAGLINE_API_KEY: "other" }, root).key).toBe("other");
  });

  test.each([
    [[], "Usage: npm run import -- PATH… [--url URL]"],
    [[".", "--speed", "9"], "Unknown option '--speed'"],
    [["./nowhere"], "The file or folder"],
    [[".", "./nowhere"], "The file or folder"],
    [["./file/below"], "The file or folder"],
    [[".", "--url", "photos"], "--url needs an address such as http://localhost:8787"],
    [[".", "--url", "ftp://photos.example.org"], "--url needs an address"],
    [
      [".", "--url", "http://photos.example.org"],
      "--url needs https for photos.example.org: over http anybody",
    ],
    [[".", "--url", "http://192.168.0.2:8787"], "--url needs https for 192.168.0.2:8787"],
    [[".", "--url", "http://localhost.example.org"], "--url needs https for localhost.example.org"],
    [[".", "--concurrency", "0"], "--concurrency needs a number from 1 to 64"],
    [[".", "--concurrency", "many"], "--concurrency needs a number"],
  ])("%j is refused in one sentence", async (argv, message) => {
    const root = await temporaryFolder();
    await writeFiles(root, { file: "" });
    expect(() => importOptions(argv, { INIT_CWD: root, TAGLINE_API_KEY: key }, root)).toThrow(message);
  });

  test.each(["--help", "-h"])("%s tells how to use it, without a folder or a key", (flag) => {
    expect(() => importOptions([flag], {}, ".")).toThrow(Help);
  });

  test("says where a key may come from when there is none", async () => {
    const root = await temporaryFolder();
    expect(() => importOptions([root], {}, root)).toThrow(
      "No API key: give a key with --key or TAGLINE_API_KEY",
    );
  });
});
