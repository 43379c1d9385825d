/** The packages that the scripts in the image import, and wrangler, which they run. */
export const imagePackages: readonly string[] = ["smol-toml", "wrangler", "zod"];

/** What lies in the image as it lies in the project. */
export const imagePaths: readonly string[] = [
  ".dev.vars.example",
  "LICENSE",
  "dist/assets",
  "migrations",
  "package.json",
  "scripts",
  "src",
];

/** Whether an optional package is for another machine than the image's: Debian has glibc. */
export function isForeign(folder: string): boolean {
  return folder.includes("linuxmusl");
}
