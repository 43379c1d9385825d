/** How many parts a form may have. */
const mostParts = 256;

/** How long the head of a part may be, in bytes. */
const longestHead = 16 * 1024;

/** How long a field may be that is no file, its head included, in bytes: a JSON body is no longer. */
const longestField = 1024 * 1024;

/**
 * What is too many or too long in the body of a form (RFC 7578): the name of the field, or `form`, and what is to be said
 * of it; null where nothing is. A parser spends far longer on such parts than on a file. The body is read once and need
 * not be well-formed.
 */
export function beyondFormLimits(
  body: Uint8Array,
  contentType: string,
): { path: string; message: string } | null {
  const boundary = boundaryOf(contentType);
  if (boundary === null) return null;
  const delimiter = new TextEncoder().encode(`--${boundary}`);
  let start = lineWith(body, delimiter, 0);
  for (let parts = 1; start < body.length; parts += 1) {
    if (parts > mostParts) return { path: "form", message: `has more than ${mostParts} parts` };
    const end = lineWith(body, delimiter, start + delimiter.length);
    const head = headOf(body.subarray(start, end));
    if (head === null) {
      return { path: "form", message: `has a part whose head is longer than ${longestHead} bytes` };
    }
    if (end - start > longestField && !/;\s*filename\*?=/i.test(head)) {
      const name = /;\s*name="([^"]*)"/i.exec(head)?.[1] ?? "form";
      return { path: name, message: `has more than ${longestField} bytes and is not a file` };
    }
    start = end;
  }
  return null;
}

/** The parameter `boundary` of a media type (RFC 2046 §5.1.1); null where there is none. */
function boundaryOf(contentType: string): string | null {
  const found = /;\s*boundary=(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(contentType);
  return found?.[1]?.replaceAll(/\\(.)/g, "$1") ?? found?.[2] ?? null;
}

/** Where the next line begins that begins so; the end of the body where there is none. */
function lineWith(body: Uint8Array, prefix: Uint8Array, from: number): number {
  for (let at = from; at < body.length; at += 1) {
    const isLine = at === 0 || body[at - 1] === 0x0a;
    if (isLine && startsAt(body, prefix, at)) return at;
  }
  return body.length;
}

function startsAt(body: Uint8Array, prefix: Uint8Array, at: number): boolean {
  for (let index = 0; index < prefix.length; index += 1) {
    if (body[at + index] !== prefix[index]) return false;
  }
  return true;
}

/** The head of a part, up to the empty line; null where it is too long. */
function headOf(part: Uint8Array): string | null {
  const text = new TextDecoder("latin1").decode(part.subarray(0, longestHead));
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return part.length > longestHead ? null : text;
  return text.slice(0, end);
}
