CREATE TABLE `fences` (
	`provider` text PRIMARY KEY NOT NULL,
	`token` integer NOT NULL
) WITHOUT ROWID;
