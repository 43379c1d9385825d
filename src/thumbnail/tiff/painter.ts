import type { Account } from "../budget.ts";
import type { Geometry } from "../raster/geometry.ts";
import { P_Y0 } from "../kernel/layout.ts";
import type { Kernel } from "../raster/kernel.ts";
import { openRows, type RowSink } from "../raster/rows.ts";
import type { Page } from "./directory/page.ts";
import { readSamples, type SampleCoding } from "./samples.ts";

/** Where the rows that are painted come from. */
export interface RowLayout extends SampleCoding {
  /** Whether each sample comes as a row of its own instead of in turn with the others. */
  readonly isPlanar: boolean;
}

/** What a painter works with. */
interface PainterMeans {
  readonly kernel: Kernel;
  readonly account: Account;
}

/** Colours of a picture that the kernel shrinks together. */
interface Target {
  readonly sink: RowSink;
  /** Address of the row that is pushed. */
  readonly row: number;
  /** Its colours, as numbers of a page's. */
  readonly colours: readonly number[];
}

/** One sample of each pixel: `values[first + x * step]`. */
interface Channel {
  readonly values: Uint8Array;
  readonly first: number;
  readonly step: number;
}

/**
 * Takes the rows of a page from the top to the bottom, brings their samples to 8 bits, puts what is transparent onto
 * white, and hands them to the kernel.
 */
export class Painter {
  readonly sinks: readonly RowSink[];
  /** The first row that counts; those above may be skipped. */
  readonly firstRow: number;
  readonly #kernel: Kernel;
  readonly #page: Page;
  readonly #layout: RowLayout;
  readonly #targets: readonly Target[];
  /** Samples as levels: one buffer, or one for each that comes as a row of its own. */
  readonly #levels: readonly Uint8Array[];
  readonly #isDirect: boolean;

  constructor({ kernel, account }: PainterMeans, geometry: Geometry, page: Page, layout: RowLayout) {
    this.#kernel = kernel;
    this.#page = page;
    this.#layout = layout;
    const { width, height, samples, alpha } = page;
    const colours = page.kind === "palette" ? [[0, 1, 2]] : page.kind === "grey" ? [[0]] : [[0, 1, 2]];
    if (page.kind === "inks") colours.push([3]);
    this.#targets = colours.map((members) => {
      const sink = openRows(kernel, geometry, {
        width,
        height,
        format: { depth: 8, samples: members.length },
      });
      // 16 bytes behind a row may be read
      return { sink, row: kernel.allocate(width * members.length + 32), colours: members };
    });
    this.sinks = this.#targets.map(({ sink }) => sink);
    this.firstRow = Math.min(...this.sinks.map(({ record }) => kernel.get(record, P_Y0)));
    const isPlain = layout.bits === 8 && alpha === null && samples === page.colours && colours.length === 1;
    this.#isDirect =
      isPlain && !layout.isPlanar && page.kind !== "palette" && page.masks.every((m) => m === 0);
    account.take(width * samples);
    this.#levels = this.#isDirect
      ? []
      : Array.from({ length: layout.isPlanar ? samples : 1 }, () => {
          return new Uint8Array(layout.isPlanar ? width : width * samples);
        });
  }

  /** Takes a row: all samples in turn, or a row for each sample, empty for those that do not matter. */
  paint(rows: readonly Uint8Array[]): boolean {
    const { width, samples } = this.#page;
    if (this.#isDirect) {
      const [target] = this.#targets;
      const [row] = rows;
      if (target !== undefined && row !== undefined)
        this.#kernel.write(target.row, row.subarray(0, width * samples));
      return this.skip();
    }
    rows.forEach((row, i) => {
      const levels = this.#levels[i];
      if (levels !== undefined && row.length > 0) readSamples(row, this.#layout, levels);
    });
    for (const target of this.#targets) {
      const view = this.#kernel.u8(target.row, width * target.colours.length);
      for (const [place, colour] of target.colours.entries())
        this.#fill(view, place, target.colours.length, colour);
    }
    return this.skip();
  }

  /** Goes on to the next row without a new one; true when the thumbnail needs no more. */
  skip(): boolean {
    let isDone = true;
    for (const { sink, row } of this.#targets) {
      if (this.#kernel.run.pushRow(sink.record, row) === 0) isDone = false;
    }
    return isDone;
  }

  #channel(sample: number): Channel {
    const step = this.#layout.isPlanar ? 1 : this.#page.samples;
    const values = this.#levels[this.#layout.isPlanar ? sample : 0] ?? new Uint8Array(0);
    return { values, first: this.#layout.isPlanar ? 0 : sample, step };
  }

  #fill(view: Uint8Array, place: number, step: number, colour: number): void {
    const { kind, palette, masks, alpha } = this.#page;
    const source = this.#channel(palette !== null ? 0 : colour);
    const mask = masks[colour] ?? 0;
    let from = source.first;
    for (let at = place; at < view.length; at += step, from += source.step) {
      const value = source.values[from] ?? 0;
      view[at] = palette !== null ? (palette[value * 4 + colour] ?? 0) : value ^ mask;
    }
    if (alpha === null) return;
    // Of luma and chroma, and of lightness and colour, white is at the top of the first only.
    const isMiddle = (kind === "ycc" || kind === "lab") && colour > 0;
    this.#ontoWhite(view, place, step, { white: isMiddle ? 128 : 255, mask });
  }

  #ontoWhite(view: Uint8Array, place: number, step: number, to: { white: number; mask: number }): void {
    const { alpha, palette, bits } = this.#page;
    if (alpha === null) return;
    const opacity = this.#channel(alpha.sample);
    const { white, mask } = to;
    // Beside indices alpha is as they are: not of 8 bits.
    const scale = palette !== null ? 255 / (2 ** bits - 1) : 1;
    let from = opacity.first;
    for (let at = place; at < view.length; at += step, from += opacity.step) {
      const share = Math.round((opacity.values[from] ?? 255) * scale);
      const value = view[at] ?? 0;
      if (share === 255) continue;
      if (alpha.isPremultiplied) {
        // What is multiplied in is the stored value: that of a mask is turned back for it.
        const added = Math.round(((white ^ mask) * (255 - share)) / 255);
        view[at] = Math.min(255, (value ^ mask) + added) ^ mask;
      } else view[at] = Math.round((value * share + white * (255 - share)) / 255);
    }
  }
}
