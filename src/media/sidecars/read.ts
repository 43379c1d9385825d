import type { SidecarRow } from "../../db/schema.ts";
import { readPacket } from "../../metadata/packet/read.ts";
import type { Services } from "../../services.ts";
import { isolateMemory } from "../../thumbnail/budget.ts";
import { readBytes } from "../processing/read-bytes.ts";
import { providerOf } from "../providers.ts";
import { wordsOfPacket, type SidecarWords } from "./words.ts";

/** The most bytes of a sidecar that is read: darktable's history of a photo that was edited for days has a tenth of it. */
export const maxSidecarBytes = 2 * 1024 * 1024;

/** What reading takes for each byte of a sidecar: its texts, and the properties made of them. */
const workPerByte = 8;

/** A sidecar where the listing has seen it. */
export type SidecarPlace = Pick<SidecarRow, "provider" | "pathKey" | "version" | "fileSize">;

/** The bytes of a sidecar in the version that a listing has seen; null where it is too large, or has changed since. */
export async function readSidecarBytes(
  services: Services,
  sidecar: SidecarPlace,
): Promise<Uint8Array | null> {
  const { pathKey, version, fileSize } = sidecar;
  if (fileSize > maxSidecarBytes) return null;
  const provider = providerOf(services, sidecar.provider);
  return isolateMemory.withAccount(async (account) => {
    account.reserve(fileSize);
    const read = await readBytes(account, fileSize, { provider, pathKey, version });
    return read.kind === "read" ? read.bytes : null;
  });
}

/**
 * What a sidecar says in the version that a listing has seen. Null where it has another version by now or is gone, which the
 * next listing tells; one that is too large, or no XMP, says nothing. Failures of the storage are thrown.
 */
export async function readSidecar(services: Services, sidecar: SidecarPlace): Promise<SidecarWords | null> {
  if (sidecar.fileSize > maxSidecarBytes) return wordsOfPacket(null);
  const provider = providerOf(services, sidecar.provider);
  const { pathKey, version, fileSize } = sidecar;
  return isolateMemory.withAccount(async (account) => {
    account.reserve(fileSize * (1 + workPerByte));
    const read = await readBytes(account, fileSize, { provider, pathKey, version });
    return read.kind === "read" ? wordsOfPacket(readPacket(read.bytes)) : null;
  });
}
