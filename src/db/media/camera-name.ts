import type { IntrinsicFacts } from "./record.ts";

/** No maker's name is as long; a file may say anything. */
const mostCharacters = 200;

/**
 * A camera as people call it: the maker and the model, once each, since many models begin with their maker ("NIKON
 * CORPORATION" makes a "NIKON D850"); null where the file names neither.
 */
export function cameraName(camera: IntrinsicFacts["camera"]): string | null {
  const make = tidy(camera?.make);
  const model = tidy(camera?.model);
  const [maker = ""] = make.toLowerCase().split(" ");
  const isNamed = maker !== "" && `${model.toLowerCase()} `.startsWith(`${maker} `);
  const name = isNamed ? model : `${make} ${model}`.trim();
  return name === "" ? null : Array.from(name).slice(0, mostCharacters).join("");
}

function tidy(text: string | null | undefined): string {
  return (text ?? "").replaceAll(/[\p{Z}\p{C}]+/gu, " ").trim();
}
