import { bigEndian, joined } from "../../support/images/index.ts";

/** Elements of a profile by their tags (ICC.1:2022, 9.2). */
type Tags = Readonly<Record<string, Uint8Array>>;

/** A profile of a data colour space (`RGB `, `GRAY`, `CMYK`) and a connection space (`XYZ `, `Lab `). */
export function iccProfile(space: string, connection: string, tags: Tags, version = 2): Uint8Array {
  const entries = Object.entries(tags).map(([tag, element]) => ({
    tag,
    element: joined(element, new Uint8Array((4 - (element.length % 4)) % 4)),
  }));
  let offset = 132 + 12 * entries.length;
  const table = entries.map(({ tag, element }) => {
    const entry = joined(tag, bigEndian(4, offset, element.length));
    offset += element.length;
    return entry;
  });
  const head = joined(
    bigEndian(4, offset, 0),
    bigEndian(1, version, 0, 0, 0),
    "mntr",
    space,
    connection,
    new Uint8Array(12),
    "acsp",
    new Uint8Array(88),
  );
  return joined(head, bigEndian(4, entries.length), ...table, ...entries.map(({ element }) => element));
}

const fixed = (value: number) => bigEndian(4, Math.round(value * 65536));

/** An XYZ number. */
export function xyz(x: number, y: number, z: number): Uint8Array {
  return joined("XYZ ", bigEndian(4, 0), fixed(x), fixed(y), fixed(z));
}

/** A curve that is a power. */
export function gamma(power: number): Uint8Array {
  return joined("curv", bigEndian(4, 0, 1), bigEndian(2, Math.round(power * 256)));
}

/** A curve by its function and parameters. */
export function parametric(kind: number, ...parameters: number[]): Uint8Array {
  return joined("para", bigEndian(4, 0), bigEndian(2, kind, 0), ...parameters.map(fixed));
}

const srgbCurve = parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);

type Triple = readonly [number, number, number];

/** A profile of three primaries, as XYZ at D50, and a curve for all. */
export function matrixProfile(primaries: readonly [Triple, Triple, Triple], curve: Uint8Array): Uint8Array {
  const [red, green, blue] = primaries.map((primary) => xyz(...primary));
  const missing = new Uint8Array(0);
  return iccProfile("RGB ", "XYZ ", {
    rXYZ: red ?? missing,
    gXYZ: green ?? missing,
    bXYZ: blue ?? missing,
    rTRC: curve,
    gTRC: curve,
    bTRC: curve,
  });
}

/** sRGB (IEC 61966-2-1), Display P3, and Adobe RGB (1998), adapted to D50. */
export const profiles = {
  srgb: matrixProfile(
    [
      [0.43607, 0.22249, 0.01392],
      [0.38515, 0.71687, 0.09708],
      [0.14307, 0.06061, 0.7141],
    ],
    srgbCurve,
  ),
  displayP3: matrixProfile(
    [
      [0.5151, 0.24119, -0.00105],
      [0.29196, 0.69225, 0.04189],
      [0.1571, 0.06657, 0.78407],
    ],
    srgbCurve,
  ),
  adobeRgb: matrixProfile(
    [
      [0.60974, 0.31111, 0.01947],
      [0.20528, 0.62567, 0.06087],
      [0.14919, 0.06322, 0.74457],
    ],
    gamma(563 / 256),
  ),
};

/** A table of 8 bits with two crossings a channel and straight curves: colours by the inks' corners, the last fastest. */
export function table8(inputs: number, corners: readonly Triple[]): Uint8Array {
  const straight = Uint8Array.from({ length: 256 }, (_, i) => i);
  const curves = (count: number) => joined(...Array.from({ length: count }, () => straight));
  return joined(
    "mft1",
    bigEndian(4, 0),
    bigEndian(1, inputs, 3, 2, 0),
    new Uint8Array(36),
    curves(inputs),
    ...corners.map((corner) => bigEndian(1, ...corner)),
    curves(3),
  );
}
