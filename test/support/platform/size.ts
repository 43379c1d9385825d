const encoder = new TextEncoder();

/** How many bytes a text has in UTF-8. */
export function utf8Bytes(text: string): number {
  // No text has fewer bytes than characters, nor more than three times as many.
  return encoder.encode(text).byteLength;
}

/** About what an object or an array takes besides what it holds, in bytes. */
const containerBytes = 16;
/** What a number, a boolean or a reference takes, in bytes. */
const slotBytes = 8;

/** About what a value takes in memory, in bytes; a character counts as one. Cycles are not expected. */
export function bytesOf(value: unknown): number {
  if (typeof value === "string") return containerBytes + value.length;
  if (typeof value !== "object" || value === null) return slotBytes;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return containerBytes + value.byteLength;
  let bytes = containerBytes;
  for (const each of Object.values(value)) bytes += slotBytes + bytesOf(each);
  return bytes;
}
