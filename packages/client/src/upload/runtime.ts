/** How a stream gets a length on its way, which the service has to know before the first byte. */
export type StreamSupport =
  /** A request takes a stream and a `Content-Length`: Node, Bun. */
  | { readonly kind: "header" }
  /** A stream can be made that knows its length: workerd. */
  | { readonly kind: "fixed"; readonly withLength: WithLength }
  /** Neither, so that the bytes are collected first: browsers, Deno. */
  | { readonly kind: "none" };

type WithLength = new (size: number) => {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
};

/** What this runtime can do; it is asked rather than known by its name, but for Deno, which drops the header in silence. */
export function streamSupport(): StreamSupport {
  const withLength: unknown = Reflect.get(globalThis, "FixedLengthStream");
  if (isWithLength(withLength)) return { kind: "fixed", withLength };
  if (Reflect.has(globalThis, "Deno")) return { kind: "none" };
  // A browser lets no script set the length (Fetch Standard, forbidden request-headers).
  const probe = new Request("http://localhost/", {
    method: "POST",
    headers: { "content-length": "1" },
    body: "1",
  });
  return { kind: probe.headers.has("content-length") ? "header" : "none" };
}

function isWithLength(value: unknown): value is WithLength {
  return typeof value === "function";
}
