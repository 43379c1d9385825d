import { parse, v7, validate, version } from "uuid";

/** A new id: UUIDv7 (RFC 9562 §5.7), so that ids sort by creation. */
export function newMediaId(): string {
  return v7();
}

/** True for what {@link newMediaId} can have made. */
export function isMediaId(text: string): boolean {
  return validate(text) && version(text) === 7;
}

/** When an id was made, in milliseconds since the epoch: the first 48 bits of a UUIDv7. */
export function createdAtOf(id: string): number {
  return parse(id)
    .slice(0, 6)
    .reduce((sum, byte) => sum * 256 + byte, 0);
}
