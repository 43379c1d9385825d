import type { Fit } from "../service/pictures.ts";
import { cellSizes, type CellSize } from "./layout/shape.ts";

/** How the grid shows photos, as a person has chosen it. */
export interface Options {
  /** `contain`: the whole picture in a square; `cover`: a filled square. */
  readonly fit: Fit;
  readonly size: CellSize;
}

const usual: Options = { fit: "cover", size: "medium" };

const fits = ["cover", "contain"] as const;

/** The options out of the text in which the browser has kept them; what is missing or strange is as usual. */
export function readOptions(kept: string | null): Options {
  const fields = fieldsOf(kept);
  return {
    fit: fits.find((fit) => fit === fields["fit"]) ?? usual.fit,
    size: cellSizes.find((size) => size === fields["size"]) ?? usual.size,
  };
}

function fieldsOf(kept: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(kept ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
