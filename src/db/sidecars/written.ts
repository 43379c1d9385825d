import { sql } from "drizzle-orm";

import type { Database } from "../connection.ts";
import type { SidecarRow } from "../schema.ts";
import type { SeenSidecar } from "./listed.ts";

/** Sets down a sidecar that the service has written, so that no listing takes it for anything new. */
export async function noteWritten(
  db: Database,
  provider: string,
  sidecar: SeenSidecar,
  now: number,
): Promise<void> {
  const { pathKey, objectKey, version, sizeBytes, lastModified } = sidecar;
  await db.orm.run(sql`
    INSERT INTO sidecars (
      provider, path_key, object_key, version, file_size, last_modified, is_unread, observed_at
    ) VALUES (${provider}, ${pathKey}, ${objectKey}, ${version}, ${sizeBytes}, ${lastModified}, 0, ${now})
    ON CONFLICT (provider, path_key) DO UPDATE SET
      is_unread = 0, is_gone = 0, object_key = excluded.object_key, version = excluded.version,
      file_size = excluded.file_size, last_modified = excluded.last_modified, observed_at = excluded.observed_at,
      spent_version = NULL`);
}

/** Forgets a sidecar that the service has removed. */
export async function forgetSidecar(
  db: Database,
  { provider, pathKey, version }: Pick<SidecarRow, "provider" | "pathKey" | "version">,
): Promise<void> {
  await db.orm.run(
    sql`DELETE FROM sidecars WHERE provider = ${provider} AND path_key = ${pathKey} AND version = ${version}`,
  );
}

/** Sets down that a sidecar, in the version that it has, fills no photo that comes to lie beside it. */
export async function spendSidecar(
  db: Database,
  { provider, pathKey, version }: Pick<SidecarRow, "provider" | "pathKey" | "version">,
): Promise<void> {
  await db.orm.run(sql`
    UPDATE sidecars SET spent_version = version
    WHERE provider = ${provider} AND path_key = ${pathKey} AND version = ${version} AND spent_version IS NOT version`);
}
