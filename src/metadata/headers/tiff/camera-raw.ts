import { extensionOf } from "../../../core/media-type.ts";
import { ByteView } from "../../byte-view.ts";
import type { TiffField } from "../../tiff-directory.ts";

/** Why a file is of no accepted type: a code for programs and a sentence for people. */
export interface UnacceptedReason {
  readonly code: "not_an_image" | "camera_raw";
  readonly detail: string;
}

/** The reason of every file whose first bytes are of no type that is taken in. */
export const notAnImage: UnacceptedReason = {
  code: "not_an_image",
  detail: "The first bytes of the file are not those of an accepted image type.",
};

/** The reason of a camera raw, by whatever it was known. */
export const cameraRaw: UnacceptedReason = {
  code: "camera_raw",
  detail:
    "The file is a camera raw. Camera raw files are not accepted yet: convert the file to JPEG, HEIC or TIFF first.",
};

// What stands at a place near the beginning of raws that are no TIFF, or are one with a mark of its maker.
const signatures: readonly (readonly [offset: number, text: string])[] = [
  [8, "CR\x02"], // Canon CR2
  [4, "ftypcrx "], // Canon CR3
  [6, "HEAPCCDR"], // Canon CRW
  [0, "IIU\0"], // Panasonic RW2, Leica RWL
  [0, "IIRO"], // Olympus ORF
  [0, "IIRS"],
  [0, "MMOR"],
  [0, "FUJIFILMCCD-RAW"], // Fujifilm RAF
  [0, "FOVb"], // Sigma X3F
  [0, "\0MRM"], // Minolta MRW
  [8, "IIII"], // Phase One IIQ, behind a TIFF's head
  [8, "MMMM"],
];

/** Whether the first bytes of a file are those of a camera raw. Many raws are TIFF by these: see `isRawDirectory`. */
export function isCameraRawHead(head: Uint8Array): boolean {
  const view = new ByteView(head);
  return signatures.some(([offset, text]) => {
    // Behind a TIFF's head only; a JPEG may have any bytes there.
    const isMark = offset === 8;
    return view.startsWith(text, offset) && (!isMark || view.startsWith("II*\0") || view.startsWith("MM\0*"));
  });
}

const photometricTag = 262;
const compressionTag = 259;
/** Colour filter array (TIFF/EP 6.2.4.1) and LinearRaw (DNG 1.7, chapter 4). */
const rawPhotometrics: ReadonlySet<number> = new Set([32_803, 34_892]);
/** Sony, Epson, Samsung (two), Nikon, DNG's lossy JPEG, Kodak, Pentax. */
const rawCompressions: ReadonlySet<number> = new Set([
  32_767, 32_769, 32_770, 32_772, 34_713, 34_892, 65_000, 65_535,
]);
/** DNGVersion, DNGPrivateData (Sony has it too), CFARepeatPatternDim, CFAPattern, directories of Kodak's and Leaf's. */
const rawTags: readonly number[] = [50_706, 50_740, 33_421, 33_422, 33_424, 65_024, 34_310];

/** Whether a directory of a TIFF structure holds, or belongs to, what a sensor has seen instead of a picture. */
export function isRawDirectory(fields: ReadonlyMap<number, TiffField>): boolean {
  if (rawTags.some((tag) => fields.has(tag))) return true;
  const number = (tag: number) => fields.get(tag)?.inlineValue ?? 0;
  return rawPhotometrics.has(number(photometricTag)) || rawCompressions.has(number(compressionTag));
}

const rawExtensions: ReadonlySet<string> = new Set(
  (
    "3fr arw bay cap cr2 cr3 crw dcr dcs dng erf fff gpr iiq k25 kdc mef mos mrw nef nrw orf pef raf raw " +
    "rw2 rwl sr2 srf srw x3f"
  ).split(" "),
);

/** Whether a key's name ends like that of a camera raw; bytes decide, a name only where they cannot yet be seen. */
export function isCameraRawKey(key: string): boolean {
  return rawExtensions.has(extensionOf(key) ?? "");
}
