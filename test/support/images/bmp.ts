import { joined, littleEndian } from "./bytes.ts";
import { type Picture, rowOf } from "./picture.ts";

/** A bitmap of 24 bits a pixel. */
export interface BmpContent extends Picture {
  /** Rows from the top, told by a negative height. */
  readonly topDown?: boolean;
  /** OS/2's header of 12 bytes instead of Windows' of 40. */
  readonly core?: boolean;
}

/** A bitmap file with an uncompressed picture. */
export function bmpBytes(content: BmpContent): Uint8Array {
  const { width, height, topDown = false, core = false } = content;
  const padding = new Uint8Array((4 - ((width * 3) % 4)) % 4);
  const rows = Array.from({ length: height }, (_, y) => joined(bgr(rowOf(content, y)), padding));
  const data = joined(...(topDown ? rows : rows.toReversed()));
  const head = core
    ? joined(littleEndian(4, 12), littleEndian(2, width, height, 1, 24))
    : joined(
        littleEndian(4, 40, width, topDown ? -height : height),
        littleEndian(2, 1, 24),
        littleEndian(4, 0, data.length, 2835, 2835, 0, 0),
      );
  const offset = 14 + head.length;
  return joined("BM", littleEndian(4, offset + data.length, 0, offset), head, data);
}

function bgr(row: Uint8Array): Uint8Array {
  const swapped = row.slice();
  for (let at = 0; at < row.length; at += 3) {
    swapped[at] = row[at + 2] ?? 0;
    swapped[at + 2] = row[at] ?? 0;
  }
  return swapped;
}
