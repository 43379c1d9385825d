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
    remedy: "Correct the JSON and send the request again. A JSON library writes valid JSON by itself.",
  },
  invalid_api_key: {
    status: 401,
    title: "Invalid API key",
    retryable: false,
    meaning: "The request has no API key, or the service does not know the API key that was sent.",
    remedy:
      "Send a valid key in the header X-API-Key, or in the header Authorization after the word Bearer. The operator of " +
      "the service gives out the keys. Never write a key into an address: addresses are kept in many logs.",
  },
  insufficient_scope: {
    status: 403,
    title: "Insufficient scope",
    retryable: false,
    meaning:
      "The API key is valid, but it lacks the scope that this request needs. The detail names the scope.",
    remedy: "Use a key that has the scope, or ask the operator of the service for such a key.",
  },
  invalid_signature: {
    status: 403,
    title: "Invalid signature",
    retryable: false,
    meaning:
      "A signed link has expired, or its address was changed after the link was made; or a webhook has a signature " +
      "that does not hold.",
    remedy:
      "Ask for a new link with POST /v1/media/{id}/links, and use the link exactly as it is. The sender of a webhook " +
      "must sign the body with the secret of its app.",
  },
  resource_not_found: {
    status: 404,
    title: "Resource not found",
    retryable: false,
    meaning: "The service has no such path, or there is no media object or run with this id.",
    remedy:
      "Compare the path and the id with the documentation and with earlier answers. A media object that was deleted " +
      "does not come back under its id. Only the latest runs are kept.",
  },
  thumbnail_unavailable: {
    status: 404,
    title: "Thumbnail unavailable",
    retryable: false,
    meaning: "The service cannot make a thumbnail of this media object. The detail says why.",
    remedy:
      "Show a placeholder. The original may still be fetched from /v1/media/{id}/data. After the file was replaced, " +
      "ask again when the state of the media object is no longer pending.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    retryable: false,
    meaning: "The path exists, but it does not answer this HTTP method.",
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
      "overwrite=true; the media object keeps its id and its words.",
  },
  read_only_provider: {
    status: 409,
    title: "Read-only provider",
    retryable: false,
    meaning: "The request would write to a storage provider that the service can only read.",
    remedy:
      "Upload to a provider that is writable; GET /v1/about lists the providers. Delete or replace a file of a " +
      "read-only provider in that storage itself; the next ingest notices the change.",
  },
  object_missing: {
    status: 410,
    title: "Object missing",
    retryable: false,
    meaning:
      "The record and its words are kept, but the object is gone from its storage provider. The service has no bytes " +
      "to send and none to make a thumbnail of.",
    remedy:
      "Put the file back into the storage and start an ingest: the record comes back with it, also when the file lies " +
      "under another name. A record that nobody needs can be deleted.",
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
      "The header If-Match names an earlier revision: somebody has changed the media object since it was read. Nothing " +
      "was changed by this request.",
    remedy:
      "Fetch the media object again, apply the change to its new content, and send the new ETag as If-Match.",
  },
  payload_too_large: {
    status: 413,
    title: "Payload too large",
    retryable: false,
    meaning: "The body of the request is larger than its limit. Nothing was stored.",
    remedy:
      "Send a smaller body; GET /v1/about tells the limits. A photo that is too large for a form can be sent as a raw " +
      "body.",
  },
  unsupported_media_type: {
    status: 415,
    title: "Unsupported media type",
    retryable: false,
    meaning:
      "The header Content-Type is not one that this request takes; or the first bytes of an upload are not those of an " +
      "accepted picture, or not of the type that was declared; or an upload is a camera raw, which is not accepted yet.",
    remedy:
      "Send the Content-Type that the documentation names. For an upload, send a picture of an accepted type; " +
      "GET /v1/about lists the types. Convert a camera raw first.",
  },
  range_not_satisfiable: {
    status: 416,
    title: "Range not satisfiable",
    retryable: false,
    meaning: "The header Range asks for bytes that lie beyond the end of the object.",
    remedy:
      "Read the size of the object from the header Content-Range of this answer, and ask for a part within it.",
  },
  validation_error: {
    status: 422,
    title: "Validation error",
    retryable: false,
    meaning:
      "A parameter, a header or a part of the body does not fit its description, or the service does not know the " +
      "name of a parameter or field. Nothing was done.",
    remedy: "Read the list errors: each entry has the path of a part and a message. Correct every part.",
  },
  digest_mismatch: {
    status: 422,
    title: "Digest mismatch",
    retryable: false,
    meaning:
      "The bytes that arrived do not have the digest of the header Content-Digest. Nothing was stored.",
    remedy:
      "Compute the SHA-256 of the body as it is sent, and send both again: the bytes may have been damaged on the way.",
  },
  rate_limited: {
    status: 429,
    title: "Rate limited",
    retryable: true,
    meaning: "Too many requests have come with this key, or from this address, within a minute.",
    remedy: "Wait for as many seconds as the header Retry-After says, then send the request again.",
  },
  internal_error: {
    status: 500,
    title: "Internal error",
    retryable: true,
    meaning: "The service has failed in a way that nobody foresaw, or it is misconfigured.",
    remedy:
      "Send the request again later. If it fails again, give the request id of the answer to the operator of the " +
      "service: the log tells the cause under this id.",
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
    meaning: "The storage provider has received too many requests and asks the service to come later.",
    remedy: "Wait for as many seconds as the header Retry-After says, then send the request again.",
  },
  database_unavailable: {
    status: 503,
    title: "Database unavailable",
    retryable: true,
    meaning: "The database did not answer, or the same record was changing at the same moment.",
    remedy: "Wait for as many seconds as the header Retry-After says, then send the request again.",
  },
  busy: {
    status: 503,
    title: "Busy",
    retryable: true,
    meaning: "The service has no memory left for another picture or large body at this moment.",
    remedy: "Wait for as many seconds as the header Retry-After says, then send the request again.",
  },
} as const satisfies Record<string, ErrorDefinition>;

/** A code of the contract. */
export type ErrorCode = keyof typeof errorDefinitions;
