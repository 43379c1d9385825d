// Category Cc: the control characters of ASCII and of Latin-1's upper half. None belongs in a photo's texts but
// the tab and the line breaks, and those only in a caption.
const controls = /\p{Cc}/u;
const controlsOfText = /[^\P{Cc}\t\n\r]/gu;

/** A name such as a maker's: trimmed; null where nothing is left, or where noise was written instead of a name. */
export function cleanName(text: string | null): string | null {
  const name = text?.trim() ?? "";
  return name === "" || controls.test(name) || name.includes("\ufffd") ? null : name;
}

/** What a person wrote: without control characters but tabs and line breaks, trimmed; null where nothing is left. */
export function cleanText(text: string | null): string | null {
  const cleaned = text?.replaceAll(controlsOfText, "").trim() ?? "";
  return cleaned === "" ? null : cleaned;
}

/** Bytes as UTF-8 where they are that, else as Windows-1252. */
export function decodeUtf8OrLatin(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return decodeLatin(bytes);
  }
}

/** Bytes as Windows-1252, of which Latin-1 is a part as far as it has letters. */
export function decodeLatin(bytes: Uint8Array): string {
  return new TextDecoder("windows-1252").decode(bytes);
}
