import { truncate, unlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Api } from "../../../scripts/import/api.ts";
import { uploadFile } from "../../../scripts/import/upload.ts";
import { walkPaths, type LocalFile } from "../../../scripts/import/walk.ts";
import { FakeService } from "../support/fake-service.ts";
import { jpegLike, temporaryFolder, writeFiles } from "../support/folder.ts";

async function oneFile(
  size: number,
): Promise<{ service: FakeService; api: Api; file: LocalFile; path: string }> {
  const service = new FakeService();
  const url = new URL(await service.listen());
  onTestFinished(() => service.close());
  const folder = await temporaryFolder();
  await writeFiles(folder, { "a.jpg": jpegLike(size) });
  const [file] = (await walkPaths([folder], "")).files;
  if (!file) throw new Error("The walk found nothing.");
  const api = new Api({ url, key: service.key, connections: 1, signal: new AbortController().signal });
  return { service, api, file, path: join(folder, "a.jpg") };
}

test("a file that vanished meanwhile is refused without a retry, and its bytes count as done", async () => {
  const { service, api, file, path } = await oneFile(10);
  await unlink(path);
  let progress = 0;
  expect(await uploadFile(api, file, (more) => (progress += more))).toMatchObject({ kind: "refused" });
  expect(progress).toBe(10);
  expect(service.requests).toEqual([]);
});

test("a large file that becomes shorter while it is read is refused", async () => {
  const { service, api, file, path } = await oneFile(30_000_000);
  let cut: Promise<void> | undefined;
  const result = await uploadFile(api, file, () => {
    cut ??= truncate(path, 1_000_000);
  });
  await cut;
  expect(result).toEqual({ kind: "refused", reason: "the file became shorter while it was read" });
  expect(service.objects.size).toBe(0);
});

test("a file that grew since the walk is sent whole", async () => {
  const { service, api, file } = await oneFile(3_000_000);
  expect(await uploadFile(api, { ...file, size: 2_000_000 }, () => {})).toEqual({ kind: "uploaded" });
  expect(service.objects.get("a.jpg")?.file_size).toBe(3_000_000);
});

test("an address with https is spoken to over TLS", async () => {
  const { service, api, file } = await oneFile(10);
  expect(await uploadFile(api, file, () => {})).toEqual({ kind: "uploaded" });
  const url = new URL(service.address.replace("http:", "https:"));
  const secure = new Api({ url, key: service.key, connections: 1, signal: new AbortController().signal });
  await expect(secure.assertReachable()).rejects.toThrow("Nothing answers");
});

test.each(["text/html", "application/json"])("a page of %s at every address is no Tagline", async (type) => {
  const { service, api } = await oneFile(10);
  service.faults.push((request, response) => {
    request.resume();
    response.writeHead(200, { "content-type": type }).end("<html>Welcome</html>");
    return true;
  });
  await api.assertReachable();
  await expect(api.listPage("", null)).rejects.toThrow("does not have the form of this version");
});
