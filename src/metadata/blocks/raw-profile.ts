const digitValues = new Uint8Array(256).fill(0xff);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  digitValues[digit.charCodeAt(0)] = value;
  digitValues[digit.toUpperCase().charCodeAt(0)] = value;
}

// A name of a few words, then the length.
const maxWords = 8;
const maxHeadBytes = 256;

/**
 * A profile as ImageMagick and ExifTool write it into texts of PNG: a line with its name, which has one word, several or
 * none, one with its length, and it in hexadecimal, in lines of any length. What is there counts, not the length told.
 */
export function rawProfile(text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  let [length, high] = [0, -1];
  for (let at = hexStart(text); at < text.length; at++) {
    const code = text[at] ?? 0;
    const value = digitValues[code] ?? 0xff;
    if (value === 0xff) {
      if (code > 0x20) break;
    } else if (high === -1) high = value;
    else {
      bytes[length++] = high * 16 + value;
      high = -1;
    }
  }
  return bytes.subarray(0, length);
}

/** Where the digits begin: behind the length, which is the first word of decimal digits alone. */
function hexStart(text: Uint8Array): number {
  const head = new TextDecoder("latin1").decode(text.subarray(0, maxHeadBytes));
  let words = 0;
  for (const { 0: word, index } of head.matchAll(/[^\0- ]+/gu)) {
    if (/^\d{1,10}$/u.test(word)) return index + word.length;
    if (++words > maxWords) break;
  }
  return text.length;
}
