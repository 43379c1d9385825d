import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

/** A picture to measure with. */
export interface BenchPicture {
  name: string;
  kind: "baseline" | "progressive" | "png";
  width: number;
  height: number;
  bytes: Uint8Array;
}

interface Spec {
  name: string;
  kind: BenchPicture["kind"];
  width: number;
  height: number;
}

const specs: Spec[] = [
  { name: "12 MP baseline", kind: "baseline", width: 4000, height: 3000 },
  { name: "24 MP baseline", kind: "baseline", width: 6000, height: 4000 },
  { name: "48 MP baseline", kind: "baseline", width: 8000, height: 6000 },
  { name: "12 MP progressive", kind: "progressive", width: 4000, height: 3000 },
  { name: "24 MP progressive", kind: "progressive", width: 6000, height: 4000 },
  { name: "48 MP progressive", kind: "progressive", width: 8000, height: 6000 },
  { name: "48 MP PNG", kind: "png", width: 8000, height: 6000 },
];

const tile = 512;

/**
 * The pictures, made once and kept in `folder`: fields of colour with soft and hard edges, and grain that comes
 * and goes, about as heavy as a phone's photos (2–3 bits a pixel at quality 90). With `photo`, that file brought
 * to the same sizes instead.
 */
export async function benchPictures(folder: string, photo: string | undefined): Promise<BenchPicture[]> {
  mkdirSync(folder, { recursive: true });
  const pictures: BenchPicture[] = [];
  for (const spec of specs) {
    const file = join(folder, `${photo ? "photo" : "made"}-${spec.width}x${spec.height}-${spec.kind}`);
    pictures.push({ ...spec, bytes: await cached(file, () => encode(spec, photo)) });
  }
  return pictures;
}

async function cached(file: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    const bytes = await make();
    writeFileSync(file, bytes);
    return bytes;
  }
}

async function encode(spec: Spec, photo: string | undefined): Promise<Uint8Array> {
  const { width, height, kind } = spec;
  const raw = photo
    ? await sharp(photo).resize(width, height, { kernel: "lanczos3" }).removeAlpha().raw().toBuffer()
    : await paint(width, height);
  const image = sharp(raw, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  if (kind === "png") return png(raw, width, height);
  return image.jpeg({ quality: 90, progressive: kind === "progressive" }).toBuffer();
}

/** Like a screen shot of the picture: 8 steps of each colour, so that it stays below the limit for files. */
function png(raw: Buffer, width: number, height: number): Promise<Buffer> {
  const steps = raw.map((value) => value & 0xe0);
  return sharp(steps, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .png({ compressionLevel: 3 })
    .toBuffer();
}

async function paint(width: number, height: number): Promise<Buffer> {
  const random = generator(7);
  const fields = await layer(random, 24, 18, width, height);
  const detail = await layer(random, 400, 300, width, height);
  const grain = Float32Array.from({ length: tile * tile }, () => random() + random() + random() - 1.5);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const noise = (grain[(y % tile) * tile + (x % tile)] ?? 0) * (4 + (fields[at + 1] ?? 0) / 16);
      const edge = Math.sin(x / 37 + (fields[at] ?? 0) / 20) > 0.93 ? 60 : 0;
      for (let c = 0; c < 3; c++) {
        const value = (fields[at + c] ?? 0) * 0.7 + (detail[at + c] ?? 0) * 0.3 + noise - edge;
        fields[at + c] = Math.max(0, Math.min(255, value));
      }
    }
  }
  return fields;
}

/** Random colours on a coarse grid, made smooth. */
function layer(
  random: () => number,
  columns: number,
  rows: number,
  width: number,
  height: number,
): Promise<Buffer> {
  const raw = Uint8Array.from({ length: columns * rows * 3 }, () => Math.floor(random() * 256));
  return sharp(raw, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { fit: "fill", kernel: "cubic" })
    .raw()
    .toBuffer();
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}
