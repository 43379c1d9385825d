import { C_AC_TABLE, C_DC_TABLE, SCAN_ENOUGH, TABLE_BYTES } from "../kernel/layout.ts";
import type { Kernel } from "../raster/kernel.ts";
import { corrupt, PictureError } from "../types.ts";
import { type FrameLayout, placeQuant } from "./components.ts";
import { type FoundScan, type Frame, findScanEnd, type JpegState, nextScan, type Scan } from "./header.ts";
import { type HuffmanSpec, specBytes } from "./standard.ts";

/**
 * Scans that a progressive file may have before the rest is left out. The most that an encoder has use for is
 * about 14 a component; files with thousands are made to keep decoders busy.
 */
const maxScans = 100;

/** A frame whose scans are to be decoded. */
export interface FrameJob {
  readonly bytes: Uint8Array;
  readonly kernel: Kernel;
  readonly state: JpegState;
  readonly frame: Frame;
  readonly layout: FrameLayout;
  /** Addresses of the components' records in the kernel. */
  readonly records: number[];
}

/** Decodes the scans from `first` on, until the picture is complete or the file ends. */
export function decodeScans(job: FrameJob, first: FoundScan): void {
  const tables = new TableStore(job.kernel, job.frame.progressive);
  const seen = new Set<number>();
  let found: FoundScan | undefined = first;
  for (let count = 0; found !== undefined && count < maxScans; count++) {
    const isWhole = decodeScan(job, tables, seen, found);
    if (!job.frame.progressive && seen.size === job.records.length) break;
    const end = isWhole ? found.dataAt + usedBytes(job.kernel) : findScanEnd(job.bytes, found.dataAt);
    found = nextSoundScan(job, end);
  }
  if (job.frame.progressive) {
    for (const component of seen) job.kernel.run.renderComponent(job.records[component] ?? 0);
  }
}

/** A later scan. If what comes is broken, the picture is what there was before it. */
function nextSoundScan(job: FrameJob, at: number): FoundScan | undefined {
  try {
    return nextScan(job.bytes, at, job.state);
  } catch (error) {
    if (error instanceof PictureError) return undefined;
    throw error;
  }
}

/** Decodes one scan; false if its bits were not read to their end, because nothing needs them. */
function decodeScan(job: FrameJob, tables: TableStore, seen: Set<number>, found: FoundScan): boolean {
  const { bytes, kernel, state, layout } = job;
  const { scan, dataAt } = found;
  if (isIdle(job, seen, scan)) return false;
  for (const { component, dc, ac } of scan.members) {
    const record = job.records[component] ?? 0;
    const plan = layout.components[component];
    if (!seen.has(component) && plan !== undefined) placeQuant(kernel, record, plan, state);
    seen.add(component);
    if (scan.from === 0 && scan.high === 0)
      kernel.set(record, C_DC_TABLE, tables.address(0, dc, state.dc[dc]));
    if (scan.to > 0) kernel.set(record, C_AC_TABLE, tables.address(1, ac, state.ac[ac]));
  }
  kernel.write(
    tables.list,
    Int32Array.from(scan.members, ({ component }) => job.records[component] ?? 0),
  );
  kernel.feed([bytes.subarray(dataAt)]);
  kernel.run.openScan(tables.list, scan.members.length, state.restartInterval);
  return runScan(job, scan) !== SCAN_ENOUGH;
}

/** A scan that changes nothing: sequential data once more, or a band of which nothing is kept. */
function isIdle(job: FrameJob, seen: Set<number>, scan: Scan): boolean {
  if (!job.frame.progressive) return scan.members.some(({ component }) => seen.has(component));
  const [member] = scan.members;
  return scan.from > 0 && job.layout.components[member?.component ?? 0]?.n === 1;
}

/** How many bytes a scan took up to the marker behind it. */
function usedBytes(kernel: Kernel): number {
  kernel.run.scanEnd();
  return kernel.usedBytes;
}

function runScan(job: FrameJob, scan: Scan): number | undefined {
  const { layout, kernel } = job;
  const [member] = scan.members;
  const only = scan.members.length === 1 ? layout.components[member?.component ?? 0] : undefined;
  const unitsX = only !== undefined ? only.blocksX : layout.unitsX;
  const unitsY = only !== undefined ? only.blocksY : layout.unitsY;
  if (!job.frame.progressive) return kernel.run.sequentialScan(unitsX, unitsY);
  if (scan.from === 0) kernel.run.progressiveDcScan(unitsX, unitsY, scan.high, scan.shift);
  else kernel.run.progressiveBandScan(scan.from, scan.to, scan.high, scan.shift);
  return undefined;
}

/** The kernel's decoding tables: four for DC and four for AC, made anew when a DHT segment has changed them. */
class TableStore {
  readonly list: number;
  readonly #kernel: Kernel;
  readonly #progressive: boolean;
  readonly #base: number;
  readonly #spec: number;
  readonly #made: (HuffmanSpec | undefined)[] = [];

  constructor(kernel: Kernel, progressive: boolean) {
    this.#kernel = kernel;
    this.#progressive = progressive;
    this.list = kernel.allocate(16);
    this.#spec = kernel.allocate(specBytes);
    this.#base = kernel.allocate(8 * TABLE_BYTES);
  }

  /** Address of the table for `spec`, in slot `id` of its class (0 = DC, 1 = AC). */
  address(tableClass: 0 | 1, id: number, spec: HuffmanSpec | undefined): number {
    if (spec === undefined) throw corrupt("A Huffman table is missing.");
    const slot = tableClass * 4 + id;
    const at = this.#base + slot * TABLE_BYTES;
    if (this.#made[slot] === spec) return at;
    this.#made[slot] = spec;
    const { run } = this.#kernel;
    this.#kernel.write(this.#spec, spec);
    run.buildTable(this.#spec, at, tableClass === 1 && !this.#progressive);
    if (tableClass === 1 && this.#progressive) run.buildSymbols(at);
    return at;
  }
}
