// A hash of 256 bits against many others, in all eight ways to turn and mirror a picture at once.
//
// A hash is four words of 64 bits, by the parity of the vertical and of the horizontal frequency (00, 01, 10, 11, 0 for the
// lowest). Mirroring left to right negates the bits of even j (00, 10), top to bottom those of even i (00, 01), and a
// negated word differs in 64 - d bits where it differed in d. So four counts give four ways, and four more, against the
// hash with its axes swapped, the rest. The host has put both there: 32 bytes straight, 32 bytes swapped.

/**
 * Looks at `slots` hashes at `block` for those whose least distance from `query` is within `least` and `most`. Writes for
 * each, at `found`, a word of 32 bits: slot << 16 | distance << 4 | orientation. 32 zero bytes are no hash. Answers how many.
 */
export function findNear(block: usize, slots: i32, query: usize, least: i32, most: i32, found: usize): i32 {
  const a0 = load<u64>(query), a1 = load<u64>(query, 8), a2 = load<u64>(query, 16), a3 = load<u64>(query, 24);
  const b0 = load<u64>(query, 32), b1 = load<u64>(query, 40), b2 = load<u64>(query, 48), b3 = load<u64>(query, 56);
  let out = found;
  for (let slot = 0; slot < slots; slot++, block += 32) {
    const s0 = load<u64>(block), s1 = load<u64>(block, 8), s2 = load<u64>(block, 16), s3 = load<u64>(block, 24);
    const d0 = <i32>popcnt(s0 ^ a0), d1 = <i32>popcnt(s1 ^ a1), d2 = <i32>popcnt(s2 ^ a2), d3 = <i32>popcnt(s3 ^ a3);
    const e0 = <i32>popcnt(s0 ^ b0), e1 = <i32>popcnt(s1 ^ b1), e2 = <i32>popcnt(s2 ^ b2), e3 = <i32>popcnt(s3 ^ b3);
    // As it is, or by 180°; mirrored either way; and the same of the swapped axes.
    const near = min(
      min(64 + d0 + d3 - abs(d1 + d2 - 64), 128 + d3 - d0 - abs(d1 - d2)),
      min(64 + e0 + e3 - abs(e1 + e2 - 64), 128 + e3 - e0 - abs(e1 - e2)),
    );
    if (near > most || near < least || (s0 | s1 | s2 | s3) == 0) continue;
    const turn = turnOf(near, d0, d1, d2, d3, 0) | turnOf(near, e0, e1, e2, e3, 4);
    // Of several turns that are as near the lowest number is told; those of the straight axes stand in the low half.
    store<u32>(out, (<u32>slot << 16) | (<u32>near << 4) | (ctz(<u32>turn) + 1));
    out += 4;
  }
  return <i32>((out - found) >> 2);
}

/**
 * A bit for each orientation (EXIF) of four whose distance is `near`, in the order of their numbers. How the axes are
 * swapped counts: to turn by 90° is to swap and then to mirror, which negates the other words of the swapped hash.
 */
function turnOf(near: i32, d0: i32, d1: i32, d2: i32, d3: i32, swapped: u32): u32 {
  const straight = d0 + d1 + d2 + d3 == near;
  const leftToRight = 128 + d3 - d0 + d1 - d2 == near;
  const both = 128 + d0 + d3 - d1 - d2 == near;
  const topToBottom = 128 + d3 - d0 - d1 + d2 == near;
  // 1, 2, 3, 4; and 5, 6 (swapped, then left to right), 7, 8 (swapped, then top to bottom).
  const second = swapped == 0 ? leftToRight : topToBottom;
  const fourth = swapped == 0 ? topToBottom : leftToRight;
  return (<u32>straight | (<u32>second << 1) | (<u32>both << 2) | (<u32>fourth << 3)) << swapped;
}
