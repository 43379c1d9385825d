import type { Geometry } from "../raster/geometry.ts";
import { decodePlanes, type JpegPlanes } from "../jpeg/decode.ts";
import { findStart, type Frame, initialState, type JpegState, nextScan } from "../jpeg/header.ts";
import type { Kernel } from "../raster/kernel.ts";
import { corrupt, unsupported } from "../types.ts";
import type { Page } from "./directory/page.ts";

/** Reads blocks that are JPEG streams, whose tables lie in a field of the directory (TIFF Technical Note 2). */
export class JpegReader {
  readonly #kernel: Kernel;
  readonly #components: number;
  readonly #tables: JpegState;

  constructor(kernel: Kernel, page: Page) {
    this.#kernel = kernel;
    this.#components = page.isPlanar ? 1 : page.samples;
    this.#tables = readTables(page.jpegTables);
  }

  /** Decodes a block to what `fit` makes of it; its components are the samples as they are stored. */
  decode(
    packed: Uint8Array,
    block: { width: number; rows: number },
    fit: (frame: Frame) => Geometry,
  ): JpegPlanes {
    const { quant, dc, ac, restartInterval } = this.#tables;
    const state = { ...initialState(), quant: [...quant], dc: [...dc], ac: [...ac], restartInterval };
    return decodePlanes(this.#kernel, packed, state, (frame) => {
      if (frame.components.length !== this.#components) {
        throw unsupported("unsupported_coding", "TIFF whose JPEG has other components is not decoded here.");
      }
      // Writers differ in whether the last strip is coded as short as it is.
      if (frame.width !== block.width || frame.height < block.rows)
        throw corrupt("The JPEG in the TIFF has a size other than that of its part.");
      return fit(frame);
    });
  }

  /** Decodes a block at its full size; `take` gets each component, in the kernel's memory, which it must not keep. */
  read(
    packed: Uint8Array,
    block: { width: number; rows: number },
    take: (plane: number, samples: Uint8Array) => void,
  ): void {
    const mark = this.#kernel.mark;
    const { channels } = this.decode(packed, block, (frame) => wholeFrame(frame, block.rows));
    channels.list.forEach((_, plane) => {
      const at = channels.planes + plane * channels.planeBytes;
      take(plane, this.#kernel.u8(at, block.width * block.rows));
    });
    this.#kernel.rewind(mark);
  }
}

/** The first rows of a frame as they are. */
function wholeFrame({ width }: Frame, rows: number): Geometry {
  return {
    width,
    height: rows,
    storedWidth: width,
    storedHeight: rows,
    cropX: 0,
    cropY: 0,
    cropWidth: width,
    cropHeight: rows,
    orientation: 1,
  };
}

function readTables(bytes: Uint8Array | null): JpegState {
  const state = initialState();
  if (bytes === null) return state;
  if (nextScan(bytes, findStart(bytes), state) !== undefined || state.frame !== undefined) {
    throw corrupt("The JPEG tables of the TIFF hold a picture.");
  }
  return state;
}
