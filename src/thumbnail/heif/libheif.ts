import { corrupt, type PictureError, unsupported } from "../types.ts";
import { takeMemory } from "../module-memory.ts";
import type { HeifPicture, Nclx } from "./container.ts";

// heif_colorspace, heif_chroma and heif_channel of libheif's API.
const colorspaceYcbcr = 0;
const chroma420 = 1;
// Offsets in heif_decoding_options.
const optionIgnoreTransformations = 1;
const optionConvertTo8Bit = 20;
// heif_error_code.
const errorInvalidInput = 2;
const errorMemoryAllocation = 6;
const errorUnsupportedFiletype = 3;
const errorUnsupportedFeature = 4;
const errorPluginLoading = 11;
/** Emscripten grows memory by a fifth, so that one that cannot has at least this much of its 80 MiB. */
const nearlyFullBytes = 64 * 1024 * 1024;

/** The functions of libheif's C API that are called. Structures are returned to the address in the first argument. */
interface HeifFunctions {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _heif_context_alloc(): number;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    bytes: number,
    length: number,
    options: number,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
  _heif_image_handle_get_image_tiling(
    error: number,
    handle: number,
    transformed: number,
    tiling: number,
  ): void;
  _heif_image_handle_decode_image_tile(
    error: number,
    handle: number,
    image: number,
    colorspace: number,
    chroma: number,
    options: number,
    x: number,
    y: number,
  ): void;
  _heif_decoding_options_alloc(): number;
  _heif_image_get_plane_readonly(image: number, channel: number, stride: number): number;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_nclx_color_profile(error: number, image: number, profile: number): void;
  _heif_image_release(image: number): void;
}

/** How a picture is cut into tiles; one that is not has a single one. */
export interface Tiling {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/** Samples in an instance's memory. */
export interface TilePlane {
  readonly at: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
}

/** A decoded tile, YCbCr 4:2:0 of 8 bits; `release` gives its memory back to the instance. */
export interface Tile {
  readonly planes: readonly [TilePlane, TilePlane, TilePlane];
  /** The colours as the coded picture or the container tells them. */
  readonly coding: Nclx | undefined;
  release(): void;
}

/**
 * An instance of libheif with one file opened. It is for that file only: a second one in the same instance failed
 * when measured, and a fresh instance takes milliseconds.
 */
export class HeifInstance {
  readonly tiling: Tiling;
  readonly #run: HeifFunctions;
  readonly #handle: number;
  readonly #options: number;
  /** Room for an error (12 bytes), results (8 × 4) and the tiling. */
  readonly #scratch: number;

  /** `changes` are written over the instance's copy of the file. */
  constructor(module: unknown, file: Uint8Array, changes: HeifPicture["untransformed"]) {
    if (!isHeif(module)) throw new Error("libheif.wasm is not the module that this code was written for");
    this.#run = module;
    this.#scratch = module._malloc(512);
    const at = module._malloc(file.length);
    if (at === 0) throw overBudget();
    module.HEAPU8.set(file, at);
    for (const { offset, bytes } of changes) {
      if (offset + bytes.length <= file.length) module.HEAPU8.set(bytes, at + offset);
    }
    const context = module._heif_context_alloc();
    const results = this.#scratch + 16;
    this.#check((error) =>
      module._heif_context_read_from_memory_without_copy(error, context, at, file.length, 0),
    );
    this.#check((error) => module._heif_context_get_primary_image_handle(error, context, results));
    this.#handle = this.#u32(results);
    this.#options = module._heif_decoding_options_alloc();
    module.HEAPU8[this.#options + optionIgnoreTransformations] = 1;
    module.HEAPU8[this.#options + optionConvertTo8Bit] = 1;
    this.tiling = this.#readTiling();
  }

  /** Bytes of memory that the instance holds. */
  get bytes(): number {
    return this.#run.HEAPU8.length;
  }

  /** All of the instance's memory; void after the next call. */
  get memory(): Uint8Array {
    return this.#run.HEAPU8;
  }

  /** Decodes a tile as it is stored, before any cropping and turning. */
  decodeTile(x: number, y: number): Tile {
    const run = this.#run;
    const results = this.#scratch + 16;
    this.#check((error) =>
      run._heif_image_handle_decode_image_tile(
        error,
        this.#handle,
        results,
        colorspaceYcbcr,
        chroma420,
        this.#options,
        x,
        y,
      ),
    );
    const image = this.#u32(results);
    const planes = [this.#plane(image, 0), this.#plane(image, 1), this.#plane(image, 2)] as const;
    return { planes, coding: this.#coding(image), release: () => run._heif_image_release(image) };
  }

  #plane(image: number, channel: number): TilePlane {
    const results = this.#scratch + 16;
    const at = this.#run._heif_image_get_plane_readonly(image, channel, results);
    if (at === 0) throw corrupt("A part of the picture has no samples.");
    const width = this.#run._heif_image_get_width(image, channel);
    return {
      at,
      stride: this.#u32(results),
      width,
      height: this.#run._heif_image_get_height(image, channel),
    };
  }

  /** Behind a version, heif_color_profile_nclx has primaries, transfer and matrix of 4 bytes each, then the range. */
  #coding(image: number): Tile["coding"] {
    const results = this.#scratch + 16;
    this.#run._heif_image_get_nclx_color_profile(this.#scratch, image, results);
    if (this.#u32(this.#scratch) !== 0) return undefined;
    const profile = this.#u32(results);
    const [primaries = 0, transfer = 0, matrix = 0] = [4, 8, 12].map((at) => this.#u32(profile + at));
    const coding = { primaries, transfer, matrix, fullRange: this.#run.HEAPU8[profile + 16] !== 0 };
    this.#run._free(profile);
    return coding;
  }

  /** heif_image_tiling: version, columns, rows, width and height of a tile, … */
  #readTiling(): Tiling {
    const tiling = this.#scratch + 64;
    this.#check((error) => this.#run._heif_image_handle_get_image_tiling(error, this.#handle, 0, tiling));
    const [columns = 0, rows = 0, tileWidth = 0, tileHeight = 0] = [4, 8, 12, 16].map((at) =>
      this.#u32(tiling + at),
    );
    if (columns < 1 || rows < 1 || tileWidth < 1 || tileHeight < 1)
      throw corrupt("The picture has no tiles.");
    return { columns, rows, tileWidth, tileHeight };
  }

  /** A trap or a C++ exception, after which the instance is of no use, is the file's doing too. */
  #check(call: (error: number) => void): void {
    try {
      call(this.#scratch);
    } catch {
      throw reasonOf(this.bytes > nearlyFullBytes ? errorMemoryAllocation : errorInvalidInput);
    }
    const code = this.#u32(this.#scratch);
    if (code !== 0) throw reasonOf(code);
  }

  #u32(address: number): number {
    return new DataView(this.#run.HEAPU8.buffer).getUint32(address, true);
  }
}

/** Starts a fresh instance for a file. Loads the module when the first such file comes. */
export async function openHeif(): Promise<
  (file: Uint8Array, changes: HeifPicture["untransformed"]) => HeifInstance
> {
  const [{ default: module }, { default: createHeif }] = await Promise.all([
    import("../../../dist/modules/libheif.wasm"),
    import("../../../dist/modules/libheif-host.js"),
  ]);
  return (file, changes) => {
    const instance = createHeif({
      instantiateWasm(imports, done) {
        const made = new WebAssembly.Instance(module, { ...imports, host: { memory: takeMemory() } });
        done(made);
        return made.exports;
      },
      print: () => {},
      printErr: () => {},
    });
    return new HeifInstance(instance, file, changes);
  };
}

function reasonOf(code: number): PictureError {
  if (code === errorMemoryAllocation) return overBudget();
  if (code === errorUnsupportedFiletype || code === errorUnsupportedFeature || code === errorPluginLoading) {
    return unsupported("unsupported_coding", "This kind of HEIF is not decoded here.");
  }
  return corrupt("The HEIF picture cannot be decoded: it is damaged or cut short.");
}

function overBudget(): PictureError {
  return unsupported("over_budget", "Decoding this picture would take more memory than a Worker has.");
}

function isHeif(module: unknown): module is HeifFunctions {
  return typeof module === "object" && module !== null && "_heif_image_handle_decode_image_tile" in module;
}
