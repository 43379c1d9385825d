import type { Api } from "tagline-client";

/**
 * After how many days the service deletes for good what is in the trash; 0 where it has no trash. Throws a `TaglineError`.
 * Whoever is about to delete asks anew each time: a deployment may have taken the trash away since this page was opened.
 */
export async function trashDays(api: Pick<Api, "GET">): Promise<number> {
  const { data } = await api.GET("/v1/about");
  return data.limits.trash_days;
}
