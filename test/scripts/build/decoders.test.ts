import { statSync } from "node:fs";
import { expect, test } from "vitest";

import { buildDecoders } from "../../../scripts/build/decoders.ts";

test("decoders that are newer than their packages are not made again", () => {
  const decoders = [
    "photon/photon.wasm",
    "webp/libwebp.wasm",
    "heif/dav1d.wasm",
    "heif/libheif.wasm",
    "heif/libheif-host.js",
  ];
  const madeAt = () => decoders.map((name) => statSync(`src/thumbnail/${name}`).mtimeMs);
  const before = madeAt();
  buildDecoders();
  expect(madeAt()).toEqual(before);
});
