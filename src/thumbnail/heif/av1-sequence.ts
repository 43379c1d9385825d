import { BitReader, findSequenceHeader } from "./av1-bits.ts";
import type { Nclx } from "./container.ts";

/** What the sequence header of an AV1 picture says about its samples and colours. */
export interface Av1Colours extends Nclx {
  readonly bitDepth: 8 | 10 | 12;
  readonly monochrome: boolean;
  /** Whether chroma has half the width, and half the height. */
  readonly subsampled: { x: boolean; y: boolean };
}

/** Reads the first sequence header of an item's data (AV1 specification, 5.5.1). */
export function readAv1Colours(data: Uint8Array): Av1Colours {
  const bits = new BitReader(findSequenceHeader(data));
  const profile = bits.read(3);
  bits.skip(1);
  const isReduced = bits.flag();
  if (isReduced) bits.skip(5);
  else skipOperatingPoints(bits);
  const sizeBits = bits.read(4) + bits.read(4) + 2;
  bits.skip(sizeBits);
  if (!isReduced && bits.flag()) bits.skip(7);
  bits.skip(3);
  if (!isReduced) skipTools(bits);
  bits.skip(3);
  return readColourConfig(bits, profile);
}

function skipOperatingPoints(bits: BitReader): void {
  const delayBits = skipTiming(bits);
  const hasDisplayDelay = bits.flag();
  const count = bits.read(5) + 1;
  for (let point = 0; point < count; point++) {
    bits.skip(12);
    if (bits.read(5) > 7) bits.skip(1);
    if (delayBits > 0 && bits.flag()) bits.skip(2 * delayBits + 1);
    if (hasDisplayDelay && bits.flag()) bits.skip(4);
  }
}

/** Timing and decoder model (5.5.3, 5.5.4); answers how many bits a delay has, 0 where there is no model. */
function skipTiming(bits: BitReader): number {
  if (!bits.flag()) return 0;
  bits.skip(64);
  if (bits.flag()) bits.skipVariable();
  if (!bits.flag()) return 0;
  const delayBits = bits.read(5) + 1;
  bits.skip(42);
  return delayBits;
}

function skipTools(bits: BitReader): void {
  bits.skip(4);
  const hasOrderHint = bits.flag();
  if (hasOrderHint) bits.skip(2);
  const forcesScreenContent = bits.flag() || bits.flag();
  if (forcesScreenContent && !bits.flag()) bits.skip(1);
  if (hasOrderHint) bits.skip(3);
}

/** 5.5.2. */
function readColourConfig(bits: BitReader, profile: number): Av1Colours {
  const isHigh = bits.flag();
  const bitDepth = !isHigh ? 8 : profile === 2 && bits.flag() ? 12 : 10;
  const monochrome = profile !== 1 && bits.flag();
  const isDescribed = bits.flag();
  const [primaries, transfer, matrix] = isDescribed
    ? [bits.read(8), bits.read(8), bits.read(8)]
    : [unspecified, unspecified, unspecified];
  const colours = { bitDepth, monochrome, primaries, transfer, matrix } as const;
  // sRGB as it is: 4:4:4, and the range is not told.
  if (!monochrome && primaries === 1 && transfer === 13 && matrix === 0) {
    return { ...colours, fullRange: true, subsampled: { x: false, y: false } };
  }
  const fullRange = bits.flag();
  return { ...colours, fullRange, subsampled: readSubsampling(bits, profile, colours) };
}

const unspecified = 2;

function readSubsampling(
  bits: BitReader,
  profile: number,
  { bitDepth, monochrome }: Pick<Av1Colours, "bitDepth" | "monochrome">,
): Av1Colours["subsampled"] {
  if (monochrome || profile === 0) return { x: true, y: true };
  if (profile === 1) return { x: false, y: false };
  if (bitDepth < 12) return { x: true, y: false };
  const x = bits.flag();
  return { x, y: x && bits.flag() };
}
