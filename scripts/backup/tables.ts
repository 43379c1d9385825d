/** What triggers fill when the records come back: importing it too would be to import it twice. */
const keptByTriggers = [
  "media_totals",
  "media_days",
  "media_folders",
  "media_keywords",
  "keywords",
  "cameras",
  "repeated_bytes",
  "suggestion_totals",
];

/** What means something only to the coordinator that ran beside the database. */
const ofTheCoordinator = ["fences"];

/** What says which sidecars are to be written: the service sets it down anew, and `POST /v1/sidecars` has all written. */
const ofTheWriter = ["sidecar_writers", "sidecar_writes", "sidecar_wakes"];

/** What says when models are asked next, and how often they were asked: a service that begins anew may ask at once. */
const ofTheSuggester = ["suggestion_wakes", "suggestion_calls"];

/** What migrations and the import itself keep. */
const ofTheTools = ["d1_migrations", "backup_pieces"];

const leftOut = new Set([
  ...keptByTriggers,
  ...ofTheCoordinator,
  ...ofTheWriter,
  ...ofTheSuggester,
  ...ofTheTools,
]);

/**
 * The tables that a backup holds: whatever cannot be made again. A table that nobody has named here is one of them, so
 * that none is forgotten; full text and its shadow tables are filled by triggers.
 */
export function tablesToKeep(tables: readonly string[]): string[] {
  return tables.filter((name) => !leftOut.has(name) && !/^(media|suggestion)_search(_|$)/.test(name));
}
