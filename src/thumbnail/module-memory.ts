const pageBytes = 65536;
/** What dav1d, libheif and libwebp have at the start: the most that any of their modules asks for. */
const initialPages = 263;
/** What they can grow to: 80 MiB, as the build writes into the modules. */
const maximumPages = 1280;

let isolateWasmMemory: WeakRef<WebAssembly.Memory> | undefined;

/** Bytes that a decoder holds before it decodes anything. */
export const initialBytes = initialPages * pageBytes;

/** The most bytes that a decoder's memory can grow to; growing beyond them fails. */
export const maximumBytes = maximumPages * pageBytes;

/** Grows a memory to hold so many bytes in all; false where it may not become so large. */
export function growTo(memory: WebAssembly.Memory, bytes: number): boolean {
  try {
    memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / pageBytes));
    return true;
  } catch {
    return false;
  }
}

/**
 * An empty memory for one instance. Instances come and go, and so would their memories, tens of megabytes each that
 * nobody counts until the garbage collector runs. So the last memory is used again as long as it is still there; it is
 * held weakly, so that it need not be. Decoding is synchronous: there are never two that need one.
 */
export function takeMemory(): WebAssembly.Memory {
  const held = isolateWasmMemory?.deref();
  if (held !== undefined) {
    new Uint8Array(held.buffer).fill(0);
    return held;
  }
  const memory = new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages });
  isolateWasmMemory = new WeakRef(memory);
  return memory;
}
