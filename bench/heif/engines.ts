import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { FileParts } from "../../src/metadata/file-parts.ts";
import { readImageHeader } from "../../src/metadata/headers/header.ts";
import { makeThumbnail } from "../../src/thumbnail/thumbnail.ts";
import type { MadeThumbnail, SourceFacts } from "../../src/thumbnail/types.ts";

sharp.concurrency(1);
sharp.cache(false);

const size = 512;

/** A file to measure. */
export interface BenchFile {
  name: string;
  bytes: Uint8Array;
  facts: SourceFacts;
}

/** A file with what its header says. */
export function benchFile(name: string, bytes: Uint8Array): BenchFile {
  const result = readImageHeader(FileParts.whole(bytes));
  if (result.kind !== "header") throw new Error(`${name} is no picture`);
  const { mediaType, width, height, orientation } = result.header;
  return { name, bytes, facts: { contentType: mediaType, width, height, orientation: orientation ?? 1 } };
}

/** Our thumbnail, the whole picture or the square in its middle. */
export async function ours({ bytes, facts }: BenchFile, fit: "cover" | "contain"): Promise<MadeThumbnail> {
  const result = await makeThumbnail(bytes, facts, { size: size, fit });
  if (result.outcome !== "made") throw new Error(result.reason.detail);
  return result;
}

/** sharp's, or null where its libvips has no decoder for the file: prebuilt ones have none for HEVC. */
export async function native({ bytes }: BenchFile): Promise<Buffer | null> {
  try {
    return await sharp(bytes).autoOrient().resize(size, size).jpeg({ quality: 80 }).toBuffer();
  } catch {
    return null;
  }
}

interface WholeHeif {
  HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(bytes: number): number;
  _heif_context_alloc(): number;
  _heif_context_read_from_memory(error: number, context: number, at: number, bytes: number, no: number): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    colorspace: number,
    chroma: number,
    options: number,
  ): void;
}

const require = createRequire(import.meta.url);
let compiled: WebAssembly.Module | undefined;

/**
 * libheif-js as it comes, decoding the whole picture to planes; how many bytes it held, or null if it cannot. Through
 * the C API: its own wrapper reads beyond the end of memory, and fails, where chroma planes lie near that end.
 */
export function wholeHeif({ bytes }: BenchFile): number | null {
  compiled ??= new WebAssembly.Module(readFileSync(require.resolve("libheif-js/libheif-wasm/libheif.wasm")));
  const module = compiled;
  const create: unknown = require("libheif-js/libheif-wasm/libheif.js");
  if (!isFactory(create)) throw new Error("libheif-js is not what it was");
  const heif = create({
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      done(instance);
      return instance.exports;
    },
    print: () => {},
    printErr: () => {},
  });
  const scratch = heif._malloc(64);
  const at = heif._malloc(bytes.length);
  heif.HEAPU8.set(bytes, at);
  const u32 = (address: number) => new DataView(heif.HEAPU8.buffer).getUint32(address, true);
  const context = heif._heif_context_alloc();
  heif._heif_context_read_from_memory(scratch, context, at, bytes.length, 0);
  heif._heif_context_get_primary_image_handle(scratch, context, scratch + 16);
  heif._heif_decode_image(scratch, u32(scratch + 16), scratch + 32, 0, 1, 0);
  return u32(scratch) === 0 ? heif.HEAPU8.length : null;
}

function isFactory(value: unknown): value is (options: object) => WholeHeif {
  return typeof value === "function";
}
