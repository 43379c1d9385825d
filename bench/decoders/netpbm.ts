import { joined } from "../../test/support/images/index.ts";
import { Failure } from "../../scripts/failure.ts";
import { type Raster, rasterOf } from "./raster.ts";

/** PPM (P6) of a picture, without its alpha. */
export function ppmBytes({ width, height, data }: Raster): Uint8Array {
  return joined(`P6\n${width} ${height}\n255\n`, channels(data, [0, 1, 2]));
}

/** PGM (P5) of a picture's green, which in a grey one is its level. */
export function pgmBytes({ width, height, data }: Raster): Uint8Array {
  return joined(`P5\n${width} ${height}\n255\n`, channels(data, [1]));
}

/** PBM (P4): a pixel is black where its green is below the half. */
export function pbmBytes({ width, height, data }: Raster): Uint8Array {
  const stride = Math.ceil(width / 8);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * stride + (x >> 3);
      if ((data[(y * width + x) * 4 + 1] ?? 0) < 128) rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return joined(`P4\n${width} ${height}\n`, rows);
}

/** PAM (P7) of a picture with its alpha. */
export function pamBytes({ width, height, data }: Raster): Uint8Array {
  const head = `P7\nWIDTH ${width}\nHEIGHT ${height}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n`;
  return joined(head, data);
}

function channels(data: Uint8Array, which: readonly number[]): Uint8Array {
  const out = new Uint8Array((data.length / 4) * which.length);
  for (let pixel = 0; pixel < data.length / 4; pixel++) {
    for (const [index, channel] of which.entries()) {
      out[pixel * which.length + index] = data[pixel * 4 + channel] ?? 0;
    }
  }
  return out;
}

/** Reads PGM and PPM of 8 bits, as the decoders of formats write them. */
export function readNetpbm(bytes: Uint8Array): Raster {
  const head = Buffer.from(bytes.subarray(0, 64)).toString("latin1");
  const [whole, kind, width, height] = /^P([56])\s(\d{1,6}) (\d{1,6})\s255\s/u.exec(head) ?? [];
  if (whole === undefined) throw new Failure("A decoder wrote no PGM or PPM of 8 bits.");
  const samples = kind === "6" ? 3 : 1;
  const level = (pixel: number, channel: number): number =>
    bytes[whole.length + pixel * samples + Math.min(channel, samples - 1)] ?? 0;
  return rasterOf(Number(width), Number(height), (x, y) => {
    const pixel = y * Number(width) + x;
    return [level(pixel, 0), level(pixel, 1), level(pixel, 2), 255];
  });
}
