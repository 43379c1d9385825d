import { TaglineError } from "tagline-client";
import { explained } from "../care/explained.ts";
import { kindOf } from "../service/failure.ts";
import { uploadTexts } from "../texts/upload.ts";

/** What became of a file. */
export type Outcome =
  | { readonly kind: "done"; readonly id: string }
  /** The very same bytes have the key, or its next name, already. */
  | { readonly kind: "present"; readonly id: string; readonly key: string }
  /** Another photo has the key. `free` is a name that nobody has. */
  | { readonly kind: "taken"; readonly free: string; readonly isInTrash: boolean }
  /** The file cannot come in, however often it is sent. */
  | { readonly kind: "refused"; readonly reason: string }
  /** The file may come in another time. */
  | { readonly kind: "failed"; readonly reason: string }
  /** Nothing can come in for now. */
  | { readonly kind: "halted"; readonly why: "offline" | "signedOut" | "busy" };

const reasons = uploadTexts.reasons;

/** What the service says of files that cannot come in, and what it means. */
const refusals: ReadonlyMap<TaglineError["code"], string> = new Map([
  ["payload_too_large", reasons.tooLargeUnknown],
  ["unsupported_media_type", reasons.noPhoto],
  ["read_only_provider", reasons.readOnly],
]);

/** What a failure to send a file means for it. */
export function outcomeOf(error: unknown): Outcome {
  // What the browser throws where a file was moved, changed or cannot be had.
  if (error instanceof DOMException) return { kind: "refused", reason: reasons.unreadable };
  const kind = kindOf(error) ?? "broken";
  if (kind === "offline" || kind === "signedOut" || kind === "busy") return { kind: "halted", why: kind };
  if (!(error instanceof TaglineError)) return { kind: "failed", reason: explained(error) };
  const refused = refusals.get(error.code);
  if (refused !== undefined) return { kind: "refused", reason: refused };
  if (error.code === "digest_mismatch") return { kind: "failed", reason: reasons.changed };
  return { kind: kind === "broken" ? "failed" : "refused", reason: explained(error) };
}
