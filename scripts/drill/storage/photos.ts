import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";

/** The folder with half of the drawn photos, with its slash. */
export const drawnFolder = "Sub folder/";

/** Draws photos that differ from one another, a caption in some of them, and some that are the same as the one before. */
export async function drawPhotos(folder: string, count: number): Promise<void> {
  await mkdir(join(folder, drawnFolder), { recursive: true });
  let bytes: Uint8Array = new Uint8Array();
  for (let index = 0; index < count; index += 1) {
    if (index % 10 !== 9) bytes = await drawPhoto(index);
    const name = `${index % 2 === 0 ? "" : drawnFolder}${String(index).padStart(5, "0")} ü.jpg`;
    await writeFile(join(folder, name), bytes);
  }
}

async function drawPhoto(index: number): Promise<Uint8Array> {
  const background = { r: (index * 37) % 256, g: (index * 91) % 256, b: index % 256 };
  // Colours come again after 256 photos, sizes after 64 and 79 together.
  const size = { width: 64 + (index % 64), height: 48 + (index % 79) };
  const photo = sharp({ create: { ...size, channels: 3, background } });
  const caption = `Caption of photo ${index}`;
  const described = index % 4 === 0 ? photo.withExif({ IFD0: { ImageDescription: caption } }) : photo;
  return described.jpeg().toBuffer();
}
