import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse, TomlError, type TomlTable, type TomlValue } from "smol-toml";
import { Failure, systemCode } from "./failure.ts";

/** Settings of one's own, merged over wrangler.toml; git ignores it. */
export const localConfig = "wrangler.local.toml";

/** What is made of both. Wrangler takes paths in it, and the place of .dev.vars, relative to it. */
export const mergedConfig = "wrangler.merged.json";

/** What tables of a list are told apart by: a binding by its name. */
const identities = ["binding", "name"];

/**
 * Reads a TOML file; undefined when there is none.
 * @throws {Failure} for one that is no TOML, with the line.
 */
export function readToml(path: string): TomlTable | undefined {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    if (!(error instanceof TomlError)) throw error;
    const [reason] = error.message.split("\n");
    throw new Failure(`${path}, line ${error.line}: ${reason}`);
  }
}

function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);
}

/** A list of tables each of which has a name by which it is known, or undefined. */
function namedTables(value: TomlValue | undefined): Map<string, TomlTable> | undefined {
  if (!Array.isArray(value)) return undefined;
  const named = new Map<string, TomlTable>();
  for (const entry of value) {
    if (!isTable(entry)) return undefined;
    const name = identities.map((key) => entry[key]).find((each) => typeof each === "string");
    if (name === undefined) return undefined;
    named.set(name, entry);
  }
  return named;
}

function merge(base: TomlValue | undefined, own: TomlValue): TomlValue {
  if (isTable(base) && isTable(own)) return mergeTables(base, own);
  const [bases, owns] = [namedTables(base), namedTables(own)];
  if (bases === undefined || owns === undefined) return own;
  for (const [name, table] of owns) bases.set(name, mergeTables(bases.get(name) ?? {}, table));
  return [...bases.values()];
}

/**
 * One configuration over another: tables are merged, and so are lists of tables that have a `binding` or a `name`, by
 * that; everything else (texts, numbers, the consumers of queues) is replaced whole.
 */
export function mergeTables(base: TomlTable, own: TomlTable): TomlTable {
  const merged = Object.entries(own).map(([name, value]) => [name, merge(base[name], value)] as const);
  return { ...base, ...Object.fromEntries(merged) };
}

/** The configuration for a file in the folder `to`, made of one for the folder `from`: its paths lead to the same files. */
export function relocated(config: TomlTable, from: string, to: string): TomlTable {
  if (from === to) return config;
  const path = (value: TomlValue): TomlValue => {
    if (Array.isArray(value)) return value.map(path);
    return typeof value === "string" ? relative(to, join(from, value)) : value;
  };
  const within = (value: TomlValue | undefined, ...names: string[]): TomlTable => {
    if (!isTable(value)) return {};
    const moved = names.flatMap((name) =>
      value[name] === undefined ? [] : [[name, path(value[name])] as const],
    );
    return { ...value, ...Object.fromEntries(moved) };
  };
  const databases = config["d1_databases"];
  const environments = isTable(config["env"]) ? Object.entries(config["env"]) : [];
  return {
    ...within(config, "main"),
    ...(isTable(config["assets"]) ? { assets: within(config["assets"], "directory") } : {}),
    ...(isTable(config["build"]) ? { build: within(config["build"], "watch_dir") } : {}),
    ...(Array.isArray(databases)
      ? { d1_databases: databases.map((each) => within(each, "migrations_dir")) }
      : {}),
    ...(environments.length > 0
      ? { env: Object.fromEntries(environments.map(relocatedEntry(from, to))) }
      : {}),
  };
}

function relocatedEntry(from: string, to: string) {
  return ([name, section]: [string, TomlValue]): [string, TomlValue] => [
    name,
    isTable(section) ? relocated(section, from, to) : section,
  ];
}

/** Writes a configuration as JSON, which wrangler takes as well, whole at every moment; gives its path back. */
export function writeConfig(path: string, config: TomlTable): string {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(config, null, 2)}\n`);
  renameSync(draft, path);
  return path;
}
