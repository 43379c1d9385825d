import type { Account } from "../budget.ts";

/** The most memory that an instance can grow to: the build writes it into the module. */
export const maxInstanceBytes = 80 * 1024 * 1024;
interface PhotonExports {
  readonly memory: WebAssembly.Memory;
  photonimage_new_from_byteslice(bytes: number, length: number): number;
  photonimage_get_width(image: number): number;
  photonimage_get_height(image: number): number;
  /** Address and length. */
  photonimage_get_raw_pixels(image: number): [number, number];
  __wbg_photonimage_free(image: number, unused: number): void;
  __wbindgen_free(address: number, bytes: number, alignment: number): void;
  __wbindgen_malloc(bytes: number, alignment: number): number;
  readonly __wbindgen_externrefs: WebAssembly.Table;
  __wbindgen_start(): void;
  /** Has panics reported. */
  run(): void;
}

/** A picture in an instance's memory: RGBA, 8 bits, rows without gaps. */
export interface RgbaPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Photon panicked. `message` is what Rust said; without one it ran out of memory or worse. */
export class PhotonPanic extends Error {
  readonly panic: string | undefined;

  constructor(panic: string | undefined, cause: unknown) {
    super("photon panicked", { cause });
    this.name = "PhotonPanic";
    this.panic = panic;
  }
}

/**
 * One instance of photon's WASM module with as much of wasm-bindgen's host side as decoding needs. The package's own
 * is not used: it holds one instance for good, which must not be used after a panic and never gives memory back.
 */
export class PhotonInstance {
  readonly #run: PhotonExports;
  #panic: string | undefined;
  #pixels: { at: number; length: number } | undefined;

  constructor(module: WebAssembly.Module) {
    const host: Record<string, (...values: number[]) => unknown> = {};
    // Names end with a hash that changes with each version.
    for (const { name } of WebAssembly.Module.imports(module)) host[name] = this.#hostFunction(name);
    const { exports } = new WebAssembly.Instance(module, { "./photon_rs_bg.js": host });
    if (!isPhoton(exports)) throw new Error("photon.wasm is not the module that this code was written for");
    this.#run = exports;
    this.#run.__wbindgen_start();
    this.#reportPanics();
  }

  /** Bytes of memory that the instance holds. */
  get bytes(): number {
    return this.#run.memory.buffer.byteLength;
  }

  /** Decodes the first picture of a file. Its pixels last until the next. */
  decode(file: Uint8Array): RgbaPicture {
    try {
      this.#freePixels();
      const at = this.#run.__wbindgen_malloc(file.length, 1) >>> 0;
      new Uint8Array(this.#run.memory.buffer, at, file.length).set(file);
      const image = this.#run.photonimage_new_from_byteslice(at, file.length);
      const width = this.#run.photonimage_get_width(image) >>> 0;
      const height = this.#run.photonimage_get_height(image) >>> 0;
      const [pixels, length] = this.#run.photonimage_get_raw_pixels(image);
      this.#pixels = { at: pixels, length };
      this.#run.__wbg_photonimage_free(image, 0);
      return { width, height, pixels: new Uint8Array(this.#run.memory.buffer, pixels >>> 0, length >>> 0) };
    } catch (cause) {
      throw new PhotonPanic(this.#panic, cause);
    }
  }

  #freePixels(): void {
    if (this.#pixels !== undefined) this.#run.__wbindgen_free(this.#pixels.at, this.#pixels.length, 1);
    this.#pixels = undefined;
  }

  /** Photon sets its panic hook on the way to a browser's window, which there is none of: the host function throws. */
  #reportPanics(): void {
    try {
      this.#run.run();
    } catch {
      // As expected.
    }
  }

  #hostFunction(name: string): (...values: number[]) => unknown {
    if (name === "__wbindgen_init_externref_table") return () => this.#fillReferences();
    if (name.startsWith("__wbg_new_")) return () => null;
    if (name.startsWith("__wbg_stack_")) return (target = 0) => this.#writeEmptyText(target);
    if (name.startsWith("__wbg_error_")) return (at = 0, length = 0) => this.#notePanic(at, length);
    if (name.startsWith("__wbg_static_accessor_")) return () => 0;
    return () => {
      throw new Error(`photon wants ${name} of its host`);
    };
  }

  /** The first references are those of undefined, null, true and false. */
  #fillReferences(): void {
    const table = this.#run.__wbindgen_externrefs;
    const offset = table.grow(4);
    [undefined, null, true, false].forEach((value, index) => table.set(offset + index, value));
  }

  /** A string is its address and its length; that of none is any but 0. */
  #writeEmptyText(target: number): void {
    const view = new DataView(this.#run.memory.buffer);
    view.setInt32(target, 1, true);
    view.setInt32(target + 4, 0, true);
  }

  #notePanic(at: number, length: number): void {
    this.#panic = new TextDecoder().decode(new Uint8Array(this.#run.memory.buffer, at >>> 0, length >>> 0));
  }
}

let isolatePhoton: WeakRef<PhotonInstance> | undefined;

/**
 * An instance for one picture, on its account. Loads the module when the first picture comes. The last instance is
 * used again as long as it is still there, lest grown ones pile up until the garbage collector runs; it is held
 * weakly, so that it need not be.
 */
export async function takePhoton(account: Account): Promise<PhotonInstance> {
  const { default: module } = await import("../../../dist/modules/photon.wasm");
  const instance = isolatePhoton?.deref() ?? new PhotonInstance(module);
  isolatePhoton = undefined;
  account.take(instance.bytes);
  return instance;
}

/** Hands an instance back, but not one that panicked. */
export function giveBackPhoton(instance: PhotonInstance): void {
  isolatePhoton = new WeakRef(instance);
}

function isPhoton(exports: unknown): exports is PhotonExports {
  return typeof exports === "object" && exports !== null && "photonimage_new_from_byteslice" in exports;
}
