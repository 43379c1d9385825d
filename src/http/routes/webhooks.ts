import { createRoute, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

import { AppError } from "../../errors.ts";
import type { Services } from "../../services.ts";
import type { AppEnv } from "../context.ts";
import { ingestAfterWebhook } from "../ingest-after-webhook.ts";
import { problems } from "../problem.ts";
import { createRoutes } from "../routing.ts";

/** What Dropbox sends names the accounts in which something has changed; even for many that is little. */
const maxBodyBytes = 256 * 1024;

const challengeRoute = createRoute({
  method: "get",
  path: "/webhooks/dropbox",
  summary: "Show Dropbox that this address is ours",
  tags: ["Webhooks"],
  security: [],
  request: {
    // Whatever else Dropbox may send one day is no mistake of a client's.
    query: z.object({ challenge: z.string().min(1).max(256) }),
  },
  responses: {
    200: { description: "The challenge as it came.", content: { "text/plain": { schema: z.string() } } },
    ...problems("validation_error"),
  },
});

const limit: MiddlewareHandler<AppEnv> = bodyLimit({
  maxSize: maxBodyBytes,
  onError: () => {
    throw new AppError("payload_too_large", `A notification may have at most ${maxBodyBytes} bytes.`);
  },
});

const notificationRoute = createRoute({
  method: "post",
  path: "/webhooks/dropbox",
  summary: "Hear from Dropbox that something has changed",
  description:
    "Signed by Dropbox: `X-Dropbox-Signature` is the HMAC-SHA-256 of the body, keyed by the app's secret, in hexadecimal. " +
    "Starts an ingest of the providers of that app.",
  tags: ["Webhooks"],
  security: [],
  middleware: [limit] as const,
  request: { headers: z.object({ "x-dropbox-signature": z.string().optional() }) },
  responses: {
    200: { description: "Heard. The ingest starts after the answer." },
    ...problems("invalid_signature", "payload_too_large"),
  },
});

/** `/webhooks/dropbox`: the challenge, and notifications (Dropbox, "Webhooks"). */
export const webhookRoutes = createRoutes();

webhookRoutes.openapi(challengeRoute, (context) => {
  context.header("Cache-Control", "no-store");
  return context.text(context.req.valid("query").challenge, 200, { "X-Content-Type-Options": "nosniff" });
});

webhookRoutes.openapi(notificationRoute, async (context) => {
  const services = context.get("services");
  const signature = context.req.header("X-Dropbox-Signature") ?? "";
  // Exactly what was signed: the bytes as they came, before anybody has looked into them.
  const providers = await signedFor(services, await context.req.arrayBuffer(), signature);
  if (providers === null)
    throw new AppError("invalid_signature", "The signature of the notification does not hold.");
  ingestAfterWebhook(services, providers);
  context.header("Cache-Control", "no-store");
  return context.body(null, 200);
});

/** The names of the providers whose app's secret has signed a body; null where none has. */
async function signedFor(services: Services, body: ArrayBuffer, signature: string): Promise<string[] | null> {
  if (!/^[0-9a-f]{64}$/i.test(signature)) return null;
  const tag = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const names: string[] = [];
  for (const config of services.config.providers) {
    if (config.type === "dropbox" && (await isSigned(config.credentials.appSecret, body, tag)))
      names.push(config.name);
  }
  return names.length === 0 ? null : names;
}

/** WebCrypto compares in constant time. */
async function isSigned(secret: string, body: ArrayBuffer, tag: Uint8Array): Promise<boolean> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const raw = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey("raw", raw, algorithm, false, ["verify"]);
  return crypto.subtle.verify(algorithm, key, tag, body);
}
