import { AppError } from "../core/errors.ts";

/** 404 for an id that no record has. */
export function notFound(id: string): AppError {
  return new AppError("resource_not_found", `No media object has the id ${id}.`);
}

/** 404 for an id that no record in the trash has. */
export function notInTrash(id: string): AppError {
  return new AppError("resource_not_found", `No media object in the trash has the id ${id}.`);
}

/** 503 for a record that something else changes each time that it is looked at. */
export function changing(): AppError {
  return new AppError("database_unavailable", "The media object is changing at this moment. Try again.", {
    retryAfterSeconds: 1,
  });
}

/** 412 for a record whose revision `If-Match` does not name. */
export function preconditionFailed(revision: number): AppError {
  return new AppError(
    "precondition_failed",
    `The media object has the revision ${revision}, and If-Match does not name this revision.`,
  );
}

/** 410 for a record whose object is gone. */
export function objectMissing(): AppError {
  return new AppError(
    "object_missing",
    "The object is missing from the storage provider. The service keeps the media object with its object_metadata.",
  );
}

/** 409 for a write to a provider that only reads. */
export function notWritable(name: string): AppError {
  return new AppError("read_only_provider", `The storage provider "${name}" is read-only.`);
}
