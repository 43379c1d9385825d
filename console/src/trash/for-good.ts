import type { Api } from "tagline-client";

/**
 * Deletes a photo for good that is in the trash. One that is there no longer, such as a photo that somebody else has restored
 * meanwhile, fails with 404 and stays as it is; one that somebody has described since it was looked at fails with 412.
 *
 * The service deletes for good from the archive, too, and its look may be answered by a replica that does not know of a
 * restoration yet: a photo that is restored in that moment, and described no more, is still lost.
 */
export async function deleteForGood(api: Pick<Api, "GET" | "DELETE">, id: string): Promise<void> {
  const { data } = await api.GET("/v1/media/{id}", {
    params: { path: { id }, query: { trashed: true, fields: "revision" } },
  });
  await api.DELETE("/v1/media/{id}", {
    params: { path: { id }, query: { permanent: true }, header: { "If-Match": `"${data.revision}-0"` } },
  });
}
