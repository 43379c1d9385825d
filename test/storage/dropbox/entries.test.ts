import { describe, expect, it } from "vitest";

import { errorTags, metadata } from "../../../src/storage/dropbox/answers.ts";
import { deltaEntry } from "../../../src/storage/dropbox/entries.ts";

const file = {
  ".tag": "file",
  id: "id:1",
  name: "B.jpg",
  rev: "0123456789",
  size: 1,
  server_modified: "2024-05-12T15:50:38Z",
};

describe("an entry of a listing", () => {
  it("of a kind that nobody knows yet is passed over", () => {
    expect(deltaEntry(metadata.parse({ ".tag": "hologram", depth: 3 }), 0)).toBeNull();
  });

  it("of a known kind that lacks what it needs is no entry", () => {
    const { id: _id, ...rest } = file;
    expect(metadata.safeParse(rest).success).toBe(false);
    expect(metadata.safeParse({ ".tag": "folder" }).success).toBe(false);
  });

  it("that is not mounted is passed over", () => {
    for (const path of [undefined, null]) {
      expect(deltaEntry(metadata.parse({ ...file, path_lower: path }), 0)).toBeNull();
      expect(deltaEntry(metadata.parse({ ".tag": "deleted", name: "x", path_lower: path }), 0)).toBeNull();
    }
  });

  it("without a path for people has at least its name in its own spelling", () => {
    const entry = deltaEntry(
      metadata.parse({ ...file, path_lower: "/photos/a/b.jpg", path_display: null }),
      1,
    );
    expect(entry).toMatchObject({ info: { objectKey: "a/B.jpg", pathKey: "a/b.jpg", contentHash: null } });
  });
});

describe("the tags of an error", () => {
  it.each([
    ['{"error":{".tag":"path","path":{".tag":"not_found"}}}', "path/not_found"],
    [
      '{"error":{".tag":"path","path":{".tag":"malformed_path","malformed_path":"why"}}}',
      "path/malformed_path",
    ],
    ['{"error":{".tag":"unheard_of","more":1}}', "unheard_of"],
    ['{"error":"text"}', null],
    ["no JSON", null],
  ])("of %s are %s", (text, tags) => {
    expect(errorTags(text)).toBe(tags);
  });
});
