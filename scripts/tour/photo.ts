import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import sharp from "sharp";

/** A range of hills: where its ridge begins, how high it rises, how often, and its colour. */
interface Range {
  readonly base: number;
  readonly height: number;
  readonly waves: number;
  readonly colour: string;
}

const [width, height] = [1200, 800];
const shore = 560;

const ranges: readonly Range[] = [
  { base: 430, height: 120, waves: 2.3, colour: "#7d6a9a" },
  { base: 480, height: 80, waves: 3.7, colour: "#574b7d" },
  { base: 535, height: 45, waves: 5.1, colour: "#33305a" },
];

/** What a camera would have written beside the picture: who took it, with what, when, and where. */
const facts = {
  IFD0: {
    Make: "Tagline",
    Model: "Paintbox 1",
    ImageDescription: "Evening over the lake",
    Artist: "The Tagline project",
    Copyright: "MIT",
  },
  IFD2: {
    DateTimeOriginal: "2024:07:14 20:42:11",
    OffsetTimeOriginal: "+02:00",
    ExposureTime: "1/125",
    FNumber: "8/1",
    ISOSpeedRatings: "100",
    FocalLength: "35/1",
  },
  IFD3: {
    GPSLatitudeRef: "N",
    GPSLatitude: "46/1 25/1 48/1",
    GPSLongitudeRef: "E",
    GPSLongitude: "6/1 54/1 36/1",
    GPSAltitudeRef: "0",
    GPSAltitude: "372/1",
  },
};

function outline({ base, height: rise, waves, colour }: Range): string {
  const points = Array.from({ length: 61 }, (_, index) => {
    const at = (index / 60) * 2 * Math.PI;
    const ridge = Math.sin(waves * at + base) + 0.5 * Math.sin(2.6 * waves * at) + 0.25 * Math.sin(7.1 * at);
    return `${index * 20},${Math.round(base - (rise * (ridge + 1)) / 2)}`;
  });
  return `<polygon fill="${colour}" points="0,${shore} ${points.join(" ")} ${width},${shore}"/>`;
}

/** The sun's way on the water: bars that grow longer towards whoever looks. */
function glitter(): string {
  const bars = Array.from({ length: 12 }, (_, index) => {
    const length = 60 + 14 * index + (index % 3) * 30;
    const y = shore + 10 + index * index * 1.5;
    return `<rect x="${820 - length / 2 + (index % 2) * 24}" y="${y}" width="${length}" height="${3 + index / 2}" rx="3" opacity="${0.75 - index * 0.045}"/>`;
  });
  return `<g fill="#ffe3a3">${bars.join("")}</g>`;
}

function boat(): string {
  return `<g transform="translate(330 640)">
    <path d="M-70 0 H70 L48 26 H-50 Z" fill="#7a1f2b"/><path d="M0 -6 V-150 L62 -14 Z" fill="#fff4dc"/>
    <path d="M-6 -6 V-120 L-50 -14 Z" fill="#f2c14e"/></g>`;
}

function drawing(): string {
  const sky =
    '<stop offset="0" stop-color="#26306b"/><stop offset=".55" stop-color="#e2725b"/><stop offset="1" stop-color="#ffd27d"/>';
  const water = '<stop offset="0" stop-color="#e58f65"/><stop offset="1" stop-color="#1f2a5c"/>';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x2="0" y2="1">${sky}</linearGradient>
    <linearGradient id="water" x2="0" y2="1">${water}</linearGradient></defs>
    <rect width="${width}" height="${shore}" fill="url(#sky)"/><circle cx="820" cy="400" r="70" fill="#fff1c4"/>
    ${ranges.map(outline).join("")}
    <rect y="${shore}" width="${width}" height="${height - shore}" fill="url(#water)"/>${glitter()}${boat()}</svg>`;
}

/** Draws the photo of the README's tour: a lake in the evening, with the facts that a camera writes into a file. */
export async function drawTourPhoto(path: string): Promise<void> {
  const photo = await sharp(Buffer.from(drawing())).jpeg({ quality: 66 }).withExif(facts).toBuffer();
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, photo);
}
