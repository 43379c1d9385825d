import type { Span } from "../blocks/xmp/xml-scanner.ts";

/** An attribute where it stands: its value without quotes, and where the blanks in front of it begin. */
export interface PlacedAttribute {
  readonly name: Span;
  readonly value: Span;
  readonly span: Span;
}

const [tab, lineFeed, carriageReturn, blank] = [0x09, 0x0a, 0x0d, 0x20];
const [doubleQuote, ampersand, apostrophe, hyphen, less, equals, greater] = [
  0x22, 0x26, 0x27, 0x2d, 0x3c, 0x3d, 0x3e,
];
const semicolon = 0x3b;
const closingBracket = 0x5d;

/** White space of XML 1.0 §2.3. */
export function isBlank(code: number | undefined): boolean {
  return code === blank || code === lineFeed || code === tab || code === carriageReturn;
}

/** Whether nothing but white space lies in a piece of a document. */
export function isBlankSpan(bytes: Uint8Array, { start, end }: Span): boolean {
  for (let at = start; at < end; at++) if (!isBlank(bytes[at])) return false;
  return true;
}

/** Where the white space begins that ends at a place. */
export function blanksBefore(bytes: Uint8Array, place: number): number {
  let at = place;
  while (at > 0 && isBlank(bytes[at - 1])) at--;
  return at;
}

/** XML 1.0 §2.2: characters that no document has. */
const forbidden = /[^\P{Cc}\t\n\r\x7f-\x9f]|[\ufffe\uffff]/u;

/** Whether bytes are UTF-8 of characters that XML has. */
export function isXmlText(bytes: Uint8Array): boolean {
  try {
    return !forbidden.test(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    return false;
  }
}

/** XML 1.0 §2.3: a name without a colon, of the letters that anybody has given one. */
const plainName =
  /^[A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff][-.0-9A-Z_a-z\xb7\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u3001-\ud7ff]*$/u;

/** Whether a name is one, with one prefix at the most (Namespaces in XML §4). */
export function isQualifiedName({
  prefix,
  local,
}: {
  readonly prefix: string;
  readonly local: string;
}): boolean {
  return (prefix === "" || plainName.test(prefix)) && plainName.test(local);
}

/** The attributes of a tag (XML 1.0 §3.1); null where anything else stands in it. */
export function placedAttributes(bytes: Uint8Array, { start, end }: Span): readonly PlacedAttribute[] | null {
  const found: PlacedAttribute[] = [];
  let at = start;
  for (;;) {
    const blanks = at;
    while (at < end && isBlank(bytes[at])) at++;
    if (at === end) return found;
    if (at === blanks) return null;
    const nameStart = at;
    while (at < end && bytes[at] !== equals && !isBlank(bytes[at])) at++;
    const name = { start: nameStart, end: at };
    while (at < end && isBlank(bytes[at])) at++;
    if (at === end || bytes[at] !== equals) return null;
    at++;
    while (at < end && isBlank(bytes[at])) at++;
    const quote = bytes[at];
    if (at === end || (quote !== doubleQuote && quote !== apostrophe)) return null;
    const close = bytes.indexOf(quote, at + 1);
    if (close === -1 || close >= end) return null;
    const value = { start: at + 1, end: close };
    if (!isValue(bytes, value)) return null;
    at = close + 1;
    found.push({ name, value, span: { start: blanks, end: at } });
  }
}

/** XML 1.0 §2.3: the value of an attribute. */
function isValue(bytes: Uint8Array, span: Span): boolean {
  for (let at = span.start; at < span.end; at++) if (bytes[at] === less) return false;
  return hasKnownReferences(bytes, span);
}

/** XML 1.0 §2.4: text between tags. */
export function isContent(bytes: Uint8Array, span: Span): boolean {
  for (let at = span.start; at < span.end; at++) {
    const code = bytes[at];
    if (code === less) return false;
    const endsSection =
      code === greater &&
      at - span.start >= 2 &&
      bytes[at - 1] === closingBracket &&
      bytes[at - 2] === closingBracket;
    if (endsSection) return false;
  }
  return hasKnownReferences(bytes, span);
}

/** XML 1.0 §2.5: no two hyphens in a row, and none at the end. */
export function isComment(bytes: Uint8Array, { start, end }: Span): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] === hyphen && (at + 1 === end || bytes[at + 1] === hyphen)) return false;
  }
  return true;
}

const reference = /^(?:amp|lt|gt|quot|apos|#(\d{1,7})|#x([\da-f]{1,6}))$/iu;
/** The longest reference, `#1114111` or `#x10FFFF`, and some zeros. */
const longestReference = 10;

/** Whether every ampersand begins a reference to a character that XML has (XML 1.0 §4.1, §4.6). */
function hasKnownReferences(bytes: Uint8Array, { start, end }: Span): boolean {
  const text = bytes.subarray(start, end);
  for (let at = text.indexOf(ampersand); at !== -1;) {
    const close = text.subarray(at, at + longestReference + 2).indexOf(semicolon);
    if (close === -1 || !isReference(String.fromCharCode(...text.subarray(at + 1, at + close)))) return false;
    at = text.indexOf(ampersand, at + close);
  }
  return true;
}

function isReference(name: string): boolean {
  const match = reference.exec(name);
  if (match === null) return false;
  const [, decimal, hexadecimal] = match;
  if (decimal === undefined && hexadecimal === undefined) return name === name.toLowerCase();
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  const isScalar = code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  return isScalar && !name.startsWith("#X") && !forbidden.test(String.fromCodePoint(code));
}
