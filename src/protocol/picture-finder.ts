import type { Orientation } from "../core/orientation.ts";

/** A picture's hash under the row id of its record. */
export interface PlacedPicture {
  readonly pk: number;
  /** The PDQ hash in hexadecimal; null takes the picture out. */
  readonly hash: string | null;
}

/** Which pictures to look for. */
export interface PictureQuery {
  /** The PDQ hash in hexadecimal. */
  readonly hash: string;
  /** The row id that is left out: the picture's own. */
  readonly except: number | null;
  /** The greatest distance, in bits of 256, over all eight ways to turn and mirror a picture. */
  readonly radius: number;
  /** The most neighbours. */
  readonly limit: number;
  /** The neighbour after which the answer goes on, in the order of distance and row id; null for the nearest. */
  readonly after: Pick<FoundPicture, "distance" | "pk"> | null;
}

/** A picture whose hash is near. */
export interface FoundPicture {
  readonly pk: number;
  /** In bits of 256, turned as `turn` says. */
  readonly distance: number;
  /** How the found picture is to be turned so that it looks like the one that was asked for. */
  readonly turn: Orientation;
}

/** The neighbours of each query, in the order of the queries: nearest first, then by row id. */
export interface FoundPictures {
  readonly neighbours: readonly (readonly FoundPicture[])[];
  /** False while the index is being built: pictures may be missing from the answer. */
  readonly isComplete: boolean;
}

/**
 * What routes and the queue's consumer ask of the index of picture hashes: the Durable Object of media/picture-index, as it
 * is called by RPC. It holds nothing that the records do not hold: whoever asks compares what it finds with the records.
 */
export interface PictureFinder {
  /** Sets down the hashes of records. Once or twice is the same. */
  place(pictures: readonly PlacedPicture[]): Promise<void>;
  /** Looks for the neighbours of each of some pictures. */
  find(queries: readonly PictureQuery[]): Promise<FoundPictures>;
  /** Has the index built anew from the records, in the background; until then answers come from what it holds. */
  rebuild(): Promise<void>;
}
