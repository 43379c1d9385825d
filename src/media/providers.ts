import { AppError, validationError } from "../core/errors.ts";
import type { Services } from "../services.ts";
import type { StorageProvider } from "../storage/provider.ts";
import { notWritable } from "./failures.ts";

/** The provider of a record. A record whose provider is no longer configured stays, but its bytes are out of reach. */
export function providerOf(services: Services, name: string): StorageProvider {
  const provider = services.providers.get(name);
  if (provider !== undefined) return provider;
  throw new AppError("storage_unavailable", `The storage provider "${name}" is not configured.`);
}

/** Where an upload goes: the provider that the client names, else the first that can be written to. */
export function uploadProvider(services: Services, name: string | undefined): StorageProvider {
  const named = name === undefined ? undefined : services.providers.get(name);
  if (name !== undefined && named === undefined) {
    throw validationError([
      { path: "provider", message: "is not the name of a configured storage provider" },
    ]);
  }
  const provider = named ?? [...services.providers.values()].find((each) => each.writable);
  if (provider === undefined)
    throw new AppError("read_only_provider", "All configured storage providers are read-only.");
  if (!provider.writable) throw notWritable(provider.name);
  return provider;
}
