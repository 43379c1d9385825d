import { AppError } from "../../core/errors.ts";
import type { ObjectMetadata } from "../../db/media/record.ts";

/** An upload as a client sends it. */
export interface Upload {
  readonly provider: string | undefined;
  readonly objectKey: string;
  readonly body: ReadableStream;
  /** What the client says that the body has. */
  readonly sizeBytes: number;
  /** `Content-Type`; null where the client does not say. */
  readonly declaredType: string | null;
  /** `Content-Digest`, verified by the storage. */
  readonly sha256: Uint8Array | null;
  readonly overwrite: boolean;
  /** Words that come with it, already checked. */
  readonly metadata: ObjectMetadata | null;
}

/** 422 for a body that ends, or goes on, where its Content-Length does not say so. */
export function bodyBrokeOff(cause: unknown): AppError {
  return new AppError(
    "validation_error",
    "The length of the body differs from the header Content-Length. Nothing was stored.",
    {
      cause,
      errors: [{ path: "body", message: "does not have the length that the header Content-Length names" }],
    },
  );
}
