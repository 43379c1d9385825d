// Category Cc: the control characters of ASCII and of Latin-1's upper half. None belongs in a photo's texts but
// the tab and the line breaks, and those only in a caption.
const controls = /\p{Cc}/u;
const beyondAscii = /[^\0-\x7f]/u;
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

/**
 * Bytes as UTF-8 where they are that, else as Windows-1252. Writers cut texts to a number of bytes: a last character that
 * is not whole is left out where others have several bytes, too; alone it is a letter of Windows-1252.
 */
export function decodeUtf8OrLatin(bytes: Uint8Array): string {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
    const text = decoder.decode(bytes, { stream: true });
    return beyondAscii.test(text) ? text : text + decoder.decode();
  } catch {
    return decodeLatin(bytes);
  }
}

/** Bytes as Windows-1252, of which Latin-1 is a part as far as it has letters. */
export function decodeLatin(bytes: Uint8Array): string {
  return new TextDecoder("windows-1252").decode(bytes);
}
