// Cuts a published WASM module down to the functions that the Worker calls, bounds the memory that it can take, and
// marks it as changed.
import binaryen from "binaryen";

const customSection = 0;
const importSection = 2;
const memorySection = 5;
const headerBytes = 8;

/** What is to be left of a module. */
export interface SlimOptions {
  /** The exports that stay; what only others needed goes. */
  readonly exports: readonly string[];
  /** The most pages (64 KiB each) that its memory can grow to: beyond them growing fails. */
  readonly maxPages: number;
  /** The pages that its memory is to have at the start, where that may be fewer than the module asks for. */
  readonly initialPages?: number;
  /** Makes the module import its memory, as `memory` of `host`, so that one serves instance after instance. */
  readonly importsMemory?: boolean;
  /** What is written into the module, as its custom section `notice`: that it was changed, as its licence asks. */
  readonly notice: string;
}

/** The module without what nobody calls, with a bound on its memory and a notice. */
export function slimWasm(wasm: Uint8Array, options: SlimOptions): Uint8Array {
  const { exports } = options;
  const module = binaryen.readBinary(wasm);
  const names = Array.from(
    { length: module.getNumExports() },
    (_, index) => binaryen.getExportInfo(module.getExportByIndex(index)).name,
  );
  const missing = exports.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`the module does not export ${missing.join(", ")}`);
  for (const name of names) if (!exports.includes(name)) module.removeExport(name);
  module.runPasses(["remove-unused-module-elements"]);
  const slim = module.emitBinary();
  module.dispose();
  return boundMemory(slim, options);
}

/** Rewrites the limits of the only memory, adds the notice (WebAssembly core specification, 5.5.3, 5.5.5, 5.5.8, 5.3.9). */
function boundMemory(wasm: Uint8Array, options: SlimOptions): Uint8Array {
  const { maxPages, initialPages, importsMemory = false, notice } = options;
  const sections = sectionsOf(wasm);
  const memory = sections.find(({ id }) => id === memorySection);
  if (!memory) throw new Error("the module has no memory of its own");
  // Behind the count of memories and the flags stands the size at the start.
  const firstPages = initialPages ?? readNumber(memory.body, 2).value;
  const limits = [1, ...writeNumber(firstPages), ...writeNumber(maxPages)];
  if (!importsMemory) memory.body = Uint8Array.from([1, ...limits]);
  else {
    const imports = sections.find(({ id }) => id === importSection);
    if (!imports) throw new Error("the module imports nothing");
    const { value: count, next } = readNumber(imports.body, 0);
    const added = [...name("host"), ...name("memory"), 2, ...limits];
    imports.body = Buffer.concat([
      Buffer.from(writeNumber(count + 1)),
      imports.body.subarray(next),
      Buffer.from(added),
    ]);
  }
  const kept = sections.filter((section) => !importsMemory || section !== memory);
  kept.push({ id: customSection, body: Buffer.from([...name("notice"), ...Buffer.from(notice)]) });
  const parts = kept.map(({ id, body }) =>
    Buffer.concat([Buffer.from([id, ...writeNumber(body.length)]), body]),
  );
  return Buffer.concat([wasm.subarray(0, headerBytes), ...parts]);
}

function sectionsOf(wasm: Uint8Array): { id: number; body: Uint8Array }[] {
  const sections: { id: number; body: Uint8Array }[] = [];
  for (let at = headerBytes; at < wasm.length;) {
    const { value, next } = readNumber(wasm, at + 1);
    sections.push({ id: wasm[at] ?? 0, body: wasm.subarray(next, next + value) });
    at = next + value;
  }
  return sections;
}

function name(text: string): number[] {
  return [text.length, ...Buffer.from(text, "latin1")];
}

// Unsigned LEB128 (5.2.2).
function readNumber(wasm: Uint8Array, start: number): { value: number; next: number } {
  let value = 0;
  for (let at = start, scale = 1; ; at++, scale *= 128) {
    const byte = wasm[at] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, next: at + 1 };
  }
}

function writeNumber(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...writeNumber(Math.floor(value / 128))];
}
