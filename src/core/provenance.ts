/** How exactly a time is known. */
export type TakenPrecision = "year" | "month" | "day" | "second";

/** Where in a file its time was found; `digitized` is the time of a scan, or of a picture's making. */
export type TakenSource = "exif" | "xmp" | "iptc" | "digitized";

/** Where in a file its place was found. */
export type LocationSource = "exif" | "xmp";
