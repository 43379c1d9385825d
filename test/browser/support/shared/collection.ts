import { inject } from "vitest";
import { z } from "zod";

declare module "vitest" {
  interface ProvidedContext {
    /** Who tells where the service with the collection is, and starts it before the first answer. */
    readonly collectionFrom: string;
  }
}

const serviceSchema = z.object({ url: z.string(), key: z.string() });

/** Where a service is, and a key of scope admin for it. */
export type SharedService = z.infer<typeof serviceSchema>;

/** The service with the collection that all files look at; the first one waits until it has everything. */
export async function collectionService(): Promise<SharedService> {
  const response = await fetch(inject("collectionFrom"));
  const body = await response.text();
  if (!response.ok) throw new Error(`There is no collection: ${body}`);
  return serviceSchema.parse(JSON.parse(body));
}
