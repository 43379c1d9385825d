import sharp, { type OverlayOptions } from "sharp";

/** A thumbnail on the picture, with its name below. */
export interface PictureTile {
  readonly name: string;
  readonly jpeg: Uint8Array;
}

/** What one picture can show and a person can look at; the page shows all. */
export const maxPictureTiles = 400;

const columns = 12;
const side = 160;
const labelHeight = 16;
const labelCharacters = 26;

/** Writes the thumbnails as one JPEG, so that a whole folder is seen at a glance, and without a browser. */
export async function writePicture(file: string, tiles: readonly PictureTile[]): Promise<void> {
  const shown = tiles.slice(0, maxPictureTiles);
  const rows = Math.max(1, Math.ceil(shown.length / columns));
  const overlays = await Promise.all(shown.map(overlaysOf));
  await sharp({
    create: { width: columns * side, height: rows * (side + labelHeight), channels: 3, background: "#ddd" },
  })
    .composite(overlays.flat())
    .jpeg({ quality: 85 })
    .toFile(file);
}

async function overlaysOf({ name, jpeg }: PictureTile, index: number): Promise<OverlayOptions[]> {
  const left = (index % columns) * side;
  const top = Math.floor(index / columns) * (side + labelHeight);
  const input = await sharp(jpeg)
    .resize(side - 8, side - 8, { fit: "inside", withoutEnlargement: true })
    .toBuffer();
  return [
    { input, left: left + 4, top: top + 4 },
    { input: Buffer.from(label(name)), left, top: top + side },
  ];
}

/** The end of a name, which tells files of one folder apart. */
function label(name: string): string {
  const text = Array.from(name).slice(-labelCharacters).join("");
  const safe = text
    .replaceAll(/\p{Cc}/gu, "")
    .replaceAll(/[&<>]/gu, (character) => `&#${character.charCodeAt(0)};`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${labelHeight}">
    <text x="4" y="11" font-family="sans-serif" font-size="10">${safe}</text></svg>`;
}
