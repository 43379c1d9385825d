import { type Command, readCommand } from "../arguments.ts";
import { Failure } from "../failure.ts";

/** What a drill was asked to do. */
export interface DrillOptions {
  readonly photos: number;
  /** Whether the folder of the services is kept. */
  readonly keep: boolean;
}

const usualPhotos = 40;
const [fewestPhotos, mostPhotos] = [10, 5_000];

/** `npm run drill` as its help tells it. */
export const drillCommand = {
  name: "npm run drill",
  about:
    "Exercises moves of photos and the loss of the database: starts a service of its own, sends it photos, describes them in every way, moves and takes away photos in the storage and ingests, and exports everything; moves photos again, starts a second service with the stored objects and an empty database, ingests, restores, and compares the words and the history of every photo, wherever the photo is now. Touches no other service and nobody's data. Ends with 1 on a difference.",
  flags: {
    photos: {
      type: "string",
      value: "N",
      default: String(usualPhotos),
      about: `The number of photos, ${fewestPhotos} to ${mostPhotos}.`,
    },
    keep: {
      type: "boolean",
      default: false,
      about: "Keep the folder with the export and the data of both services, and print where the folder is.",
    },
  },
} as const satisfies Command;

/** Reads the command line. */
export function drillOptions(argv: readonly string[]): DrillOptions {
  const { photos, keep } = readCommand(drillCommand, argv).values;
  const number = Number(photos);
  if (!Number.isInteger(number) || number < fewestPhotos || number > mostPhotos)
    throw new Failure(`--photos needs a number from ${fewestPhotos} to ${mostPhotos}, not "${photos}".`);
  return { photos: number, keep };
}
