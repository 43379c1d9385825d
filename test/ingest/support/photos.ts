import { jpegBytes } from "../../support/images/index.ts";

/** A small photo; another number, other bytes. */
export function photo(number = 0): Uint8Array {
  return jpegBytes({ width: 8, height: 8, xmp: `<!-- ${number} -->` });
}
