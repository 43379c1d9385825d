import { crc32 } from "node:zlib";
import sharp, { type Exif } from "sharp";
import { chanceOf, drawing } from "../paint/canvas.ts";
import type { PlannedPhoto } from "./photos.ts";

/** Draws a photo, and writes into its file what a camera would. */
export async function drawPhoto({ scene, seed, width, height, facts }: PlannedPhoto): Promise<Buffer> {
  const picture = sharp(Buffer.from(drawing(scene, { width, height, chance: chanceOf(seed) })));
  const exif = facts === null ? {} : exifOf(facts);
  return picture.jpeg({ quality: 82 }).withExif(exif).toBuffer();
}

function exifOf({ takenAt, camera, latitude, longitude }: NonNullable<PlannedPhoto["facts"]>): Exif {
  return {
    IFD0: { Make: camera.make, Model: camera.model },
    IFD2: {
      DateTimeOriginal: takenAt.replaceAll("-", ":").replace("T", " "),
      OffsetTimeOriginal: "+02:00",
      LensModel: camera.lens,
      ExposureTime: "1/250",
      FNumber: "8/1",
      ISOSpeedRatings: "200",
      FocalLength: "35/1",
    },
    ...(latitude === null || longitude === null
      ? {}
      : {
          IFD3: {
            GPSLatitudeRef: latitude < 0 ? "S" : "N",
            GPSLatitude: degreesOf(latitude),
            GPSLongitudeRef: longitude < 0 ? "W" : "E",
            GPSLongitude: degreesOf(longitude),
          },
        }),
  };
}

/** Degrees, minutes and seconds as EXIF has them: three fractions (EXIF 3.0 §4.6.7). */
function degreesOf(value: number): string {
  const seconds = Math.round(Math.abs(value) * 360_000);
  return `${Math.floor(seconds / 360_000)}/1 ${Math.floor((seconds % 360_000) / 6_000)}/1 ${seconds % 6_000}/100`;
}

/** A photo whose end is lost, as a transfer that broke off leaves it: no decoder can show it. */
export async function brokenPhoto(): Promise<Buffer> {
  const whole = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#7c8a96" } })
    .jpeg()
    .toBuffer();
  return whole.subarray(0, 180);
}

/** The head of a PNG of 900 megapixels: more than any service decodes. */
export function boundlessPhoto(): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(30_000, 0);
  size.writeUInt32BE(30_000, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunkOf("IHDR", size),
    chunkOf("IDAT", Buffer.from([0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01])),
    chunkOf("IEND", Buffer.alloc(0)),
  ]);
}

/** A chunk of PNG (PNG §5.3): length, type, data, and the checksum of type and data. */
function chunkOf(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
