const PAGE_BYTES = 65536;
/** What dav1d, libheif and libwebp have at the start: the most that any of their modules asks for. */
const INITIAL_PAGES = 263;
/** What they can grow to: 80 MiB, as the build writes into the modules. */
const MAXIMUM_PAGES = 1280;

let isolateWasmMemory: WeakRef<WebAssembly.Memory> | undefined;

/** Bytes that a decoder holds before it decodes anything. */
export const INITIAL_BYTES = INITIAL_PAGES * PAGE_BYTES;

/** The most bytes that a decoder's memory can grow to; growing beyond them fails. */
export const MAXIMUM_BYTES = MAXIMUM_PAGES * PAGE_BYTES;

/** Grows a memory to hold so many bytes in all; false where it may not become so large. */
export function growTo(memory: WebAssembly.Memory, bytes: number): boolean {
  try {
    memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES));
    return true;
  } catch {
    return false;
  }
}

/**
 * An empty memory for one instance. Instances come and go, and so would their memories, tens of megabytes each that
 * nobody counts until the garbage collector runs. So the isolateWasmMemory one is used again as long as it is still there; it is
 * held weakly, so that it need not be. Decoding is synchronous: there are never two that need one.
 */
export function takeMemory(): WebAssembly.Memory {
  const held = isolateWasmMemory?.deref();
  if (held) {
    new Uint8Array(held.buffer).fill(0);
    return held;
  }
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES });
  isolateWasmMemory = new WeakRef(memory);
  return memory;
}
