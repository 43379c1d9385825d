import { z } from "zod";

/** What becomes of the sidecars of a provider: nothing, or they are read, or they are kept up as well. */
export const sidecarModes = ["read", "write", "off"] as const;

/** One of {@link sidecarModes}. */
export type SidecarMode = (typeof sidecarModes)[number];

/** The setting `sidecars` of a provider. */
export const sidecarMode = z.enum(sidecarModes).default("read");
