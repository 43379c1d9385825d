import { service } from "../service/service.ts";

let days: Promise<number> | null = null;

/** After how many days the service deletes for good what is in the trash; 0 where it has no trash. Throws a `TaglineError`. */
export async function trashDays(): Promise<number> {
  // It changes with a deployment only, which this page outlives by a day at most.
  days ??= service.api.GET("/v1/about").then(({ data }) => data.limits.trash_days);
  try {
    return await days;
  } catch (error) {
    days = null;
    throw error;
  }
}
