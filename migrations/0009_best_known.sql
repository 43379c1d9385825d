-- The best-known time of a photo: a person's, else the file's. Computed when it is read, so that no row is rewritten and
-- whoever writes need not know of it. The index keeps its name: the code before this names it (INDEXED BY) for the order of
-- taken_at, and still gets that order from it, by sorting all that is there. See docs/adr/0017.
DROP INDEX `media_objects_by_taken`;
ALTER TABLE `media_objects` ADD `written_taken_at` text GENERATED ALWAYS AS ((CASE WHEN "object_metadata" -> '$.taken_at' GLOB '"*' AND length("object_metadata" -> '$.taken_at') IN (6, 9, 12, 18, 21, 23, 24, 25) THEN substr("object_metadata" -> '$.taken_at', 2, length("object_metadata" -> '$.taken_at') - 2) || substr('0000-01-01T00:00:00.000', length("object_metadata" -> '$.taken_at') - 1) END)) VIRTUAL;
ALTER TABLE `media_objects` ADD `best_taken_at` text GENERATED ALWAYS AS ((CASE WHEN substr("written_taken_at", 1, 10) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND substr("written_taken_at", 11) GLOB 'T[0-9][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]' AND "written_taken_at" >= '1826' AND "written_taken_at" < '2100' AND substr("written_taken_at", 12, 2) < '24' AND date(substr("written_taken_at", 1, 10)) = substr("written_taken_at", 1, 10) THEN "written_taken_at" ELSE "taken_at" END)) VIRTUAL;
CREATE INDEX `media_objects_by_taken` ON `media_objects` (`is_missing`,`best_taken_at`);
