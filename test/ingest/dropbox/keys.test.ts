import { beforeEach, expect, test } from "vitest";

import { apiWith } from "../../support/http/api.ts";
import { dropboxEnv } from "../../support/dropbox/configured.ts";
import { jpegBytes } from "../../support/images/index.ts";
import "../../support/setup.ts";
import { mediaOf, pageOf } from "../../support/http/answers.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { storedRows } from "../support/rows.ts";

const names: readonly [string, string][] = [
  ["accents, composed", "Été à Öland.jpg"],
  ["accents, with combining marks", "E\u0301te\u0301 a\u0300 O\u0308land.jpg"],
  ["both, in one folder", "n\u0303.jpg"],
  ["emoji of several code points", "👩‍👩‍👧‍👦 🇨🇭 ☀️.jpg"],
  ["quotes and backslashes", `"it's" \\ ‘quoted’ \`x\`.jpg`],
  ["signs of URLs, headers and patterns", "100% #1?a=b&c;d, e+f_*[x].jpg"],
  ["letters that change their length in lower case", "İSTANBUL ẞ.jpg"],
  ["marks that turn text round, and others that nobody sees", "\u202Egpj.\u202C\u200B\u00AD\u0085\u007F.jpg"],
  ["a long name", `${"長".repeat(250)}.jpg`],
  ["white space", "\u00A0 a\u3000b .jpg"],
];

let number = 0;
beforeEach(() => void (number += 1));

async function get(id: string, rest = ""): Promise<Response> {
  const response = await apiWith({ ...dropboxEnv() }, `/v1/media/${id}${rest}`, { as: "read" });
  expect(response.status).toBe(200);
  return response;
}

/** The name that a download is saved under (RFC 8187). */
function savedAs(response: Response): string {
  const disposition = response.headers.get("Content-Disposition") ?? "";
  return decodeURIComponent(/filename\*=UTF-8''(\S+)$/.exec(disposition)?.[1] ?? "");
}

test.each(names)(
  "a key with %s is kept through listing, download, thumbnail and a move",
  async (_what, name) => {
    const { world, dropbox } = await dropboxWorld();
    const bytes = jpegBytes({ width: 8 + number, height: 8 });
    dropbox.tree.put(`/Ordner Ä/${name}`, bytes);
    // The same name as it may be spelt otherwise, and which is another file.
    dropbox.tree.put(
      `/Ordner Ä/${name.normalize("NFC") === name ? "ñ.jpg" : name.normalize("NFC")}`,
      "other",
    );
    await world.ingest();
    const row = (await storedRows("dropbox")).find(({ state }) => state === "ready");
    const id = row?.id ?? "";
    const media = await mediaOf(await get(id));
    expect(media).toMatchObject({ object_key: `Ordner Ä/${name}` });
    const data = await get(id, "/data");
    expect(savedAs(data)).toBe(name);
    expect(new Uint8Array(await data.arrayBuffer())).toEqual(bytes);
    expect((await get(id, "/thumbnail")).headers.get("Content-Type")).toBe("image/jpeg");
    dropbox.tree.move("/Ordner Ä", "/Ordner Ü");
    world.advance(1000);
    const downloaded = dropbox.callsOf("files/download");
    const { run } = await world.ingest();
    expect(run.counts).toMatchObject({ moved: 2, new: 0, missing: 0, queued: 0 });
    expect(dropbox.callsOf("files/download")).toBe(downloaded);
    expect(await mediaOf(await get(id))).toMatchObject({ object_key: `Ordner Ü/${name}` });
    const moved = await get(id, "/data");
    expect(savedAs(moved)).toBe(name);
    expect(new Uint8Array(await moved.arrayBuffer())).toEqual(bytes);
  },
);

test.each([
  ["as it is spelt, by its bytes", "Cafe\u0301/", true],
  ["in another normal form", "Caf\u00E9/", false],
  ["in lower case", "cafe\u0301/", false],
])("a prefix finds a folder %s", async (_what, prefix, isFound) => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/Cafe\u0301/a.jpg", jpegBytes({ width: 8, height: 8 }));
  // An ingest reads a Dropbox whole, whatever prefix is asked for.
  await world.ingest({ prefix });
  const query = new URLSearchParams({ prefix }).toString();
  const page = await pageOf(await apiWith({ ...dropboxEnv() }, `/v1/media?${query}`, { as: "read" }));
  expect(page.items.map((item) => item.object_key)).toEqual(isFound ? ["Cafe\u0301/a.jpg"] : []);
  expect((await storedRows("dropbox")).length).toBe(1);
});
