import { AppError } from "../core/errors.ts";

/** 404 for a record that there is not. */
export function notFound(id: string): AppError {
  return new AppError("resource_not_found", `There is no media object with the id ${id}.`);
}

/** 412 for a change that is not of the revision that the client allows. */
export function preconditionFailed(revision: number): AppError {
  return new AppError(
    "precondition_failed",
    `The record is at revision ${revision}, which If-Match does not allow.`,
  );
}

/** 410 for a record whose object is gone. */
export function objectMissing(): AppError {
  return new AppError(
    "object_missing",
    "The record is kept, but its object is gone from the storage provider.",
  );
}

/** 409 for a write to a provider that only reads. */
export function notWritable(name: string): AppError {
  return new AppError("read_only_provider", `The storage provider "${name}" cannot be written to.`);
}
