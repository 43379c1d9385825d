import type { DropboxProviderConfig } from "../config/dropbox.ts";
import type { ProviderConfig } from "../config/providers.ts";
import { DropboxClient } from "./dropbox/client.ts";
import type { Network } from "../core/network.ts";
import { DropboxProvider } from "./dropbox/provider.ts";
import type { StorageProvider } from "./provider.ts";
import { R2Provider } from "./r2/provider.ts";

/** The providers that work, by name, and a sentence for each that was left out. */
export interface ProviderRegistry {
  readonly providers: ReadonlyMap<string, StorageProvider>;
  readonly problems: readonly string[];
}

/** What providers are made from, beside their configuration. */
export interface ProviderSources {
  readonly bucketOf: (binding: string) => R2Bucket | null;
  /** How providers that are asked over the network reach it. */
  readonly network: Network;
}

/** Makes a provider for each entry of the configuration; one that lacks its binding is reported and left out. */
export function createProviders(
  configs: readonly ProviderConfig[],
  { bucketOf, network }: ProviderSources,
): ProviderRegistry {
  const providers = new Map<string, StorageProvider>();
  const problems: string[] = [];
  for (const config of configs) {
    if (config.type === "dropbox") {
      providers.set(config.name, dropboxProvider(config, network));
      continue;
    }
    const bucket = bucketOf(config.binding);
    if (bucket === null)
      problems.push(`STORAGE_PROVIDERS entry "${config.name}" names a bucket that is not bound.`);
    else providers.set(config.name, new R2Provider(config.name, bucket, config.prefix));
  }
  return { providers, problems };
}

function dropboxProvider(config: DropboxProviderConfig, network: Network): StorageProvider {
  const { name, root, pathRoot, apiUrl, contentUrl, credentials } = config;
  const client = new DropboxClient({ apiUrl, contentUrl, credentials, pathRoot }, network);
  return new DropboxProvider({ name, root, pathRoot, client });
}
