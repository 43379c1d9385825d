/** What the OpenAPI document says of header fields: each is described here once, and referred to by the operations. */

/** A header field as a parameter or as a part of an answer (OpenAPI 3.1 §4.8.12, §4.8.21). */
interface DescribedHeader {
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether it is always there; left out where it is not. */
  readonly required?: true;
}

/** A reference to a component of the document. */
export interface ComponentReference {
  readonly $ref: string;
}

const text = { type: "string" } as const;
const seconds = { type: "integer", minimum: 0 } as const;
const count = { type: "integer", minimum: 0 } as const;

/** Header fields of requests. None has an example: the page at `/docs` would send it. */
export const requestHeaders = {
  "If-Match": {
    description:
      'The `ETag` of the representation that the change is for (RFC 9110 §13.1.1), or several of them, separated by commas. Only its first number, the `revision`, is compared. Where it is another by now, the answer is `412`. `*` fits any. A weak tag (`W/"3-7"`) is taken like the strong one, although RFC 9110 would have it match nothing: an edge that compresses the answer, such as Cloudflare\'s, makes the tag weak on its way to the client, and what is compared is the number of changes by people, not the bytes. At most 4,096 characters.',
    schema: { ...text, maxLength: 4096 },
  },
  "If-None-Match": {
    description:
      "The `ETag` of a representation that the client has (RFC 9110 §13.1.2). While it is the current one, the answer is `304` without a body.",
    schema: text,
  },
  Range: {
    description:
      "The part of the bytes that is wanted (RFC 9110 §14.2): one range, such as `bytes=0-1023`. The whole is answered to several ranges, and to `HEAD` with any.",
    schema: text,
  },
  "If-Range": {
    description:
      "The `ETag` or the `Last-Modified` of the bytes that the client has a part of (RFC 9110 §13.1.5). `Range` counts only while the bytes are the same. A weak tag fits no bytes, as the RFC says; no edge weakens the tag of these answers, because pictures are not compressed on their way.",
    schema: text,
  },
  "Content-Digest": {
    description:
      "The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The body is checked against it before anything is changed. Where the two differ, the answer is `422 digest_mismatch`. At most 4,096 characters.",
    schema: { ...text, maxLength: 4096 },
  },
  "X-Dropbox-Signature": {
    description:
      "The HMAC-SHA-256 of the body in hexadecimal, keyed by the secret of the Dropbox app. Only Dropbox can make it.",
    required: true,
    schema: { ...text, pattern: "^[0-9A-Fa-f]{64}$" },
  },
  "X-D1-Bookmark": {
    description:
      "The bookmark of an earlier answer. The answer then shows at least what the database held at that moment.",
    schema: { ...text, pattern: "^[0-9a-f-]{1,256}$" },
  },
  "X-Request-Id": {
    description:
      "A name for the request, for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without it the service makes one.",
    schema: text,
  },
  traceparent: {
    description:
      "The trace that the request belongs to (W3C Trace Context §3.2). The service goes on with it.",
    schema: text,
  },
} as const satisfies Record<string, DescribedHeader>;

/** Header fields of answers. */
export const responseHeaders = {
  ETag: {
    description:
      "The name of this representation (RFC 9110 §8.8.3), for `If-None-Match`, `If-Match` and `If-Range`. An edge that compresses the answer puts `W/` before it; send it back as it came.",
    required: true,
    schema: text,
  },
  Location: {
    description: "The path of what was made, or of what tells the progress (RFC 9110 §10.2.2).",
    required: true,
    schema: { ...text, format: "uri-reference" },
  },
  Link: {
    description:
      'The address of the next page, with `rel="next"` (RFC 8288). It is left out on the last page.',
    schema: text,
  },
  "Retry-After": {
    description: "Seconds to wait before the next attempt (RFC 9110 §10.2.3).",
    schema: seconds,
  },
  "Content-Length": { description: "The number of bytes of the body.", required: true, schema: count },
  "Content-Range": {
    description: "Which bytes of how many the body holds (RFC 9110 §14.4), such as `bytes 0-1023/3145728`.",
    required: true,
    schema: text,
  },
  "Content-Disposition": {
    description: "`inline` or `attachment`, with the name of the file (RFC 6266, RFC 8187).",
    required: true,
    schema: text,
  },
  "Accept-Ranges": { description: "`bytes`: `Range` is understood.", required: true, schema: text },
  "Last-Modified": {
    description:
      "When the storage provider last changed the object. It is left out where the provider does not tell.",
    schema: text,
  },
  "WWW-Authenticate": {
    description: "The ways to send a key (RFC 9110 §11.6.1).",
    required: true,
    schema: text,
  },
  "Cache-Control": {
    description: "Who may keep the answer, and for how long (RFC 9111 §5.2).",
    required: true,
    schema: text,
  },
  "Server-Timing": {
    description: "How many milliseconds the answer took, in all and for the database (W3C Server Timing).",
    required: true,
    schema: text,
  },
  "X-Request-Id": {
    description: "The name of the request in the log of the service. Name it when you report a problem.",
    required: true,
    schema: text,
  },
  "X-D1-Bookmark": {
    description: "The state of the database after a write. Send it with the next request to see that write.",
    schema: text,
  },
} as const satisfies Record<string, DescribedHeader>;

/** The name of a header field of requests. */
export type RequestHeader = keyof typeof requestHeaders;

/** The name of a header field of answers. */
export type ResponseHeader = keyof typeof responseHeaders;

/** Header fields that an operation reads, as its `parameters`. */
export function takes(...names: readonly RequestHeader[]): ComponentReference[] {
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

/** Header fields that an answer has, as its `headers`. */
export function has(...names: readonly ResponseHeader[]): Record<string, ComponentReference> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
