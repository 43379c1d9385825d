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
      'The `ETag` of the representation that the change is for (RFC 9110 §13.1.1), or several `ETag`s, separated by commas. The service compares only the first number of the `ETag`, the `revision`. If the media object has another revision by now, the answer is `412`. `*` matches any revision. A weak tag (`W/"3-7"`) counts like the strong tag, although a weak tag matches nothing in RFC 9110: an edge that compresses the answer, such as the edge of Cloudflare, makes the tag weak on its way to the client, and the `revision` counts changes by people, not bytes. At most 4,096 characters.',
    schema: { ...text, maxLength: 4096 },
  },
  "If-None-Match": {
    description:
      "The `ETag` of a representation that the client has (RFC 9110 §13.1.2). If this `ETag` is still current, the answer is `304` without a body.",
    schema: text,
  },
  Range: {
    description:
      "The part of the bytes that the client wants (RFC 9110 §14.2): one range, such as `bytes=0-1023`. The service ignores several ranges, and ignores `Range` for `HEAD`; the answer then is that for the whole object.",
    schema: text,
  },
  "If-Range": {
    description:
      "The `ETag` or the `Last-Modified` of the object of which the client has a part (RFC 9110 §13.1.5). `Range` counts only if the object still has the same bytes. A weak tag matches no bytes, as the RFC demands. No edge weakens the `ETag` of a photo, because no edge compresses photos.",
    schema: text,
  },
  "Content-Digest": {
    description:
      "The SHA-256 of the body as `sha-256=:BASE64:` (RFC 9530 §2). The service checks the digest of the body before a change takes effect. If the digest differs, the answer is `422 digest_mismatch`. At most 4,096 characters.",
    schema: { ...text, maxLength: 4096 },
  },
  "Accept-Encoding": {
    description:
      "The content codings that the client takes (RFC 9110 §12.5.3). With `gzip` among them the answer is packed. At most 1,024 characters.",
    schema: text,
  },
  "Content-Encoding": {
    description: "`gzip` for a packed body (RFC 9110 §8.4); without this header the body is plain text.",
    schema: text,
  },
  "MCP-Protocol-Version": {
    description:
      "The revision of the Model Context Protocol that the client and the service have agreed on, such as `2025-06-18`. `initialize` needs no such header. If the service does not know the revision, the answer is `400`.",
    schema: text,
  },
  "X-Dropbox-Signature": {
    description:
      "The HMAC-SHA-256 of the body in hexadecimal, keyed by the secret of the Dropbox app. Only Dropbox can make this signature.",
    required: true,
    schema: { ...text, pattern: "^[0-9A-Fa-f]{64}$" },
  },
  "X-D1-Bookmark": {
    description:
      "The bookmark of an earlier answer. The new answer then includes every write up to this bookmark.",
    schema: { ...text, pattern: "^[0-9a-f-]{1,256}$" },
  },
  "X-Request-Id": {
    description:
      "An id of the request for the log and the answer: 1 to 128 characters of `A-Za-z0-9._-`. Without this header the service makes an id.",
    schema: text,
  },
  traceparent: {
    description:
      "The trace that the request belongs to (W3C Trace Context §3.2). The log of the service continues this trace.",
    schema: text,
  },
} as const satisfies Record<string, DescribedHeader>;

/** Header fields of answers. */
export const responseHeaders = {
  ETag: {
    description:
      "The name of this representation (RFC 9110 §8.8.3), for `If-None-Match`, `If-Match` and `If-Range`. An edge that compresses the answer puts `W/` before the `ETag`. Send the `ETag` back exactly as received.",
    required: true,
    schema: text,
  },
  Location: {
    description:
      "The path of the new media object, or the path of the progress of the run (RFC 9110 §10.2.2).",
    required: true,
    schema: { ...text, format: "uri-reference" },
  },
  Link: {
    description: 'The address of the next page, with `rel="next"` (RFC 8288). The last page has no `Link`.',
    schema: text,
  },
  "Retry-After": {
    description: "The number of seconds to wait before the next attempt (RFC 9110 §10.2.3).",
    schema: seconds,
  },
  "Content-Length": { description: "The number of bytes of the body.", required: true, schema: count },
  "Content-Range": {
    description:
      "The range of bytes in the body and the size of the object (RFC 9110 §14.4), such as `bytes 0-1023/3145728`.",
    required: true,
    schema: text,
  },
  "Content-Disposition": {
    description: "`inline` or `attachment`, with the name of the file (RFC 6266, RFC 8187).",
    required: true,
    schema: text,
  },
  "Accept-Encoding": {
    description:
      "The content codings that the service takes in a body, where the body has another one (RFC 9110 §12.5.3).",
    schema: text,
  },
  "Accept-Ranges": { description: "`bytes`: the service understands `Range`.", required: true, schema: text },
  Vary: {
    description: "The request headers that the representation depends on (RFC 9110 §12.5.5).",
    required: true,
    schema: text,
  },
  "Last-Modified": {
    description:
      "The time at which the object last changed at the storage provider. The header is left out if the storage provider does not tell the time.",
    schema: text,
  },
  "WWW-Authenticate": {
    description: "The ways to send a key (RFC 9110 §11.6.1).",
    required: true,
    schema: text,
  },
  "Set-Cookie": {
    description:
      "The cookie of the session (RFC 6265): `__Host-tagline-session` over https, `tagline-session-PORT` over http on the machine on which the service runs. No script can read it, and no request of another site has it.",
    schema: text,
  },
  "Clear-Site-Data": {
    description: 'Has the browser forget the answers that it keeps of this service: always `"cache"`.',
    required: true,
    schema: text,
  },
  "Cache-Control": {
    description: "The caches that may keep the answer, and for how long (RFC 9111 §5.2).",
    required: true,
    schema: text,
  },
  "Server-Timing": {
    description:
      "The time for the whole answer and the time for the database, in milliseconds (W3C Server Timing).",
    required: true,
    schema: text,
  },
  "X-Request-Id": {
    description: "The id of the request in the log of the service. Give this id when you report a problem.",
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
