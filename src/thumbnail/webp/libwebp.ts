import { growTo, maximumBytes, takeMemory } from "../module-memory.ts";
import { corrupt, type PictureError, unsupported } from "../types.ts";

/** A decoded picture in an instance's memory: RGBA of 8 bits, not multiplied by alpha, rows without gaps. */
export interface WebpPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** icodec's build of libwebp; its names are one letter each. */
interface LibwebpExports {
  /** Runs the constructors, which register `decode`. */
  x(): void;
  /** Functions by number. */
  readonly z: { get(index: number): unknown };
  /** Allocates. */
  A(bytes: number): number;
}

/** Embind's way to a function of C++: its number in the table and the address of its argument, a `std::string`. */
type Invoker = (target: number, argument: number) => unknown;

/** A function as embind registers it; only its name, its invoker and its number matter here. */
type Registration = [
  name: number,
  count: number,
  types: number,
  signature: number,
  invoker: number,
  target: number,
];

/** What embind asks of its host while it registers names and types; nobody needs the answers here. */
const unheard = ["a", "b", "c", "d", "e", "f", "g", "k", "l", "m", "n", "o", "q", "r", "v"];
/** The kind of call that makes an object, by embind's count; the other kind calls a function. */
const constructorCall = 1;

/**
 * An instance of libwebp for one file; it is never used again. The module has embind's interface to JavaScript, of
 * which this is the host's side as far as `decode` needs it: instead of an `ImageData` with a copy of the pixels, the
 * caller gets the pixels where they lie.
 */
export class LibwebpInstance {
  readonly #memory = takeMemory();
  readonly #run: LibwebpExports;
  #decode: { readonly invoker: number; readonly target: number } | null = null;
  #pixels = { at: 0, length: 0 };
  #take: ((picture: WebpPicture) => void) | null = null;
  #ranOut = false;

  constructor(module: WebAssembly.Module) {
    const host = {
      ...Object.fromEntries(unheard.map((name) => [name, () => 0])),
      h: (_count: number, _types: number, kind: number) => kind,
      i: (kind: number, _function: number, _destructors: number, values: number) => this.#call(kind, values),
      j: (...[name, , , , invoker, target]: Registration) => {
        if (this.#textAt(name) === "decode") this.#decode = { invoker, target };
      },
      p: abort,
      s: (bytes: number) => this.#grow(bytes >>> 0),
      t: (to: number, from: number, bytes: number) => {
        this.#bytes.copyWithin(to >>> 0, from >>> 0, (from >>> 0) + bytes);
      },
      u: abort,
    };
    const { exports } = new WebAssembly.Instance(module, { a: host, host: { memory: this.#memory } });
    if (!isLibwebp(exports)) throw new Error("libwebp.wasm is not the module that this code was written for");
    this.#run = exports;
    this.#run.x();
  }

  /** Bytes of memory that the instance holds. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Decodes a still picture and answers what `use` makes of it. The picture lasts no longer than that call. */
  decode<T>(file: readonly Uint8Array[], use: (picture: WebpPicture) => T): T {
    const outcomes: (() => T)[] = [];
    this.#take = (picture) => outcomes.push(outcomeOf(() => use(picture)));
    const { invoke, target } = this.#decoder();
    try {
      invoke(target, this.#place(file));
    } catch {
      // An abort or a trap. What was delivered before it counts.
    }
    const [outcome] = outcomes;
    if (outcome !== undefined) return outcome();
    throw this.#ranOut ? overBudget() : corrupt("The WebP picture is damaged or cut short.");
  }

  #decoder(): { invoke: Invoker; target: number } {
    const invoke = this.#decode === null ? null : this.#run.z.get(this.#decode.invoker);
    if (this.#decode === null || !isInvoker(invoke)) throw new Error("libwebp.wasm registers no decoder");
    return { invoke, target: this.#decode.target };
  }

  /** A string as embind passes it: its length, its bytes. */
  #place(file: readonly Uint8Array[]): number {
    const length = file.reduce((sum, piece) => sum + piece.length, 0);
    const start = this.#run.A(4 + length + 1) >>> 0;
    if (start === 0) abort();
    new DataView(this.#memory.buffer).setUint32(start, length, true);
    let at = start + 4;
    for (const piece of file) {
      this.#bytes.set(piece, at);
      at += piece.length;
    }
    return start;
  }

  /** First the pixels are made an array: their number and their address. Then the array and the size are made a picture. */
  #call(kind: number, values: number): number {
    const view = new DataView(this.#memory.buffer, values >>> 0);
    if (kind === constructorCall)
      this.#pixels = { length: view.getUint32(0, true), at: view.getUint32(4, true) };
    else {
      const { at, length } = this.#pixels;
      const [width, height] = [view.getUint32(8, true), view.getUint32(16, true)];
      this.#take?.({ width, height, pixels: new Uint8Array(this.#memory.buffer, at, length) });
    }
    return 0;
  }

  #grow(bytes: number): number {
    if (bytes <= maximumBytes && growTo(this.#memory, bytes)) return 1;
    this.#ranOut = true;
    return 0;
  }

  get #bytes(): Uint8Array {
    return new Uint8Array(this.#memory.buffer);
  }

  /** Text of C, which ends with a byte of 0. */
  #textAt(at: number): string {
    const bytes = this.#bytes.subarray(at >>> 0, (at >>> 0) + 64);
    return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
  }
}

/** The module that instances are made of. It is loaded when the first WebP comes. */
export async function loadLibwebp(): Promise<WebAssembly.Module> {
  const { default: module } = await import("../../../dist/modules/libwebp.wasm");
  return module;
}

/** The error for a picture that needs more than an instance may hold. */
export function overBudget(): PictureError {
  return unsupported("over_budget", "Decoding this picture would take more memory than a Worker has.");
}

/** What work came to, to be answered or thrown later: no error may pass through the module's own frames. */
function outcomeOf<T>(work: () => T): () => T {
  try {
    const value = work();
    return () => value;
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error("a picture was not taken", { cause });
    return () => {
      throw error;
    };
  }
}

function abort(): never {
  throw new Error("libwebp aborted");
}

function isInvoker(value: unknown): value is Invoker {
  return typeof value === "function";
}

function isLibwebp(exports: unknown): exports is LibwebpExports {
  return (
    typeof exports === "object" && exports !== null && "x" in exports && "z" in exports && "A" in exports
  );
}
