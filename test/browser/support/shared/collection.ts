import { inject } from "vitest";
import { serviceSchema, type SharedService } from "./service.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Who tells where the service with the collection is, and starts it before the first answer. */
    readonly collectionFrom: string;
  }
}

/** The service with the collection that all files look at; the first one waits until it has everything. */
export async function collectionService(): Promise<SharedService> {
  const response = await fetch(inject("collectionFrom"));
  const body = await response.text();
  if (!response.ok) throw new Error(`There is no collection: ${body}`);
  return serviceSchema.parse(JSON.parse(body));
}
