CREATE TABLE `run_failures` (
	`run_id` text NOT NULL,
	`media_id` text NOT NULL,
	`provider` text NOT NULL,
	`object_key` text NOT NULL,
	`code` text NOT NULL,
	`detail` text NOT NULL,
	`attempts` integer NOT NULL,
	`last_attempt_at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `media_id`)
) WITHOUT ROWID;
