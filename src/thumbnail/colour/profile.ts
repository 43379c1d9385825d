import { ByteView } from "../../metadata/byte-view.ts";

const headerBytes = 128;
const maxTags = 100;

/** An ICC profile, its tags not yet looked at. */
export interface IccProfile {
  /** Major version (ICC.1:2022, 7.2.4). */
  readonly version: number;
  /** Data colour space (7.2.6), such as `RGB ` or `CMYK`. */
  readonly space: string;
  /** What its colours are told in (7.2.7): `XYZ ` or `Lab `. */
  readonly connection: string;
  /** The element of a tag (7.3), if there is one. */
  tag(signature: string): ByteView | undefined;
}

/** Reads the header and the tag table; null where the bytes are no profile. */
export function readProfile(bytes: Uint8Array): IccProfile | null {
  const view = new ByteView(bytes);
  if (!view.has(0, headerBytes + 4) || !view.startsWith("acsp", 36)) return null;
  const tags = new Map<string, ByteView>();
  const count = Math.min(view.u32(headerBytes), maxTags);
  for (let i = 0; i < count; i++) {
    const entry = headerBytes + 4 + 12 * i;
    const [offset, length] = [view.u32(entry + 4), view.u32(entry + 8)];
    if (view.has(offset, length)) tags.set(view.text(entry, 4), view.part(offset, length));
  }
  return {
    version: view.u8(8),
    space: view.text(16, 4),
    connection: view.text(20, 4),
    tag: (signature) => tags.get(signature),
  };
}
