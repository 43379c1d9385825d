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
/** What Windows writes. */
export const microsoftNamespace = "http://ns.microsoft.com/photo/1.0/";
