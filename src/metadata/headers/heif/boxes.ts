import type { ByteView } from "../../byte-view.ts";

/** A box of the ISO base media file format (ISO/IEC 14496-12 §4.2). */
export interface Box {
  readonly type: string;
  /** Where in the file its content begins. */
  readonly offset: number;
  readonly content: ByteView;
}

/** The length of a box and of its header by the bytes at its start; a length of 0 reaches to the end. */
export function boxSize(view: ByteView, at: number, available: number): { header: number; size: number } {
  const size = view.u32(at);
  if (size === 1) return { header: 16, size: view.u64(at + 8) };
  return { header: 8, size: size === 0 ? available : size };
}

/** The boxes in a view that lies at `position` of the file; one that reaches beyond it is cut. */
export function boxesIn(view: ByteView, position: number): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (view.has(at, 8)) {
    const { header, size } = boxSize(view, at, view.length - at);
    if (size < header) break;
    const content = view.part(at + header, size - header);
    boxes.push({ type: view.text(at + 4, 4), offset: position + at + header, content });
    at += size;
  }
  return boxes;
}

/** The boxes in a box, behind `skip` bytes: 4 for the version and flags of a full box. */
export function childBoxes(box: Box | undefined, skip: number): Box[] {
  return box === undefined ? [] : boxesIn(box.content.part(skip), box.offset + skip);
}

/** A cursor over the fields of a box, whose widths depend on one another. */
export class FieldCursor {
  readonly #view: ByteView;
  #at: number;

  constructor(view: ByteView, start: number) {
    this.#view = view;
    this.#at = start;
  }

  /** Whether everything has been read. */
  get done(): boolean {
    return this.#at >= this.#view.length;
  }

  /** The next unsigned number of 0, 1, 2, 4 or 8 bytes. */
  next(bytes: number): number {
    const at = this.#at;
    this.#at += bytes;
    if (bytes === 8) return this.#view.u64(at);
    if (bytes === 4) return this.#view.u32(at);
    if (bytes === 2) return this.#view.u16(at);
    return bytes === 1 ? this.#view.u8(at) : 0;
  }
}
