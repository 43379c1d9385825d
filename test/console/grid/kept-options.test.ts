import { expect, it } from "vitest";
import { readOptions } from "../../../console/src/grid/kept-options.ts";

it.for([
  [null, { fit: "cover", size: "medium" }],
  ['{"fit":"contain","size":"large"}', { fit: "contain", size: "large" }],
  ['{"size":"small"}', { fit: "cover", size: "small" }],
  ['{"fit":"stretch","size":3}', { fit: "cover", size: "medium" }],
  ["null", { fit: "cover", size: "medium" }],
  ["no JSON", { fit: "cover", size: "medium" }],
] as const)("the options kept as %j are read", ([kept, options]) => {
  expect(readOptions(kept)).toEqual(options);
});
