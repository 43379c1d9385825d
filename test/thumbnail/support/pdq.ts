/** A picture: RGB, rows without gaps. */
export interface RgbPicture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** PDQ of a picture, before anything is made of it that rounding could turn over. */
export interface PlainPdq {
  /** Of frequency i + 1 from top to bottom and j + 1 from left to right at 16 i + j. */
  readonly coefficients: readonly number[];
  readonly median: number;
  readonly quality: number;
}

type Grid = readonly (readonly number[])[];

/** PDQ step by step as the paper tells it, each step for itself and in double precision: slow, and easy to check. */
export function plainPdqOf(picture: RgbPicture): PlainPdq {
  const isLarge = picture.width > 512 || picture.height > 512;
  const luma = lumaOf(picture);
  const scaled = isLarge ? bothWays(luma, (line) => scaleLine(line, 512)) : luma;
  const blur = (grid: Grid): Grid => bothWays(grid, (line) => blurLine(line, Math.ceil(line.length / 128)));
  const grid = bothWays(blur(blur(scaled)), (line) =>
    Array.from({ length: 64 }, (_, i) => {
      // The middle of the point's share; for a scaled picture the pixel before it.
      return line[Math.floor(((i + 0.5) * line.length) / 64) - (isLarge ? 1 : 0)] ?? Number.NaN;
    }),
  );
  const coefficients = cosineTransform(grid);
  const median = coefficients.toSorted((a, b) => a - b)[127] ?? Number.NaN;
  return { coefficients, median, quality: qualityOf(grid) };
}

/** The bits of a hash in hexadecimal, that of coefficient 16 i + j at 16 i + j. */
export function bitsOf(hash: string): boolean[] {
  const number = BigInt(`0x${hash}`);
  return Array.from({ length: 256 }, (_, k) => ((number >> BigInt(k)) & 1n) === 1n);
}

/** In how many places two lists of bits differ. */
export function bitsBetween(a: readonly boolean[], b: readonly boolean[]): number {
  return a.filter((bit, k) => bit !== b[k]).length;
}

/**
 * What the bits of a picture become where it is turned as an Exif orientation says, were there no rounding: transposed, and
 * those of odd frequencies turned over along each way that is mirrored.
 */
export function turnedBits(bits: readonly boolean[], orientation: number): boolean[] {
  const mirrorsColumns = [2, 3, 6, 7].includes(orientation);
  const mirrorsRows = [3, 4, 7, 8].includes(orientation);
  return bits.map((_, k) => {
    const [i, j] = [Math.floor(k / 16), k % 16];
    const bit = bits[orientation >= 5 ? j * 16 + i : k] ?? false;
    const timesTurned = Number(mirrorsColumns && j % 2 === 0) + Number(mirrorsRows && i % 2 === 0);
    return timesTurned === 1 ? !bit : bit;
  });
}

function lumaOf({ pixels, width, height }: RgbPicture): Grid {
  return Array.from({ length: height }, (_row, y) =>
    Array.from({ length: width }, (_column, x) => {
      const [red = 0, green = 0, blue = 0] = pixels.subarray((y * width + x) * 3);
      return 0.299 * red + 0.587 * green + 0.114 * blue;
    }),
  );
}

function bothWays(grid: Grid, work: (line: readonly number[]) => readonly number[]): Grid {
  return transposed(transposed(grid.map(work)).map(work));
}

function transposed(grid: Grid): Grid {
  return (grid[0] ?? []).map((_, x) => grid.map((row) => row[x] ?? Number.NaN));
}

/** The mean of what each of `count` equal shares of a line covers. */
function scaleLine(line: readonly number[], count: number): number[] {
  const share = line.length / count;
  return Array.from({ length: count }, (_, i) => {
    const [from, end] = [i * share, (i + 1) * share];
    let sum = 0;
    for (let at = Math.floor(from); at < end; at++) {
      sum += (line[at] ?? 0) * (Math.min(at + 1, end) - Math.max(at, from));
    }
    return sum / share;
  });
}

/** The mean of `span` neighbours each; one more behind than before where they are even, fewer at the ends. */
function blurLine(line: readonly number[], span: number): number[] {
  const behind = Math.floor(span / 2);
  return line.map((_, i) => {
    const seen = line.slice(Math.max(0, i - (span - 1 - behind)), i + behind + 1);
    return seen.reduce((sum, value) => sum + value) / seen.length;
  });
}

function cosineTransform(grid: Grid): number[] {
  return Array.from({ length: 256 }, (_, k) => {
    const [u, v] = [Math.floor(k / 16) + 1, (k % 16) + 1];
    let sum = 0;
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 64; x++) sum += (grid[y]?.[x] ?? 0) * cosine(u, y) * cosine(v, x);
    }
    return sum;
  });
}

const cosines = Array.from({ length: 17 * 64 }, (_, k) =>
  Math.cos((Math.PI * Math.floor(k / 64) * (2 * (k % 64) + 1)) / 128),
);

function cosine(frequency: number, at: number): number {
  return cosines[frequency * 64 + at] ?? Number.NaN;
}

function qualityOf(grid: Grid): number {
  const steps = (lines: Grid) =>
    lines
      .flatMap((line) => line.slice(1).map((value, i) => ((value - (line[i] ?? 0)) * 100) / 255))
      .reduce((sum, step) => sum + Math.abs(Math.trunc(step)), 0);
  return Math.min(100, Math.floor((steps(grid) + steps(transposed(grid))) / 90));
}
