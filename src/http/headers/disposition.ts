/**
 * `Content-Disposition` (RFC 6266) with the object's file name: as ASCII for old clients, and whole in the extended form
 * of RFC 8187.
 */
export function contentDisposition(type: "inline" | "attachment", objectKey: string): string {
  const name = objectKey.slice(objectKey.lastIndexOf("/") + 1).toWellFormed();
  const ascii = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  const extended = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${ascii}"; filename*=UTF-8''${extended}`;
}
