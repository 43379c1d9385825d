import { describe, expect, it } from "vitest";
import { z } from "zod";

import { headerJson } from "../../../src/storage/dropbox/client.ts";
import { DropboxStandIn, namespaces } from "../../support/dropbox/stand-in.ts";

/**
 * What the stand-in keeps of Dropbox's rules: files.stone, auth.stone and common.stone of dropbox-api-spec, and Dropbox's
 * guides where these are silent. Deltas as a whole are compared with a model in delta.test.ts.
 */
async function account() {
  const standIn = new DropboxStandIn();
  const { appKey, appSecret, refreshToken } = standIn.authority.registration;
  const form = {
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    client_id: appKey,
    client_secret: appSecret,
  };
  const send = async (path: string, init: RequestInit): Promise<Response> =>
    standIn.fetch(`https://stand-in.test${path}`, { method: "POST", ...init });
  const granted = await send("/oauth2/token", { body: new URLSearchParams(form) });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await granted.json());
  const rpc = async (
    route: string,
    argument: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    send(`/2/files/${route}`, {
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers },
      body: JSON.stringify(argument),
    });
  const content = async (
    route: string,
    argument: object,
    headers: Record<string, string> = {},
  ): Promise<Response> =>
    send(`/2/files/${route}`, {
      headers: { Authorization: `Bearer ${token}`, "Dropbox-API-Arg": headerJson(argument), ...headers },
    });
  return { standIn, send, form, token, rpc, content };
}

const page = z.object({
  entries: z.array(z.looseObject({ ".tag": z.string(), path_display: z.string() })),
  cursor: z.string(),
  has_more: z.boolean(),
});

async function pageOf(response: Response) {
  const { entries, ...rest } = page.parse(await response.json());
  return { ...rest, entries, short: entries.map((entry) => `${entry[".tag"]} ${entry.path_display}`) };
}

/** Status and tags of a refusal, or the status alone where it is plain text. */
async function refusal(response: Response): Promise<string> {
  const envelope = z.object({ error_summary: z.string() }).safeParse(await response.json().catch(() => null));
  return `${response.status} ${envelope.success ? envelope.data.error_summary.replace(/\/\.+$/, "") : "text"}`;
}

describe("a listing", () => {
  it("holds direct entries, or all when it is recursive, the listed folder itself among them", async () => {
    const { standIn, rpc } = await account();
    standIn.tree.put("/A/b/c.jpg", "x");
    const direct = await pageOf(await rpc("list_folder", { path: "/a" }));
    expect(direct.short).toEqual(["folder /A/b"]);
    const all = await pageOf(await rpc("list_folder", { path: "/a", recursive: true }));
    expect(all.short).toEqual(["folder /A", "folder /A/b", "file /A/b/c.jpg"]);
  });

  it("has at most as many entries a page as are asked for, and 2,000", async () => {
    const { standIn, rpc } = await account();
    for (let n = 0; n < 2001; n++) standIn.tree.put(`/${n}.jpg`, "x");
    expect((await pageOf(await rpc("list_folder", { path: "", limit: 3 }))).entries).toHaveLength(3);
    const first = await pageOf(await rpc("list_folder", { path: "" }));
    expect([first.entries.length, first.has_more]).toEqual([2000, true]);
    const second = await pageOf(await rpc("list_folder/continue", { cursor: first.cursor }));
    expect([second.entries.length, second.has_more]).toEqual([1, false]);
    expect((await rpc("list_folder", { path: "", limit: 2001 })).status).toBe(400);
  });

  it("leaves out what cannot be downloaded only where it is asked to", async () => {
    const { standIn, rpc } = await account();
    standIn.tree.put("/a.gdoc", "x", { isDownloadable: false });
    expect((await pageOf(await rpc("list_folder", { path: "" }))).entries).toMatchObject([
      { is_downloadable: false },
    ]);
    const argument = { path: "", include_non_downloadable_files: false };
    expect((await pageOf(await rpc("list_folder", argument))).entries).toEqual([]);
  });

  it.each([
    [{ path: "/gone" }, "409 path/not_found"],
    [{ path: "/a.jpg" }, "409 path/not_folder"],
    [{ path: "/" }, "400 text"],
    [{ path: "a" }, "400 text"],
    [{}, "400 text"],
  ])("of %j is refused: %s", async (argument, expected) => {
    const { standIn, rpc } = await account();
    standIn.tree.put("/a.jpg", "x");
    expect(await refusal(await rpc("list_folder", argument))).toBe(expected);
    expect(await refusal(await rpc("list_folder/get_latest_cursor", argument))).toBe(expected);
  });
});

describe("a cursor", () => {
  /** What a cursor of now tells after some changes. */
  async function told(change: (standIn: DropboxStandIn) => void) {
    const { standIn, rpc } = await account();
    standIn.tree.put("/A/one.jpg", "x");
    standIn.tree.put("/A/two.jpg", "x");
    const latest = await rpc("list_folder/get_latest_cursor", { path: "", recursive: true });
    const { cursor } = z.object({ cursor: z.string() }).parse(await latest.json());
    change(standIn);
    return pageOf(await rpc("list_folder/continue", { cursor }));
  }

  it("tells the deletion of a folder as one entry, which has no id", async () => {
    const { entries, short } = await told(({ tree }) => tree.delete("/A"));
    expect(short).toEqual(["deleted /A"]);
    expect(entries[0]).not.toHaveProperty("id");
  });

  it("tells the move of a folder as its deletion and everything in it anew, with the ids it had", async () => {
    let id = "";
    const { entries, short } = await told(({ tree }) => {
      id = tree.at("/A/one.jpg")?.id ?? "";
      tree.move("/A", "/B");
    });
    expect(short.toSorted((a, b) => a.localeCompare(b))).toEqual([
      "deleted /A",
      "file /B/one.jpg",
      "file /B/two.jpg",
      "folder /B",
    ]);
    expect(entries).toContainEqual(
      Object.assign(
        {},
        entries.find((entry) => entry.path_display === "/B/one.jpg"),
        { id },
      ),
    );
  });

  it("does not tell a change of case alone, and may keep the old spelling of folders", async () => {
    expect((await told(({ tree }) => tree.move("/A", "/a"))).short).toEqual([]);
    const later = await told(({ tree }) => {
      tree.move("/A", "/a");
      tree.move("/a/one.jpg", "/a/ONE.JPG");
      tree.put("/a/two.jpg", "y");
    });
    expect(later.short).toEqual(["file /A/two.jpg"]);
  });

  it("tells what is there now, once, however often it has changed", async () => {
    const { short } = await told(({ tree }) => {
      for (const content of ["1", "2", "3"]) tree.put("/A/one.jpg", content);
      tree.put("/B/gone.jpg", "x");
      tree.delete("/B");
    });
    expect(short).toEqual(["file /A/one.jpg", "deleted /B"]);
  });

  it.each([
    ["is invalidated", (standIn: DropboxStandIn) => standIn.listings.reset(), "409 reset"],
    ["is of a folder that is gone", ({ tree }: DropboxStandIn) => tree.delete("/A"), "409 path/not_found"],
  ])("that %s is refused", async (_what, change, expected) => {
    const { standIn, rpc } = await account();
    standIn.tree.put("/A/one.jpg", "x");
    const { cursor } = await pageOf(await rpc("list_folder", { path: "/A", recursive: true }));
    change(standIn);
    expect(await refusal(await rpc("list_folder/continue", { cursor }))).toBe(expected);
  });

  it("that is none is not understood", async () => {
    const { rpc } = await account();
    expect(await refusal(await rpc("list_folder/continue", { cursor: "x" }))).toBe("400 text");
  });
});

describe("a file", () => {
  it("keeps its id over moves and new contents, and has a new revision for each content", async () => {
    const { standIn, rpc } = await account();
    const { id, revision } = standIn.tree.put("/a.jpg", "1");
    standIn.tree.move("/a.jpg", "/b.jpg");
    const second = standIn.tree.put("/b.jpg", "2");
    expect(second.id).toBe(id);
    expect(second.revision.rev).not.toBe(revision.rev);
    const byId = await rpc("get_metadata", { path: id });
    expect(await byId.json()).toMatchObject({ path_lower: "/b.jpg", rev: second.revision.rev, size: 1 });
    const byRevision = await rpc("get_metadata", { path: `rev:${revision.rev}` });
    expect(await byRevision.json()).toMatchObject({ id, rev: revision.rev });
  });

  it.each([
    ["/gone.jpg", "409 path/not_found"],
    ["id:gone", "409 path/not_found"],
    ["rev:000000000", "409 path/not_found"],
    ["no-slash", "409 path/malformed_path"],
    ["/A", "409 path/not_file"],
    ["/a.gdoc", "409 unsupported_file"],
  ])("%s cannot be downloaded: %s", async (path, expected) => {
    const { standIn, content } = await account();
    standIn.tree.mkdir("/A");
    standIn.tree.put("/a.gdoc", "x", { isDownloadable: false });
    expect(await refusal(await content("download", { path }))).toBe(expected);
  });

  it("is downloaded whole, in part, or not again when it is known", async () => {
    const { standIn, content } = await account();
    standIn.tree.put("/é.jpg", "0123456789");
    const whole = await content("download", { path: "/é.jpg" });
    expect(whole.headers.get("Dropbox-API-Result")).toContain(String.raw`"/\u00e9.jpg"`);
    expect(await whole.text()).toBe("0123456789");
    const known = { "If-None-Match": whole.headers.get("ETag") ?? "" };
    expect((await content("download", { path: "/é.jpg" }, known)).status).toBe(304);
    const part = await content("download", { path: "/é.jpg" }, { Range: "bytes=7-" });
    expect([part.status, part.headers.get("Content-Range")]).toEqual([206, "bytes 7-9/10"]);
    const beyond = await content("download", { path: "/é.jpg" }, { Range: "bytes=10-" });
    expect([beyond.status, beyond.headers.get("Content-Range")]).toEqual([416, "bytes */10"]);
    expect(standIn.bytesDownloaded).toBe(13);
  });
});

describe("a request", () => {
  it.each([
    ["without a token", { Authorization: "" }, "400 text"],
    ["with a token that is none", { Authorization: "Bearer x" }, "401 invalid_access_token"],
    ["with another type of body", { "Content-Type": "text/plain" }, "400 text"],
    [
      "in a namespace that is not seen",
      { "Dropbox-API-Path-Root": '{".tag":"namespace_id","namespace_id":"9"}' },
      "422 no_permission",
    ],
    [
      "in a root that is another",
      { "Dropbox-API-Path-Root": '{".tag":"root","root":"9"}' },
      "422 invalid_root",
    ],
    ["in what is no namespace", { "Dropbox-API-Path-Root": "x" }, "400 text"],
  ])("%s is refused", async (_what, headers, expected) => {
    const { rpc } = await account();
    expect(await refusal(await rpc("list_folder", { path: "" }, headers))).toBe(expected);
  });

  it.each(["home", "root", "namespace_id"])("sees the namespace that it names: %s", async (tag) => {
    const { standIn, rpc } = await account();
    standIn.tree.mkdir("/Home");
    standIn.team.mkdir("/Team");
    const header = JSON.stringify({ ".tag": tag, ...(tag === "home" ? {} : { [tag]: namespaces.team }) });
    const { short } = await pageOf(
      await rpc("list_folder", { path: "" }, { "Dropbox-API-Path-Root": header }),
    );
    expect(short).toEqual([tag === "home" ? "folder /Home" : "folder /Team"]);
  });

  it("with an argument in a header has it in ASCII, and announces no JSON", async () => {
    const { content, send, token } = await account();
    const json = { "Content-Type": "application/json" };
    expect(await refusal(await content("download", { path: "/a" }, json))).toBe("400 text");
    const headers = { Authorization: `Bearer ${token}`, "Dropbox-API-Arg": '{"path":"/\u00e9"}' };
    expect(await refusal(await send("/2/files/download", { headers }))).toBe("400 text");
  });

  it("for a token is refused as RFC 6749 says", async () => {
    const { send, form } = await account();
    const errors = [];
    for (const change of [
      { refresh_token: "x" },
      { client_secret: "x" },
      { grant_type: "x" },
      { grant_type: "authorization_code", code: "x" },
    ]) {
      const response = await send("/oauth2/token", { body: new URLSearchParams({ ...form, ...change }) });
      errors.push(z.object({ error: z.string() }).parse(await response.json()).error);
    }
    expect(errors).toEqual(["invalid_grant", "invalid_client", "unsupported_grant_type", "invalid_grant"]);
  });
});

describe("chance", () => {
  it("brings about the same faults for the same seed", async () => {
    const statuses = async (): Promise<unknown[]> => {
      const { standIn, rpc } = await account();
      standIn.faults.randomly({ seed: 7, probability: 0.5 });
      const seen = [];
      for (let n = 0; n < 40; n++)
        seen.push(await rpc("list_folder", { path: "" }).then(({ status }) => status, String));
      return seen;
    };
    const first = await statuses();
    expect(await statuses()).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(3);
  });
});
