/** What a code of the published contract stands for. */
export interface ErrorDefinition {
  /** HTTP status of the answer. */
  readonly status:
    | 400
    | 401
    | 403
    | 404
    | 405
    | 409
    | 410
    | 411
    | 412
    | 413
    | 415
    | 416
    | 422
    | 429
    | 500
    | 502
    | 503;
  /** Public title: the same for every occurrence (RFC 9457 §3.1.3). */
  readonly title: string;
  /** True if the same attempt may succeed later: clients may repeat it, the queue consumer does. */
  readonly retryable: boolean;
  /** What has happened, in sentences for the author of a client; shown on `/docs/errors`. */
  readonly meaning: string;
  /** What the author of a client can do about it, likewise. */
  readonly remedy: string;
}

/**
 * The closed list of error codes. HTTP statuses, queue retries, log levels, the OpenAPI document's responses and the page
 * that the `type` of a problem leads to are all derived from it, so that none of them can say something else.
 */
export const errorDefinitions = {
  malformed_json: {
    status: 400,
    title: "Malformed JSON",
    retryable: false,
    meaning: "The body of the request, or the field object_metadata of a form, is not valid JSON in UTF-8.",
    remedy: "Correct the JSON and send the request again. A JSON library always writes valid JSON.",
  },
  invalid_api_key: {
    status: 401,
    title: "Invalid API key",
    retryable: false,
    meaning:
      "The request has no API key and no session, or the service does not know the API key that was sent, or the session is over.",
    remedy:
      "Send a valid key in the header X-API-Key, or in the header Authorization after the word Bearer; or sign in, with " +
      "POST /v1/session. The operator of the service gives out the keys. Never write a key into an address: addresses are " +
      "kept in many logs.",
  },
  insufficient_scope: {
    status: 403,
    title: "Insufficient scope",
    retryable: false,
    meaning:
      "The API key, the session or the person is known, but lacks the scope that this request needs. The detail names the scope.",
    remedy: "Use a key that has the scope, or ask the operator of the service for the scope.",
  },
  not_permitted: {
    status: 403,
    title: "Not permitted",
    retryable: false,
    meaning:
      "Cloudflare Access has let the person in, but the operator of the service has given no scope to the address of this person.",
    remedy:
      "Ask the operator of the service to add the address to ACCESS_SCOPES; or use an API key, which counts before Access.",
  },
  cross_site: {
    status: 403,
    title: "Cross-site request",
    retryable: false,
    meaning:
      "A browser sent the request from a page of another origin. With a session, or by Cloudflare Access, only pages of the " +
      "service itself may change anything; the path for agents answers only pages of the service and of the origins that " +
      "the service names one by one.",
    remedy:
      "Send an API key instead. A program that is no browser may also send the header Origin with the origin of the service. " +
      "For a web page that speaks to the path for agents, ask the operator of the service to add the exact origin of the page " +
      "to CORS_ALLOWED_ORIGINS; a value that allows every origin does not count here.",
  },
  invalid_signature: {
    status: 403,
    title: "Invalid signature",
    retryable: false,
    meaning:
      "A signed link has expired, or the address of the link was altered, or the link was made for another request; or " +
      "the signature of a webhook is not valid.",
    remedy:
      "Make a new link with POST /v1/media/{id}/links, and use the link unchanged. The sender of a webhook " +
      "must sign the body with the secret of its app.",
  },
  resource_not_found: {
    status: 404,
    title: "Resource not found",
    retryable: false,
    meaning: "The service has no such path, or no media object or run has this id.",
    remedy:
      "Compare the path and the id with the documentation and with earlier answers. The id of a deleted " +
      "media object is never used again. The service keeps only the latest runs.",
  },
  thumbnail_unavailable: {
    status: 404,
    title: "Thumbnail unavailable",
    retryable: false,
    meaning: "The service cannot make a thumbnail of this media object. The detail says why.",
    remedy:
      "Show a placeholder. The original may still be available from /v1/media/{id}/data. If the file was replaced, " +
      "repeat the request when the state of the media object is no longer pending.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    retryable: false,
    meaning: "The path exists, but the path does not answer this HTTP method.",
    remedy: "Use one of the methods in the header Allow of the answer.",
  },
  object_exists: {
    status: 409,
    title: "Object exists",
    retryable: false,
    meaning:
      "The storage already holds an object under the object key of the upload. Nothing was overwritten.",
    remedy:
      "Choose another object key. To replace the bytes of the existing object, send the upload again with " +
      "overwrite=true; the media object keeps its id and its object_metadata.",
  },
  read_only_provider: {
    status: 409,
    title: "Read-only provider",
    retryable: false,
    meaning: "The request would write to a storage provider that the service can only read.",
    remedy:
      "Upload to a provider that is writable; GET /v1/about lists the providers. To delete or replace a file of a " +
      "read-only provider, change the file in the storage itself; the next ingest notices the change.",
  },
  merge_conflict: {
    status: 409,
    title: "Merge conflict",
    retryable: false,
    meaning:
      "The service cannot unite the media objects as the request asks. The detail says why: a media object is missing or is " +
      "not missing, or a media object would have more words than the limits allow. The request has changed nothing.",
    remedy:
      "Read the detail. Choose other media objects, or remove some of their keywords first, and send the request again.",
  },
  object_missing: {
    status: 410,
    title: "Object missing",
    retryable: false,
    meaning:
      "The object is missing from the storage provider. The service keeps the media object with its object_metadata, but " +
      "has no bytes to send and no bytes to make a thumbnail from.",
    remedy:
      "Put the file back into the storage, under the same name or another name, and start an ingest: the ingest finds the " +
      "file and the media object is no longer missing. If nobody needs the media object, delete the media object.",
  },
  length_required: {
    status: 411,
    title: "Length required",
    retryable: false,
    meaning: "An upload with a raw body has no header Content-Length.",
    remedy:
      "Send the size of the file in the header Content-Length. A client that cannot know the size can send the file as " +
      "a form of at most 8 MiB.",
  },
  precondition_failed: {
    status: 412,
    title: "Precondition failed",
    retryable: false,
    meaning:
      "The header If-Match does not name the current revision: somebody has changed the media object since the client read " +
      "the media object. This request has changed nothing.",
    remedy:
      "Fetch the media object again, apply the change to the new object_metadata, and send the new ETag as If-Match.",
  },
  payload_too_large: {
    status: 413,
    title: "Payload too large",
    retryable: false,
    meaning:
      "The body of the request is larger than its limit. Nothing was stored; only an import may have restored the lines before the limit.",
    remedy:
      "Send a smaller body; GET /v1/about lists the limits. Send a photo that is too large for a form as a raw " +
      "body.",
  },
  unsupported_media_type: {
    status: 415,
    title: "Unsupported media type",
    retryable: false,
    meaning:
      "The request does not accept the type in the header Content-Type; or the first bytes of an upload are not those of an " +
      "accepted image type or of the declared type; or an upload is a camera raw, which is not accepted yet.",
    remedy:
      "Send a Content-Type that the documentation names for the request. For an upload, send a photo of an accepted type; " +
      "GET /v1/about lists the accepted types. Convert a camera raw first.",
  },
  range_not_satisfiable: {
    status: 416,
    title: "Range not satisfiable",
    retryable: false,
    meaning: "The header Range asks for bytes that lie beyond the end of the object.",
    remedy:
      "Read the size of the object from the header Content-Range of this answer, and ask for a range within this size.",
  },
  validation_error: {
    status: 422,
    title: "Validation error",
    retryable: false,
    meaning:
      "A parameter, a header or a part of the body breaks a rule of the documentation, or the service does not know the " +
      "name of a parameter or field. The request has changed nothing.",
    remedy:
      "Read the list errors: each entry names the path of an invalid part, and the reason. Correct every invalid part.",
  },
  digest_mismatch: {
    status: 422,
    title: "Digest mismatch",
    retryable: false,
    meaning:
      "The digest of the received bytes differs from the header Content-Digest. Nothing was stored or changed.",
    remedy:
      "Compute the SHA-256 of the body, and send the body and the digest again: the bytes may have been damaged on the way.",
  },
  bulk_failed: {
    status: 422,
    title: "Bulk change failed",
    retryable: false,
    meaning:
      "An atomic change of many media objects cannot be made whole, because some of the media objects do not exist or " +
      "would break a rule. The request has changed nothing.",
    remedy:
      "Read the list errors: the path of each entry is the id of such a media object. Leave these media objects out, or " +
      "correct the change; or send the change without atomic, which changes all others.",
  },
  rate_limited: {
    status: 429,
    title: "Rate limited",
    retryable: true,
    meaning: "This key, this person or this address has sent too many requests within a minute.",
    remedy: "Wait for as many seconds as the header Retry-After says, then send the request again.",
  },
  internal_error: {
    status: 500,
    title: "Internal error",
    retryable: true,
    meaning: "The service has an unexpected failure, or the service is misconfigured.",
    remedy:
      "Send the request again later. If the request fails again, give the request id of the answer to the operator of the " +
      "service: the log of the service tells the cause under this request id.",
  },
  storage_unavailable: {
    status: 502,
    title: "Storage unavailable",
    retryable: true,
    meaning:
      "The storage provider has failed or did not answer in time, or the provider of this media object is no longer " +
      "configured.",
    remedy: "Send the request again after a few seconds, and wait longer after each failure.",
  },
  storage_rate_limited: {
    status: 503,
    title: "Storage rate limited",
    retryable: true,
    meaning: "The storage provider has received too many requests and refuses further requests for a while.",
    remedy: "Wait for as many seconds as the header Retry-After says, then send the request again.",
  },
  database_unavailable: {
    status: 503,
    title: "Database unavailable",
    retryable: true,
    meaning:
      "The database did not answer, or another request was changing the same media object at the same moment.",
    remedy: "Wait for as many seconds as the header Retry-After says, then send the request again.",
  },
  busy: {
    status: 503,
    title: "Busy",
    retryable: true,
    meaning:
      "The service has no memory left for another photo or large body at this moment; or the index in which it looks for " +
      "similar pictures is being built, or does not answer; or Cloudflare Access did not tell who is asking.",
    remedy: "Wait for as many seconds as the header Retry-After says, then send the request again.",
  },
} as const satisfies Record<string, ErrorDefinition>;

/** A code of the contract. */
export type ErrorCode = keyof typeof errorDefinitions;
