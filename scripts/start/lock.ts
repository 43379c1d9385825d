import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Failure } from "../failure.ts";

/** Others that come at the same moment read or write for less than this. */
const writesWithinMs = 1_000;

/** A hold on a folder of data that ends with the process at the latest. */
export interface Lock {
  release: () => void;
}

/**
 * Takes hold of a folder of data by a file in it, for this process alone. The hold is SQLite's on a database of that name,
 * which the system ends together with the process however that ends: what a killed start leaves behind holds nobody up.
 * @throws {Failure} when another process has it, with the number of that one.
 */
export function takeLock(path: string): Lock {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: writesWithinMs });
  try {
    // Only what is committed can be read by those who come later.
    database.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${process.pid}; COMMIT; BEGIN IMMEDIATE`);
  } catch (error) {
    const holder = isBusy(error) ? holderOf(database) : undefined;
    database.close();
    if (holder === undefined) throw error;
    throw new Failure(
      `The service runs here already (process ${holder}). Use or end the running service, or start a second service with \`--persist-to FOLDER\` and \`--port N\`.`,
    );
  }
  return { release: () => database.close() };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}

function holderOf(database: DatabaseSync): string {
  return String(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? "unknown");
}
