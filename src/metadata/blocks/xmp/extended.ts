import { ByteView } from "../../byte-view.ts";
import { joinedBytes } from "../../file-parts.ts";

const guidBytes = 32;
const headBytes = guidBytes + 8;

/**
 * The extended packet with a GUID out of its pieces, which may come in any order (XMP part 3 §1.1.3.1): from its beginning
 * on as far as none is missing. The GUID is the digest of the packet when it was written; others change it since, and
 * what the main packet names counts. Null where no piece has the beginning.
 */
export function extendedXmp(pieces: readonly Uint8Array[], guid: string): Uint8Array | null {
  const placed = pieces
    .map((bytes) => ({ head: new ByteView(bytes.subarray(0, headBytes)), bytes: bytes.subarray(headBytes) }))
    .filter(({ head }) => head.length === headBytes && head.startsWith(guid))
    .map(({ head, bytes }) => ({ offset: head.u32(guidBytes + 4), bytes }))
    .toSorted((a, b) => a.offset - b.offset);
  const wanted: Uint8Array[] = [];
  let end = 0;
  for (const { offset, bytes } of placed) {
    if (offset > end) break;
    const rest = bytes.subarray(end - offset);
    if (rest.length > 0) wanted.push(rest);
    end += rest.length;
  }
  return end === 0 ? null : joinedBytes(wanted);
}

/** Whether a property of the main packet is the GUID of an extended one. */
export function isGuid(text: string): boolean {
  return /^[\dA-Fa-f]{32}$/u.test(text);
}
