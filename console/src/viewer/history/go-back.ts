import { TaglineError, type MediaObject } from "tagline-client";
import { kindOf, type FailureKind } from "../../service/failure.ts";
import type { Service } from "../photos/load.ts";

/** What has become of a wish to go back to a revision. */
export type WayBack =
  | { readonly kind: "done"; readonly from: number; readonly to: number; readonly media: MediaObject }
  /** Somebody else has changed the photo since its history was loaded, and nothing was done. */
  | { readonly kind: "changed" }
  | { readonly kind: "failed"; readonly failure: FailureKind };

/** Brings the words of a revision back, as a new revision, unless there is a later one than `from` by now. */
export async function goBack(
  { api }: Service,
  { id, from, to }: { readonly id: string; readonly from: number; readonly to: number },
): Promise<WayBack> {
  try {
    const { data: media } = await api.POST("/v1/media/{id}/revert", {
      params: { path: { id }, header: { "If-Match": `"${from}-0"` } },
      body: { revision: to },
    });
    return { kind: "done", from, to, media };
  } catch (error) {
    if (error instanceof TaglineError && error.code === "precondition_failed") return { kind: "changed" };
    return { kind: "failed", failure: kindOf(error) ?? "offline" };
  }
}
