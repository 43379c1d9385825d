import sharp from "sharp";

/** A little photo; another number is another picture, the same number the same bytes. */
export async function smallPhoto(
  number: number,
  { width = 320, quality = 82 } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const shades = Array.from({ length: 8 * 6 * 3 }, (_, at) => (at * 37 + number * (at % 7) * 53) % 256);
  const picture = sharp(Uint8Array.from(shades), { raw: { width: 8, height: 6, channels: 3 } });
  return new Uint8Array(
    await picture
      .resize(width, (width * 3) / 4, { kernel: "cubic" })
      .jpeg({ quality })
      .toBuffer(),
  );
}
