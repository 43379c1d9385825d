import { z } from "zod";

/** Where a service is, and a key of scope admin for it. */
export const serviceSchema = z.object({ url: z.string(), key: z.string() });

/** What {@link serviceSchema} describes. */
export type SharedService = z.infer<typeof serviceSchema>;
