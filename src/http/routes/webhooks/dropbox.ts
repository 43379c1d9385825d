import { createRoute, z } from "@hono/zod-openapi";
import { waitUntil } from "cloudflare:workers";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

import { AppError } from "../../../core/errors.ts";
import { startIngest } from "../../../ingest/coordinator/start.ts";
import type { Services } from "../../../services.ts";
import { withProblems } from "../../answers/problem.ts";
import type { AppEnv } from "../../context.ts";
import { takes } from "../../document-headers.ts";
import { createRoutes } from "../../routing.ts";

/** What Dropbox sends names the accounts in which something has changed; even for many that is little. */
const maxBodyBytes = 256 * 1024;

const challengeRoute = createRoute({
  method: "get",
  path: "/webhooks/dropbox",
  operationId: "dropboxChallenge",
  summary: "Answer the challenge of Dropbox",
  description:
    "Needs no key. Dropbox sends this request once, to verify that the address belongs to the service.",
  tags: ["Webhooks"],
  security: [],
  request: {
    // Whatever else Dropbox may send one day is no mistake of a client's.
    query: z.object({
      challenge: z.string().min(1).max(256).openapi({
        example: "a-challenge",
        description: "A text that Dropbox chose. The answer repeats the text.",
      }),
    }),
  },
  responses: withProblems(
    {
      200: {
        description: "The challenge, unchanged.",
        content: { "text/plain": { schema: z.string().openapi({ description: "The challenge." }) } },
      },
    },
    "validation_error",
  ),
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
  operationId: "dropboxNotification",
  summary: "Receive a notification of Dropbox",
  description:
    "Needs no key: the service checks the signature of Dropbox. After the answer the service starts an ingest of the storage " +
    "providers that belong to the Dropbox app.",
  tags: ["Webhooks"],
  security: [],
  middleware: [limit] as const,
  parameters: takes("X-Dropbox-Signature"),
  // The body is read as the bytes that were signed, not by the library; the document tells of it below.
  hide: true,
  responses: withProblems(
    {
      200: { description: "The service has received the notification." },
    },
    "invalid_signature",
    "payload_too_large",
  ),
});

const notificationSchema = z
  .looseObject({
    list_folder: z
      .looseObject({
        accounts: z
          .array(z.string().openapi({ description: "The id of an account with changed files." }))
          .openapi({ description: "The accounts with changed files." }),
      })
      .openapi({ description: "The accounts whose files have changed." }),
  })
  .openapi("DropboxNotification", {
    description:
      'A notification of Dropbox (Dropbox, "Webhooks"). The service checks the signature and ignores the content.',
  });

/** `/webhooks/dropbox`: the challenge, and notifications (Dropbox, "Webhooks"). */
export const webhookRoutes = createRoutes();

const { hide: _hide, middleware: _middleware, ...documented } = notificationRoute;

webhookRoutes.openAPIRegistry.registerPath({
  ...documented,
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: notificationSchema,
          example: { list_folder: { accounts: ["dbid:AAH4f99T0taONIb"] } },
        },
      },
    },
  },
});

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
    throw new AppError("invalid_signature", "The signature of the notification is not valid.");
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

/** Starts an ingest of providers that were told to have changed, after the answer, so that the vendor does not wait. */
function ingestAfterWebhook(services: Services, providers: readonly string[]): void {
  waitUntil(startAndSay(services, providers));
}

async function startAndSay(services: Services, providers: readonly string[]): Promise<void> {
  try {
    const { status, run } = await startIngest(services, { providers, follow: true, trigger: "webhook" });
    services.log.info("webhook.ingest", { status, run: run.id, providers: providers.join() });
  } catch (cause) {
    // The vendor was told that it was heard and does not call again; the next notification or the nightly run does.
    services.log.error("webhook.failed", { providers: providers.join() }, cause);
  }
}
