import { dirname, join, relative, resolve, sep } from "node:path";

const sources = join(import.meta.dirname, "../../src");

/**
 * The layers of `src/`, the lowest first: a file imports from its own layer and from those below it, never from one
 * beside it or above. Docs/architecture.md draws them.
 */
export const layers: readonly (readonly string[])[] = [
  ["core"],
  ["protocol"],
  ["config", "metadata", "db"],
  ["storage", "thumbnail", "extractors"],
  ["services"],
  ["media"],
  ["ingest"],
  ["http"],
  ["app"],
  ["index"],
];

/** Rooms of one layer that must not know each other: a file of the first imports nothing of the second. */
export const closedRooms: readonly (readonly [string, string])[] = [
  ["ingest/settling", "ingest/listing"],
  ["ingest/listing", "ingest/settling"],
  ["ingest/coordinator", "ingest/consumer"],
  ["ingest/listing", "ingest/consumer"],
  ["ingest/settling", "ingest/consumer"],
  ["ingest/scanning", "ingest/consumer"],
  ["db/media", "db/lists"],
  ["db/media", "db/shuffles"],
  ["db/lists", "db/shuffles"],
  ["db/lists", "db/ingest"],
  ["http/headers", "http/routes"],
  ["http/requests", "http/routes"],
  ["http/answers", "http/routes"],
  ["http/middleware", "http/routes"],
  ["http/mcp", "http/routes"],
  ["storage/r2", "storage/dropbox"],
  ["storage/dropbox", "storage/r2"],
  ["metadata/headers", "metadata/facts"],
  ["metadata/blocks", "metadata/facts"],
];

/** What the linter gives a rule. */
interface Context {
  readonly filename: string;
  report(finding: { readonly node: Node; readonly message: string }): void;
}

/** A node of the syntax tree that imports something (ESTree). */
interface Node {
  readonly source?: { readonly value?: unknown } | null;
}

/** The path of a file below `src/`, without its extension; null for a file that is elsewhere. */
function placeOf(file: string): string | null {
  const parts = relative(sources, file).split(sep);
  return parts[0] === ".." ? null : parts.join("/").replace(/\.ts$/, "");
}

function rankOf(place: string): number {
  const [top] = place.split("/", 1);
  return layers.findIndex((layer) => top !== undefined && layer.includes(top));
}

/** Why a file of `src/` may not import another one, both by their places below `src/`; null where it may. */
export function importProblem(from: string, to: string): string | null {
  const [mine, other] = [rankOf(from), rankOf(to)];
  if (mine === -1) return `src/${from} is in no layer; scripts/lint/layers.ts has the list.`;
  if (other === -1) return `src/${to} is in no layer; scripts/lint/layers.ts has the list.`;
  const isSameTop = from.split("/", 1)[0] === to.split("/", 1)[0];
  if (!isSameTop && other >= mine)
    return `${from} is in a layer below ${to} or beside it, and must not import it.`;
  const closed = closedRooms.find(([a, b]) => from.startsWith(`${a}/`) && to.startsWith(`${b}/`));
  return closed === undefined ? null : `${closed[0]} must not import from ${closed[1]}.`;
}

function createImports(context: Context): Readonly<Record<string, (node: Node) => void>> {
  const from = placeOf(context.filename);
  const look = (node: Node): void => {
    const specifier = node.source?.value;
    if (from === null || typeof specifier !== "string" || !specifier.startsWith(".")) return;
    const to = placeOf(resolve(dirname(context.filename), specifier));
    const problem = to === null ? null : importProblem(from, to);
    if (problem !== null) context.report({ node, message: problem });
  };
  return {
    ImportDeclaration: look,
    ImportExpression: look,
    ExportNamedDeclaration: look,
    ExportAllDeclaration: look,
  };
}

/** The rule that holds the layers and the rooms of `src/`; the linter loads it (`jsPlugins` in .oxlintrc.json). */
export default { meta: { name: "layers" }, rules: { imports: { create: createImports } } };
