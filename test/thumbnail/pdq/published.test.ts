import { expect, test } from "vitest";
import { makeThumbnail } from "../../../src/thumbnail/thumbnail.ts";
import { bridge128, bridge160 } from "../support/bridge-fixtures.ts";

// The hashes are those in pdq/python/README.md of facebook/ThreatExchange.
for (const { file, width, height, hash } of [
  {
    file: bridge160,
    width: 160,
    height: 100,
    hash: "d0f8f1ccc0f4a84d0a370a3a228f67f0b36e2ed5b6623e1d33e6339c4e9c9b22",
  },
  {
    file: bridge128,
    width: 128,
    height: 128,
    hash: "d8f8f1eec0f4a84f0e37022a078f63f0b36e2ed596621e1d33e6239c4e9c9b22",
  },
]) {
  test(`the reference implementation's picture of ${width} × ${height} has the hash that it has published`, async () => {
    const facts = { contentType: "image/jpeg", width, height, orientation: 1 } as const;
    const made = await makeThumbnail(file, facts, { size: 1024, fit: "contain" }, { withHash: true });
    expect(made).toMatchObject({ outcome: "made", picture: { hash, quality: 100 } });
  });
}
