import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { serveStandIn } from "../../support/dropbox/node/server.ts";
import { DropboxStandIn } from "../../support/dropbox/stand-in.ts";

async function served() {
  const standIn = new DropboxStandIn();
  const server = await serveStandIn(standIn);
  onTestFinished(server.close);
  const { appKey, appSecret, refreshToken } = standIn.authority.registration;
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    client_id: appKey,
    client_secret: appSecret,
  });
  const answer = await fetch(`${server.url}/oauth2/token`, { method: "POST", body: form });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await answer.json());
  const download = (path: string) =>
    fetch(`${server.url}/2/files/download`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${token}`,
        "Dropbox-API-Arg": JSON.stringify({ path }),
        Range: "bytes=1-2",
      },
    });
  return { standIn, download };
}

test("a stand-in is reached over HTTP, ranges and headers included", async () => {
  const { standIn, download } = await served();
  standIn.tree.put("/a.jpg", "0123");
  const response = await download("/a.jpg");
  expect(response.status).toBe(206);
  expect(response.headers.get("Content-Range")).toBe("bytes 1-2/4");
  expect(response.headers.get("Dropbox-API-Result")).toContain('"path_lower":"/a.jpg"');
  expect(await response.text()).toBe("12");
});

test("a connection that is lost is lost over HTTP, too, before the answer or in its middle", async () => {
  const { standIn, download } = await served();
  standIn.tree.put("/a.jpg", "0123");
  standIn.faults.plan({ kind: "dropped" });
  await expect(download("/a.jpg")).rejects.toThrow("fetch failed");
  standIn.faults.plan({ kind: "truncated", afterBytes: 1, silently: false });
  await expect(download("/a.jpg").then((response) => response.text())).rejects.toThrow(
    /terminated|fetch failed/,
  );
});
