import type { SidecarMode } from "../../config/sidecar-mode.ts";
import type { Services } from "../../services.ts";

/** What becomes of the sidecars of a provider; nothing where it is not configured any more. */
export function sidecarModeOf(services: Pick<Services, "config">, provider: string): SidecarMode {
  return services.config.providers.find(({ name }) => name === provider)?.sidecars ?? "off";
}
