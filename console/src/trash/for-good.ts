import type { Api } from "tagline-client";
import type { WalkSteps } from "./walk.ts";

/**
 * Deletes photos for good that are in the trash. One that is there no longer, such as a photo that somebody else has restored
 * meanwhile, fails with 404 and stays as it is; one that somebody has described since it was looked at fails with 412.
 *
 * The service deletes for good from the archive, too, and its look may be answered by a replica that does not know of a
 * restoration yet: a photo that is restored in that moment, and described no more, is still lost.
 */
export function forGood(api: Pick<Api, "GET" | "DELETE">): WalkSteps {
  let revision = 0;
  return {
    look: async (id) => {
      const query = { trashed: true, fields: "revision" };
      const { data } = await api.GET("/v1/media/{id}", { params: { path: { id }, query } });
      revision = data.revision ?? 0;
    },
    change: (id) =>
      api.DELETE("/v1/media/{id}", {
        params: { path: { id }, query: { permanent: true }, header: { "If-Match": `"${revision}-0"` } },
      }),
  };
}
