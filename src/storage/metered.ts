import { isDelta, type DeltaProvider, type OpenOptions, type StorageProvider } from "./provider.ts";

/** What was asked of storage providers: calls, and bytes of the objects that were opened. */
export interface StorageCost {
  readonly calls: number;
  readonly bytesRead: number;
}

/** A cost to which every call adds. */
type RunningStorageCost = { -readonly [Part in keyof StorageCost]: StorageCost[Part] };

/** The same provider, with every call counted in `cost`. */
export function meteredProvider(provider: StorageProvider, cost: RunningStorageCost): StorageProvider {
  const called = (): StorageProvider => {
    cost.calls += 1;
    return provider;
  };
  const metered: StorageProvider = {
    name: provider.name,
    type: provider.type,
    writable: provider.writable,
    list: async (options) => called().list(options),
    stat: async (pathKey) => called().stat(pathKey),
    open: async (pathKey, options?: OpenOptions) => {
      const result = await called().open(pathKey, options);
      if (result.kind === "opened") cost.bytesRead += options?.range?.length ?? result.info.sizeBytes;
      return result;
    },
    put: async (pathKey, body, options) => called().put(pathKey, body, options),
    remove: async (pathKey) => called().remove(pathKey),
    probe: async (signal) => called().probe(signal),
  };
  if (provider.nativeThumbnail !== undefined) {
    metered.nativeThumbnail = async (object) => {
      const jpeg = (await called().nativeThumbnail?.(object)) ?? null;
      cost.bytesRead += jpeg?.length ?? 0;
      return jpeg;
    };
  }
  if (provider.replace !== undefined) {
    metered.replace = async (pathKey, bytes, options) =>
      (await called().replace?.(pathKey, bytes, options)) ?? null;
  }
  return isDelta(provider) ? meteredDelta(provider, metered, cost) : metered;
}

function meteredDelta(
  provider: DeltaProvider,
  metered: StorageProvider,
  cost: RunningStorageCost,
): DeltaProvider {
  const changes: DeltaProvider["changes"] = async (cursor) => {
    cost.calls += 1;
    return provider.changes(cursor);
  };
  return { ...metered, changes };
}
