// The kernel: what the host calls. Everything lies where the host puts it; nothing here allocates.
import { inputAt } from "./input";
import { buildPlaces } from "./blocks";
import { basisAt } from "./transform";
import { scratchAt } from "./scans";

export { buildTable } from "./huffman";
export { buildSymbols } from "./bands";
export { unusedRaw } from "./input";
export {
  openScan, progressiveBandScan, progressiveDcScan, renderComponent, scanEnd, sequentialScan, unitsDecoded,
} from "./scans";
export { inflateSmall, inflateToHost, readPng } from "./png";
export { pushPlanar, pushRow } from "./rows";
export { planesToRgb } from "./picture";
export { encodeScan } from "./encode";
export { findNear } from "./near";

/** First address that is free for the host. */
export function heapStart(): usize {
  return (__heap_base + 15) & ~15;
}

/** Before a picture: where the input's windows lie, and `CONSTANT_BYTES` of scratch. */
export function open(input: usize, constants: usize): void {
  inputAt(input);
  buildPlaces(constants);
  basisAt(constants + 512);
  scratchAt(constants + 576);
}
