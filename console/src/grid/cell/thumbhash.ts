/** A small, blurred picture. */
export interface Blur {
  /** In pixels, at most 32. */
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, 0–255, row by row from the top. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

const longestSide = 32;

/** Waves of one channel: `sizes[cy * nx + cx]` is the size of the wave with so many half turns each way. */
interface Channel {
  readonly nx: number;
  readonly ny: number;
  readonly sizes: Float64Array;
}

/**
 * The picture of a ThumbHash in base64; null where it is none. A page full of them is drawn between two frames: waves are
 * summed up by rows first and by columns then, and their cosines are taken once. See https://evanw.github.io/thumbhash/.
 */
export function blurOf(base64: string): Blur | null {
  const hash = bytesOf(base64);
  if (hash === null) return null;
  const byte = (index: number): number => at(hash, index);
  const header24 = byte(0) | (byte(1) << 8) | (byte(2) << 16);
  const header16 = byte(3) | (byte(4) << 8);
  const isLandscape = header16 >> 15 === 1;
  const hasAlpha = header24 >> 23 === 1;
  const longWaves = hasAlpha ? 5 : 7;
  const shortWaves = header16 & 7;
  const nx = isLandscape ? longWaves : shortWaves;
  const ny = isLandscape ? shortWaves : longWaves;
  if (nx === 0 || ny === 0) return null;

  let next = (hasAlpha ? 6 : 5) * 2;
  const half = (): number => {
    const value = (byte(next >> 1) >> ((next & 1) * 4)) & 15;
    next += 1;
    return value / 7.5 - 1;
  };
  const channel = (nx: number, ny: number, constant: number, scale: number): Channel => {
    const sizes = new Float64Array(nx * ny);
    sizes[0] = constant;
    for (let cy = 0; cy < ny; cy++)
      for (let cx = cy === 0 ? 1 : 0; cx * ny < nx * (ny - cy); cx++)
        sizes[cy * nx + cx] = 2 * half() * scale;
    return { nx, ny, sizes };
  };
  const lightness = channel(
    Math.max(3, nx),
    Math.max(3, ny),
    (header24 & 63) / 63,
    ((header24 >> 18) & 31) / 31,
  );
  // Colours are a quarter stronger than stored, since the few steps that they are stored in make them pale.
  const yellowBlue = channel(3, 3, ((header24 >> 6) & 63) / 31.5 - 1, (((header16 >> 3) & 63) / 63) * 1.25);
  const redGreen = channel(3, 3, ((header24 >> 12) & 63) / 31.5 - 1, (((header16 >> 9) & 63) / 63) * 1.25);
  const alpha = hasAlpha ? channel(5, 5, (byte(5) & 15) / 15, (byte(5) >> 4) / 15) : null;

  const ratio = nx / ny;
  const width = Math.round(ratio > 1 ? longestSide : longestSide * ratio);
  const height = Math.round(ratio > 1 ? longestSide / ratio : longestSide);
  const l = summed(lightness, width, height);
  const p = summed(yellowBlue, width, height);
  const q = summed(redGreen, width, height);
  const a = alpha === null ? null : summed(alpha, width, height);
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let index = 0; index < width * height; index++) {
    const light = at(l, index);
    const blue = light - (2 / 3) * at(p, index);
    const red = (3 * light - blue + at(q, index)) / 2;
    const green = red - at(q, index);
    const opacity = a === null ? 1 : at(a, index);
    pixels.set([255 * red, 255 * green, 255 * blue, 255 * opacity], index * 4);
  }
  return { width, height, pixels };
}

/** The sum of all waves of a channel at each pixel. */
function summed({ nx, ny, sizes }: Channel, width: number, height: number): Float64Array {
  const across = cosines(width, nx);
  const down = cosines(height, ny);
  const sums = new Float64Array(width * height);
  const row = new Float64Array(nx);
  for (let y = 0; y < height; y++) {
    row.fill(0);
    for (let cy = 0; cy < ny; cy++)
      for (let cx = 0; cx < nx; cx++) row[cx] = at(row, cx) + at(sizes, cy * nx + cx) * at(down, y * ny + cy);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let cx = 0; cx < nx; cx++) sum += at(row, cx) * at(across, x * nx + cx);
      sums[y * width + x] = sum;
    }
  }
  return sums;
}

const knownCosines = new Map<number, Float64Array>();

/** The waves at each of so many pixels: those of pixel 0 first. */
function cosines(pixels: number, waves: number): Float64Array {
  const key = pixels * 8 + waves;
  const known = knownCosines.get(key);
  if (known !== undefined) return known;
  const made = Float64Array.from({ length: pixels * waves }, (_, index) =>
    Math.cos((Math.PI / pixels) * (Math.floor(index / waves) + 0.5) * (index % waves)),
  );
  knownCosines.set(key, made);
  return made;
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    const text = atob(base64);
    return text.length < 5 ? null : Uint8Array.from(text, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** A number of a list; 0 behind its end. */
function at(list: ArrayLike<number>, index: number): number {
  return list[index] ?? 0;
}
