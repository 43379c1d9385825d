const PAGE_BYTES = 65536;
/** What both decoders have at the start: their modules ask for at least 260 and 263 pages. */
const INITIAL_PAGES = 263;
/** What they can grow to: 80 MiB, as the build writes into the modules. */
const MAXIMUM_PAGES = 1280;

let last: WeakRef<WebAssembly.Memory> | undefined;

/** Bytes that a decoder holds before it decodes anything. */
export const INITIAL_BYTES = INITIAL_PAGES * PAGE_BYTES;

/**
 * An empty memory for one instance. Instances come and go, and so would their memories, tens of megabytes each that
 * nobody counts until the garbage collector runs. So the last one is used again as long as it is still there; it is
 * held weakly, so that it need not be. Decoding is synchronous: there are never two that need one.
 */
export function takeMemory(): WebAssembly.Memory {
  const held = last?.deref();
  if (held) {
    new Uint8Array(held.buffer).fill(0);
    return held;
  }
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES });
  last = new WeakRef(memory);
  return memory;
}
