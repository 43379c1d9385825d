import kernelModule from "../../../dist/modules/kernel.wasm";
import type { Account } from "../budget.ts";

/** What the kernel exports; see `kernel/index.ts`. Addresses are byte offsets in its memory. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  open(input: number, constants: number): void;
  buildTable(counts: number, table: number, isAc: boolean): void;
  buildSymbols(table: number): void;
  openScan(components: number, members: number, restartInterval: number): void;
  sequentialScan(unitsX: number, unitsY: number): number;
  progressiveDcScan(unitsX: number, unitsY: number, high: number, shift: number): void;
  progressiveBandScan(from: number, to: number, high: number, shift: number): void;
  renderComponent(component: number): void;
  scanEnd(): number;
  unusedRaw(): number;
  readPng(reader: number, work: number, window: number, windowBytes: number): number;
  inflateSmall(work: number, target: number, bytes: number): number;
  inflateToHost(work: number, window: number, windowBytes: number): number;
  pushRow(rows: number, row: number): number;
  pushPlanar(rows: number): number;
  planesToRgb(
    planes: number,
    planeBytes: number,
    width: number,
    height: number,
    colour: number,
    out: number,
    first: number,
    stepX: number,
    stepY: number,
  ): void;
  encodeScan(
    rgb: number,
    width: number,
    height: number,
    tables: number,
    target: number,
    limit: number,
  ): number;
  findNear(block: number, slots: number, query: number, least: number, most: number, found: number): number;
  /** MCUs that had their bits, over all scans of the picture. */
  readonly unitsDecoded: { value: number };
}

const pageBytes = 65536;
/** Memory never shrinks: an instance that has grown beyond this is not used again. */
const keptBytes = 4 * 1024 * 1024;

/**
 * One instance of the kernel with a simple store of memory: what is allocated stays until the picture is done.
 * Used by one picture at a time.
 */
export class Kernel {
  readonly run: KernelExports;
  #next: number;
  /** Memory from here on was never handed out and is still zero. */
  #clean: number;
  #account: Account | undefined;
  #input: Uint8Array[] = [];
  #taken = 0;
  #taker: (bytes: Uint8Array) => boolean = () => true;

  constructor() {
    const host = {
      pull: (target: number, most: number) => this.#pull(target, most),
      give: (from: number, bytes: number) => (this.#taker(this.u8(from, bytes)) ? 1 : 0),
    };
    const instance = new WebAssembly.Instance(kernelModule, { host });
    this.run = readExports(instance);
    this.#next = this.run.heapStart();
    this.#clean = this.#next;
  }

  /** Bytes of memory that the instance holds. */
  get bytes(): number {
    return this.run.memory.buffer.byteLength;
  }

  /** Starts a picture, on its account. */
  begin(account: Account): void {
    account.take(this.bytes);
    this.#account = account;
    this.#next = this.run.heapStart();
  }

  /** Drops what belongs to the picture. */
  end(): void {
    this.#account = undefined;
    this.#taker = () => true;
    this.#input = [];
  }

  /** Sets `bytes` aside, aligned to 16; they are zero only if `clear` is set. */
  allocate(bytes: number, clear = false): number {
    const at = this.#next;
    this.#next = Math.ceil((at + bytes) / 16) * 16;
    const missing = Math.ceil((this.#next - this.bytes) / pageBytes);
    if (missing > 0) {
      this.#account?.take(missing * pageBytes);
      this.run.memory.grow(missing);
    }
    if (clear && at < this.#clean) this.u8(at, Math.min(bytes, this.#clean - at)).fill(0);
    this.#clean = Math.max(this.#clean, this.#next);
    return at;
  }

  /** Where the next `allocate` begins, for `rewind`. */
  get mark(): number {
    return this.#next;
  }

  /** Gives back what was allocated since `mark` was read. */
  rewind(mark: number): void {
    this.#next = mark;
  }

  /** Who takes what the kernel inflates, piece by piece, and says by `true` that no more is wanted. */
  giveTo(taker: (bytes: Uint8Array) => boolean): void {
    this.#taker = taker;
  }

  /** A view of `length` bytes; like all views it is void after the next `allocate`. */
  u8(at: number, length: number): Uint8Array {
    return new Uint8Array(this.run.memory.buffer, at, length);
  }

  /** Copies a typed array to an address. */
  write(at: number, values: Uint8Array | Int16Array | Int32Array | Float32Array): void {
    this.u8(at, values.byteLength).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  /** Stores a typed array in memory of its own. */
  place(values: Uint8Array | Int16Array | Int32Array | Float32Array): number {
    const at = this.allocate(values.byteLength);
    this.write(at, values);
    return at;
  }

  /** Writes one 32-bit field of a record. */
  set(record: number, field: number, value: number): void {
    new DataView(this.run.memory.buffer).setInt32(record + field, value, true);
  }

  /** Reads one 32-bit field of a record. */
  get(record: number, field: number): number {
    return new DataView(this.run.memory.buffer).getInt32(record + field, true);
  }

  /** What the kernel reads next: one piece after the other. */
  feed(pieces: Uint8Array[]): void {
    this.#input = pieces.toReversed();
    this.#taken = 0;
  }

  /** How many of the bytes that were fed the kernel has used; for scans. */
  get usedBytes(): number {
    return this.#taken - this.run.unusedRaw();
  }

  #pull(target: number, most: number): number {
    let count = 0;
    while (count < most) {
      const piece = this.#input.pop();
      if (piece === undefined) break;
      const part = piece.subarray(0, most - count);
      this.u8(target + count, part.length).set(part);
      count += part.length;
      if (part.length < piece.length) this.#input.push(piece.subarray(part.length));
    }
    this.#taken += count;
    return count;
  }
}

/** The instance that waits for the next picture, if there is one. */
let isolateKernel: Kernel | undefined;

/** A kernel for one picture: the one that waits, or a new one. Nobody waits for a kernel. */
export function takeKernel(account: Account): Kernel {
  const kernel = isolateKernel ?? new Kernel();
  isolateKernel = undefined;
  kernel.begin(account);
  return kernel;
}

/** Hands a kernel back. One that has grown is left to the garbage collector; so is one that trapped: do not hand it back. */
export function giveBackKernel(kernel: Kernel): void {
  kernel.end();
  if (kernel.bytes <= keptBytes) isolateKernel = kernel;
}

function readExports(instance: WebAssembly.Instance): KernelExports {
  const { exports } = instance;
  if (!isKernel(exports)) throw new Error("kernel.wasm is not the kernel that this code was written for");
  return exports;
}

function isKernel(exports: unknown): exports is KernelExports {
  return (
    typeof exports === "object" && exports !== null && "memory" in exports && "sequentialScan" in exports
  );
}
