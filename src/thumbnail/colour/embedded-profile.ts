import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeader } from "../../metadata/headers/header.ts";

const maxProfileBytes = 2 * 1024 * 1024;

/** The ICC profile that lies in a file as it is (WebP's ICCP, TIFF's field 34675), if there is one. */
export function embeddedProfile(bytes: Uint8Array): Uint8Array | undefined {
  const result = readImageHeader(FileParts.whole(bytes));
  if (result.kind !== "header") return undefined;
  const block = result.header.metadataBlocks.find(({ kind, coding }) => kind === "icc" && coding === "plain");
  if (block === undefined || block.length > maxProfileBytes) return undefined;
  return bytes.subarray(block.offset, block.offset + block.length);
}
