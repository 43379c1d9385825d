import type { DecodedPicture } from "./decoder.ts";
import { finishPicture } from "./finish.ts";
import type { Geometry } from "./geometry.ts";
import { COLOUR_RGB, P_Y0, P_Y1 } from "../kernel/layout.ts";
import type { Kernel } from "./kernel.ts";
import { openRows, type RowSink } from "./rows.ts";
import { convertPlanes, type YccCoding } from "./ycc.ts";

/** Writes row `y` of a plane (0 luma, 1 and 2 chroma, which have half as many rows) where it is told. */
export type RowWriter = (plane: 0 | 1 | 2, y: number, target: Uint8Array) => void;

/** The part of a picture that its thumbnail needs, in pixels; ends are one past the last. */
export interface WantedPart {
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/** Shrinks a picture whose chroma has half its width and height (YCbCr 4:2:0), row by row from the top. */
export class PlanarShrinker {
  readonly wanted: WantedPart;
  readonly #kernel: Kernel;
  readonly #geometry: Geometry;
  readonly #width: number;
  readonly #height: number;
  readonly #sinks: readonly [RowSink, RowSink, RowSink];
  readonly #row: number;

  constructor(kernel: Kernel, geometry: Geometry, width: number, height: number) {
    this.#kernel = kernel;
    this.#geometry = geometry;
    this.#width = width;
    this.#height = height;
    const halved = {
      ...geometry,
      cropX: geometry.cropX / 2,
      cropY: geometry.cropY / 2,
      cropWidth: geometry.cropWidth / 2,
      cropHeight: geometry.cropHeight / 2,
    };
    const format = { depth: 8, samples: 1 };
    const chroma = { width: half(width), height: half(height), format };
    this.#sinks = [
      openRows(kernel, geometry, { width, height, format }),
      openRows(kernel, halved, chroma),
      openRows(kernel, halved, chroma),
    ];
    // 16 bytes behind a row may be read
    this.#row = kernel.allocate(width + 32);
    this.wanted = this.#wantedPart();
  }

  #wantedPart(): WantedPart {
    const [luma, chroma] = this.#sinks;
    const rows = (sink: RowSink, field: number) => this.#kernel.get(sink.record, field);
    return {
      firstColumn: Math.min(luma.firstColumn, 2 * chroma.firstColumn),
      endColumn: Math.max(
        luma.firstColumn + luma.keptWidth,
        Math.min(this.#width, 2 * (chroma.firstColumn + chroma.keptWidth)),
      ),
      firstRow: Math.min(rows(luma, P_Y0), 2 * rows(chroma, P_Y0)),
      endRow: Math.max(rows(luma, P_Y1), Math.min(this.#height, 2 * rows(chroma, P_Y1))),
    };
  }

  /** Takes the rows from `first`, an even number, up to `end`; true when the thumbnail needs no more. */
  push(first: number, end: number, write: RowWriter): boolean {
    const lumaDone = this.#pushPlane(0, first, Math.min(end, this.#height), write);
    const [from, to] = [first / 2, half(Math.min(end, this.#height))];
    const chromaDone = [this.#pushPlane(1, from, to, write), this.#pushPlane(2, from, to, write)];
    return lumaDone && chromaDone.every(Boolean);
  }

  /** Goes past rows of which nothing is wanted. */
  skip(first: number, end: number): void {
    this.push(first, end, () => {});
  }

  #pushPlane(plane: 0 | 1 | 2, first: number, end: number, write: RowWriter): boolean {
    const { record } = this.#sinks[plane];
    const width = plane === 0 ? this.#width : half(this.#width);
    let done = false;
    for (let y = first; y < end && !done; y++) {
      write(plane, y, this.#kernel.u8(this.#row, width));
      done = this.#kernel.run.pushRow(record, this.#row) !== 0;
    }
    return done;
  }

  /** The thumbnail, once all rows have come in. */
  finish(coding: YccCoding): DecodedPicture {
    const [luma, cb, cr] = this.#sinks.map(({ channels }) => channels);
    if (luma === undefined || cb === undefined || cr === undefined)
      throw new Error("a picture has three planes");
    const planes = this.#kernel.allocate(3 * luma.planeBytes);
    const samples = this.#geometry.storedWidth * this.#geometry.storedHeight;
    const view = (at: number) => this.#kernel.u8(at, samples);
    const source = { y: view(luma.planes), cb: view(cb.planes), cr: view(cr.planes) };
    const [r, g, b] = [0, 1, 2].map((i) => view(planes + i * luma.planeBytes));
    if (r === undefined || g === undefined || b === undefined) throw new Error("a picture has three planes");
    convertPlanes(source, { r, g, b }, coding);
    const channels = {
      list: [...luma.list, ...cb.list, ...cr.list],
      planes,
      planeBytes: luma.planeBytes,
    };
    return finishPicture(this.#kernel, this.#geometry, channels, COLOUR_RGB);
  }
}

function half(size: number): number {
  return (size + 1) >> 1;
}
