/**
 * The migrations that this code needs, as their files are called. A Worker cannot list its migrations folder; a test
 * holds this list against it.
 */
export const migrationNames: readonly string[] = [
  "0000_media_objects.sql",
  "0001_search_and_counts.sql",
  "0002_run_failures.sql",
  "0003_moves.sql",
  "0004_provider_state.sql",
  "0005_sighting_marks.sql",
  "0006_fences.sql",
  "0007_deletions.sql",
  "0008_facts_version.sql",
  "0009_best_known.sql",
  "0010_find.sql",
  "0011_tidy.sql",
  "0012_sidecars.sql",
  "0013_pictures.sql",
  "0014_suggestions.sql",
];
