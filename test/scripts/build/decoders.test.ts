import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { buildDecoders, modules } from "../../../scripts/build/decoders.ts";

test("decoders that are newer than their packages are not made again", () => {
  const decoders = ["photon.wasm", "libwebp.wasm", "dav1d.wasm", "libheif.wasm", "libheif-host.js"];
  const madeAt = () => decoders.map((name) => statSync(join(modules, name)).mtimeMs);
  const before = madeAt();
  buildDecoders();
  expect(madeAt()).toEqual(before);
});
