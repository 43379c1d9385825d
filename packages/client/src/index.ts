/** The client of a Tagline service, for Node, Deno, Bun, Workers and browsers. */
export { tagline, Tagline, type IngestRequest, type Stoppable } from "./tagline.ts";
export { TaglineError, type ClientErrorCode, type ErrorCode, type FieldError } from "./http/error.ts";
export type { Api, ApiMethod, Answered } from "./http/api.ts";
export type { Clock, RetryOptions } from "./http/retry.ts";
export type { Fetch, TaglineOptions } from "./options.ts";
export type { ItemOf, PagedPath, PageOf, PageOptions, PageQuery } from "./pages.ts";
export type { Upload, UploadProgress } from "./upload/upload.ts";
export type { UploadBody, UploadBytes } from "./upload/source.ts";
export type { MediaObject } from "./media-object.ts";
export type { Run } from "./watch/run.ts";
export type { components, operations, paths } from "./openapi.ts";
