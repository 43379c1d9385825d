import type { MediaObject } from "../../db/media/record.ts";
import { sidecarOf } from "../../db/sidecars/pairs.ts";
import { parseSidecarState } from "../../db/sidecars/read-state.ts";
import { forgetSidecar, spendSidecar } from "../../db/sidecars/written.ts";
import type { Services } from "../../services.ts";
import { sidecarModeOf } from "./mode.ts";

/** What of a record tells which sidecar is its own. */
export type OwnerOfSidecar = Pick<MediaObject, "provider" | "pathKey" | "sidecarRead">;

/**
 * Removes the sidecar of a record that is deleted for good, if nobody but the service has written to it. Any other stays,
 * and fills no photo that comes to lie beside it later, as long as nobody writes to it. To be done before the record goes;
 * done twice it removes nothing more. Failures of the storage are thrown.
 */
export async function removeOwnSidecar(services: Services, media: OwnerOfSidecar): Promise<void> {
  const sidecar = await sidecarOf(services.db, media);
  if (sidecar === null) return;
  const state = parseSidecarState(media.sidecarRead);
  const isOurs = state?.isOurs === true && state.path === sidecar.pathKey;
  const provider = services.providers.get(media.provider);
  if (!isOurs || provider?.writable !== true || sidecarModeOf(services, media.provider) !== "write")
    return spendSidecar(services.db, sidecar);
  const info = await provider.stat(sidecar.pathKey);
  if (info !== null && info.version !== state.version) return spendSidecar(services.db, sidecar);
  if (info !== null) await provider.remove(sidecar.pathKey);
  await forgetSidecar(services.db, sidecar);
}

/**
 * Has the sidecar whose words a record in the trash has fill nobody, when the record is deleted for good and another has its
 * place by now: the sidecar is left to that one, which never took the words.
 */
export async function leaveOwnSidecar(services: Services, media: OwnerOfSidecar): Promise<void> {
  const state = parseSidecarState(media.sidecarRead);
  if (state === null || state.hash === null) return;
  const { path: pathKey, version } = state;
  await spendSidecar(services.db, { provider: media.provider, pathKey, version });
}
