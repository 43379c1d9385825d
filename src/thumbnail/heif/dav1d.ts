import { corrupt, type PictureError, unsupported } from "../types.ts";
import { growTo, takeMemory } from "../module-memory.ts";

/** A decoded picture in the instance's memory: YCbCr 4:2:0 of 8 bits. */
export interface Av1Frame {
  readonly width: number;
  readonly height: number;
  /** Address and bytes a row of luma and the two chroma planes. */
  readonly planes: readonly [Av1Plane, Av1Plane, Av1Plane];
}

interface Av1Plane {
  readonly at: number;
  readonly stride: number;
}

/** ogv.js's build of dav1d; its names are one letter each. */
interface Dav1dExports {
  /** Runs the constructors. */
  i(): void;
  /** Opens the decoder. */
  j(): void;
  /** Decodes a frame of so many bytes at an address. */
  n(address: number, bytes: number): number;
  /** Allocates. */
  q(bytes: number): number;
}

/** Errors of WASI, which its calls for files that nobody has are answered with. */
const espipe = 70;
const enosys = 52;

/** An instance of dav1d for one frame; it is never used again. */
export class Dav1dInstance {
  readonly #memory = takeMemory();
  readonly #run: Dav1dExports;
  #take: ((frame: Av1Frame) => void) | undefined;
  #ranOut = false;

  constructor(module: WebAssembly.Module) {
    const host = {
      a: (_file: number, list: number, count: number, written: number) => this.#swallow(list, count, written),
      b: () => espipe,
      c: (bytes: number) => this.#grow(bytes >>> 0),
      d: () => enosys,
      e: (to: number, from: number, bytes: number) => {
        this.memory.copyWithin(to, from, from + bytes);
      },
      f: () => {
        throw new Error("dav1d aborted");
      },
      g: (...values: number[]) => this.#deliver(values),
    };
    const { exports } = new WebAssembly.Instance(module, { a: host, host: { memory: this.#memory } });
    if (!isDav1d(exports)) throw new Error("dav1d.wasm is not the module that this code was written for");
    this.#run = exports;
    this.#run.i();
    this.#run.j();
  }

  /** Bytes of memory that the instance holds. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** All of the instance's memory; void after the next call. */
  get memory(): Uint8Array {
    return new Uint8Array(this.#memory.buffer);
  }

  /** Decodes the data of an item. `take` is called with the frame, which lasts no longer than the call. */
  decode(data: Uint8Array, take: (frame: Av1Frame) => void): void {
    let failure: Error | undefined;
    let taken = false;
    this.#take = (frame) => {
      if (taken) return;
      taken = true;
      try {
        take(frame);
      } catch (error) {
        failure = error instanceof Error ? error : new Error("a row was not taken", { cause: error });
      }
    };
    try {
      const at = this.#run.q(data.length);
      this.memory.set(data, at);
      this.#run.n(at, data.length);
    } catch {
      // An abort or a trap. What was delivered before it counts.
    }
    if (failure !== undefined) throw failure;
    if (!taken) throw this.#ranOut ? overBudget() : corrupt("The AVIF picture is damaged or cut short.");
  }

  #deliver([luma = 0, lumaStride = 0, cb = 0, cbStride = 0, cr = 0, crStride = 0, ...sizes]: number[]): void {
    const [, , , , width = 0, height = 0] = sizes;
    const planes = [
      { at: luma, stride: lumaStride },
      { at: cb, stride: cbStride },
      { at: cr, stride: crStride },
    ] as const;
    this.#take?.({ width, height, planes });
  }

  #grow(bytes: number): number {
    if (growTo(this.#memory, bytes)) return 1;
    this.#ranOut = true;
    return 0;
  }

  /** What it prints goes nowhere, but it wants to know how much of it was written. */
  #swallow(list: number, count: number, written: number): number {
    const view = new DataView(this.#memory.buffer);
    let bytes = 0;
    for (let i = 0; i < count; i++) bytes += view.getUint32(list + 8 * i + 4, true);
    view.setUint32(written, bytes, true);
    return 0;
  }
}

/** The module that instances are made of. It is loaded when the first AVIF comes. */
export async function loadDav1d(): Promise<WebAssembly.Module> {
  const { default: module } = await import("../../../dist/modules/dav1d.wasm");
  return module;
}

function overBudget(): PictureError {
  return unsupported("over_budget", "Decoding this picture would take more memory than a Worker has.");
}

function isDav1d(exports: unknown): exports is Dav1dExports {
  return typeof exports === "object" && exports !== null && "q" in exports && "n" in exports;
}
