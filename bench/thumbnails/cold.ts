// The first picture of a fresh process: prints how long it took, in milliseconds. Arguments: engine, file, width, height.
import { readFileSync } from "node:fs";

const [engine, file = "", width, height] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(file));
if (engine === "sharp") {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1);
  sharp.cache(false);
  const start = performance.now();
  await sharp(bytes).resize(512, 512).jpeg({ quality: 80 }).toBuffer();
  console.log(performance.now() - start);
} else {
  const { makeThumbnail } = await import("../../src/thumbnail/thumbnail.ts");
  const facts = {
    contentType: "image/jpeg",
    width: Number(width),
    height: Number(height),
    orientation: 1,
  } as const;
  const start = performance.now();
  await makeThumbnail(bytes, facts, { size: 512, fit: "cover" });
  console.log(performance.now() - start);
}
