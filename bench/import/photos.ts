import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { jpegBytes } from "../../test/support/images/jpeg.ts";

const files = 48;
const sizesMb = [0.2, 1, 3, 6];
const segmentBytes = 60_000;

/** A JPEG comment segment of random bytes (ITU-T T.81, B.2.4.5), as a maker's preview would take the space. */
function comment(length: number): Buffer {
  const head = Buffer.from([0xff, 0xfe, (length + 2) >> 8, (length + 2) & 0xff]);
  return Buffer.concat([head, randomBytes(length)]);
}

/** Writes photos of 2 megapixels that are as large as photos of phones and cameras are. */
export async function writePhotos(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const picture = Buffer.from(jpegBytes({ width: 1_600, height: 1_200 }));
  for (let index = 0; index < files; index += 1) {
    const wanted = (sizesMb[index % sizesMb.length] ?? 1) * 1_000_000;
    const filling = Array.from({ length: Math.floor(wanted / segmentBytes) }, () => comment(segmentBytes));
    const bytes = Buffer.concat([picture.subarray(0, 2), ...filling, picture.subarray(2)]);
    await writeFile(join(folder, `${String(index).padStart(3, "0")}.jpg`), bytes);
  }
}
