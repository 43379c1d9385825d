import { changes } from "../../service/changes.ts";
import { service } from "../../service/service.ts";
import { undo } from "../../undo/undo.svelte.ts";

/**
 * Refuses what is suggested for a photo, for its present picture for good. It is made as an operation, which has a way back.
 * Throws a `TaglineError`.
 */
export async function refuseSuggestions(id: string): Promise<void> {
  const body = { ids: [id], suggestions: "refuse" as const };
  const { operation_id: operationId, updated } = (await service.api.POST("/v1/media/bulk", { body })).data;
  if (operationId !== null && updated > 0) undo.done({ kind: "operation", operationId, updated });
  try {
    const { data } = await service.api.GET("/v1/media/{id}", { params: { path: { id } } });
    changes.tell({ kind: "media", media: [data] });
  } catch {
    changes.tell({ kind: "many" });
  }
}
