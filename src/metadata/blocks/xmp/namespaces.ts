// The schemas of XMP in which photos are described, by their namespaces.

/** Dublin Core (ISO 16684-1 §8.3). */
export const dublinCore = "http://purl.org/dc/elements/1.1/";
/** What XMP itself has (ISO 16684-1 §8.4). */
export const xmpNamespace = "http://ns.adobe.com/xap/1.0/";
/** Rights (ISO 16684-1 §8.5). */
export const rightsNamespace = "http://ns.adobe.com/xap/1.0/rights/";
/** EXIF's fields in XMP (CIPA DC-010). */
export const exifNamespace = "http://ns.adobe.com/exif/1.0/";
/** TIFF's fields in XMP (CIPA DC-010). */
export const tiffNamespace = "http://ns.adobe.com/tiff/1.0/";
/** Photoshop's, in which IPTC Core has most of its properties (XMP part 2 §3.2). */
export const photoshopNamespace = "http://ns.adobe.com/photoshop/1.0/";
/** What Windows writes: without the slash at its end that all others have. */
export const microsoftNamespace = "http://ns.microsoft.com/photo/1.0";
/** Lightroom's, in which hierarchical keywords are, `a|b|leaf`. */
export const lightroomNamespace = "http://ns.adobe.com/lightroom/1.0/";
/** digiKam's, with hierarchical keywords as `a/b/leaf`. */
export const digikamNamespace = "http://www.digikam.org/ns/1.0/";
/**
 * Our own, in which a packet carries all of `object_metadata` as JSON. A UUID (RFC 9562) needs no domain that somebody has
 * to keep; the mark at its end is what XMP asks of a namespace (ISO 16684-1 §6.2). It never changes: sidecars bear it.
 */
export const ownNamespace = "urn:uuid:6b1f0c4e-52d7-4a0b-9c3d-8a7e1d5f2b90#";
