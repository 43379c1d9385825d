import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";

/**
 * How miniflare calls the file of the local database, which it makes from the id of the database, and without an id from
 * the name of the binding. Until a deploy found the database by its name, wrangler.toml had an id of zeros.
 */
const names = {
  byZeros: "9ba2b04bf514d9facfd57ed57d849e77241a7adc99d1c1545d06688b43d84248",
  byBinding: "e7352547963de7050bd7d94658afc4fe78b61811b7815da12d90be8e863abf4d",
};

/** The database last: while it has its old name, a start that breaks off here is made good by the next one. */
const parts = ["-wal", "-shm", ""];

/**
 * Gives the local database of an older version the name under which it is found now, so that what was written on this
 * machine stays. Where there are both nothing is touched, and the sentence for the person is given.
 */
export function keepLocalDatabase(state: string): string | undefined {
  const folder = join(state, "v3", "d1", "miniflare-D1DatabaseObject");
  const file = (name: string, part: string): string => join(folder, `${name}.sqlite${part}`);
  const old = file(names.byZeros, "");
  if (!existsSync(old)) return undefined;
  if (existsSync(file(names.byBinding, "")))
    return `Two local databases are here. The older one, ${old}, is not used. To use it instead, stop the service and delete ${file(names.byBinding, "")} with its -wal and -shm; to do without it, move it away.`;
  for (const part of parts) {
    if (existsSync(file(names.byZeros, part)))
      renameSync(file(names.byZeros, part), file(names.byBinding, part));
  }
  return undefined;
}
