import type { Random } from "./random.ts";

/** A copy of a file with a few things wrong with it. */
export function mutate(file: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = file.slice();
  const faults = random.int(1, 6);
  for (let i = 0; i < faults && bytes.length > 4; i++) bytes = damage(bytes, random);
  return bytes;
}

/** Headers are hit more often than the bits: that is where decoders break. */
function place(bytes: Uint8Array, random: Random): number {
  return random.next() < 0.6
    ? random.int(0, Math.min(700, bytes.length - 1))
    : random.int(0, bytes.length - 1);
}

function damage(bytes: Uint8Array, random: Random): Uint8Array {
  const at = place(bytes, random);
  switch (random.int(0, 7)) {
    case 0:
      bytes[at] = random.int(0, 255);
      return bytes;
    case 1:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.int(0, 7));
      return bytes;
    case 2:
      return bytes.slice(0, Math.max(4, at));
    case 3:
      bytes.set([0xff, random.int(0xc0, 0xff)], Math.min(at, bytes.length - 2));
      return bytes;
    case 4:
      bytes.fill(random.pick([0, 0xff, 0x7f]), at, at + random.int(1, 40));
      return bytes;
    case 5:
      bytes.copyWithin(at, place(bytes, random), place(bytes, random));
      return bytes;
    case 6:
      return splice(bytes, at, random.int(1, 30));
    default:
      bytes[at] = random.pick([0, 1, 0x11, 0x44, 0x7f, 0x80, 0xff]);
      return bytes;
  }
}

/** Takes some bytes out. */
function splice(bytes: Uint8Array, at: number, count: number): Uint8Array {
  const out = new Uint8Array(Math.max(0, bytes.length - count));
  out.set(bytes.subarray(0, Math.min(at, out.length)));
  out.set(bytes.subarray(at + count).subarray(0, Math.max(0, out.length - at)), Math.min(at, out.length));
  return out;
}
