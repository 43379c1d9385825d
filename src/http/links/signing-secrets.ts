import { AppError } from "../../core/errors.ts";
import type { Services } from "../../services.ts";
import type { SigningSecrets } from "../../core/signing.ts";

/** The secrets that sign cursors and links; an `internal_error` where none is configured. */
export function signingSecrets(services: Services): SigningSecrets {
  const secrets = configuredSecrets(services);
  if (secrets !== null) return secrets;
  throw new AppError("internal_error", "The service is misconfigured: the secret SIGNING_SECRET is missing.");
}

/** The secrets that sign cursors and links, null where none is configured: then nothing that is signed holds. */
export function configuredSecrets(services: Services): SigningSecrets | null {
  const { signingSecret, previousSigningSecret } = services.config;
  if (signingSecret === null) return null;
  return previousSigningSecret === null ? [signingSecret] : [signingSecret, previousSigningSecret];
}
