import { FileParts } from "../../metadata/file-parts.ts";
import { readImageHeader } from "../../metadata/headers/header.ts";
import { orientedHeader, type OrientedHeader } from "../../metadata/facts/oriented-header.ts";
import { nativeThumbnailMaxBytes, type ObjectInfo, type StorageProvider } from "../../storage/provider.ts";
import { type Account, usualDecodeBytes } from "../../thumbnail/budget.ts";
import { makeThumbnail } from "../../thumbnail/thumbnail.ts";
import type { ThumbnailResult, Variant } from "../../thumbnail/types.ts";

/** A picture that is to have a thumbnail: its bytes, what they say of themselves, and where they come from. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly header: OrientedHeader;
  readonly provider: StorageProvider;
  readonly object: Pick<ObjectInfo, "providerRef" | "version">;
  /** Has the bytes already, and takes what making the thumbnail takes; whoever opened it closes it. */
  readonly account: Account;
}

/** What is to be made of a picture. */
export interface Wanted {
  readonly variant: Variant;
  /** Also the hash that tells the picture from others. */
  readonly withHash?: boolean;
}

/**
 * The thumbnail of a picture: by our own decoders, or, when a sound file is beyond them, from the JPEG that its storage
 * provider makes of it. Where neither will do, the answer says why ours did not. Throws if the provider fails.
 */
export async function makePicture(picture: Picture, wanted: Wanted): Promise<ThumbnailResult> {
  const own = await decode(picture, picture.bytes, picture.header, wanted);
  if (own.outcome !== "unsupported") return own;
  const jpeg = await nativeThumbnail(picture, wanted);
  const result = jpeg === null ? null : readImageHeader(FileParts.whole(jpeg));
  if (jpeg === null || result?.kind !== "header") return own;
  // A picture that a provider makes has no metadata that tells its orientation.
  const header = orientedHeader(result.header, { exif: null, iptc: null, xmp: null });
  const made = await decode(picture, jpeg, header, wanted);
  return made.outcome === "made" || made.reason.code === "busy" ? made : own;
}

/** The JPEG that the storage provider makes of the picture; it counts on the account before it is fetched. */
async function nativeThumbnail(
  { provider, object, account }: Picture,
  { variant }: Wanted,
): Promise<Uint8Array | null> {
  if (provider.nativeThumbnail === undefined) return null;
  account.takeInput(nativeThumbnailMaxBytes, usualDecodeBytes("image/jpeg", variant.size));
  const jpeg = await provider.nativeThumbnail(object);
  account.release(nativeThumbnailMaxBytes - (jpeg?.length ?? 0));
  return jpeg;
}

async function decode(
  { account }: Picture,
  bytes: Uint8Array,
  header: OrientedHeader,
  { variant, withHash = false }: Wanted,
): Promise<ThumbnailResult> {
  const { mediaType, width, height, orientation } = header;
  const facts = { contentType: mediaType, width, height, orientation: orientation ?? 1 };
  return makeThumbnail(bytes, facts, variant, { account, withHash });
}
