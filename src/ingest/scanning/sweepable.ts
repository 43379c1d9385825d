import { hiddenAmong } from "../../db/trash/hidden.ts";
import { isHeld } from "../../media/thumbnails/held.ts";
import type { Services } from "../../services.ts";
import type { DerivativePage } from "../../storage/r2/derivatives.ts";

/**
 * Of stored thumbnails that no record shows, those that nobody needs: without the previews that are held for the way back
 * from a relink, as long as there is one.
 */
export async function sweepable(
  services: Services,
  objects: DerivativePage["objects"],
): Promise<DerivativePage["objects"]> {
  const held = new Set(objects.filter(({ key }) => isHeld(key)).map(({ key }) => idOf(key)));
  if (held.size === 0) return objects;
  const hidden = await hiddenAmong(services.db, [...held]);
  return objects.filter(({ key }) => !isHeld(key) || !hidden.has(idOf(key)));
}

function idOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}
