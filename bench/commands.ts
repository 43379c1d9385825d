import type { Command } from "../scripts/arguments.ts";

/** The measurements as their help tells them, by their names in package.json. */
export const benchCommands = {
  "fuzz:images": {
    name: "npm run fuzz:images",
    about: "Feeds mutated files to the thumbnail engine; ends with 1 on a fault.",
    flags: {},
    variables: [
      { name: "FUZZ_CASES", about: "How many files.", otherwise: "20000" },
      {
        name: "FUZZ_FROM",
        about: "The number of the first one; a number gives the same file every time.",
        otherwise: "0",
      },
      { name: "FUZZ_TYPE", about: "Only types whose name has this in it, such as png.", otherwise: "all" },
    ],
  },
  "fuzz:metadata": {
    name: "npm run fuzz:metadata",
    about: "Feeds mutated blocks of metadata, in every kind of file, to the readers; ends with 1 on a fault.",
    flags: {},
    variables: [
      { name: "FUZZ_CASES", about: "How many files.", otherwise: "20000" },
      {
        name: "FUZZ_FROM",
        about: "The number of the first one; a number gives the same file every time.",
        otherwise: "0",
      },
      { name: "FUZZ_TYPE", about: "Only blocks whose name has this in it, such as png.", otherwise: "all" },
    ],
  },
  decoders: {
    name: "npm run decoders",
    about:
      "Holds our decoders against others: pictures are coded by Debian's encoders and their switches, and by code of ours where no encoder writes such a file; what we make of them is compared with what an independent decoder makes of them, or with what was put in. Ends with 1 on a difference, with 2 where encoders are missing or the command is wrong.",
    operands: [
      { name: "[OUT]", about: "The folder of files and contact sheet.", otherwise: "dist/decoders" },
    ],
    flags: {
      only: {
        type: "string",
        value: "PATTERN",
        otherwise: "all",
        about: "Only coding tools whose names match this regular expression, such as ^webp/.",
      },
      list: { type: "boolean", about: "Only list the coding tools, and how their files are made." },
      available: {
        type: "boolean",
        about: "Run what the installed encoders can make, and name what is left out.",
      },
    },
  },
  "bench:export": {
    name: "npm run bench:export",
    about:
      "Measures an export, as NDJSON, packed, with history and as CSV, beside a bare handler that streams the same rows: rows a second, and the runtime's memory for each fifth of the stream.",
    flags: {},
    variables: [
      { name: "ROWS", about: "How many records.", otherwise: "1000000" },
      {
        name: "FOLDER",
        about: "Where the database is made, or was made by a run before, and stays.",
        otherwise: "a folder that is removed at the end",
      },
    ],
  },
  "bench:hashes": {
    name: "npm run bench:hashes",
    about:
      "Measures what a picture's hash takes of the processor, and of photos how well a hash that is turned tells that of the photo turned.",
    operands: [
      { name: "[FOLDER]", about: "A folder of photos of yours, with its folders.", otherwise: "no photos" },
    ],
    flags: {},
    variables: [{ name: "BENCH_ROUNDS", about: "How many hashes.", otherwise: "200" }],
  },
  "bench:heif": {
    name: "npm run bench:heif",
    about: "Measures thumbnails of HEIC and AVIF files by us, libheif-js and sharp.",
    operands: [{ name: "[FILE…]", about: "The files.", otherwise: "AVIFs that are made for it" }],
    flags: {},
    variables: [{ name: "BENCH_ROUNDS", about: "How many rounds.", otherwise: "5" }],
  },
  "bench:webp": {
    name: "npm run bench:webp",
    about: "Measures thumbnails of WebP files by us, sharp and photon.",
    operands: [{ name: "[FILE…]", about: "The files.", otherwise: "pictures that are made for it" }],
    flags: {},
    variables: [{ name: "BENCH_ROUNDS", about: "How many rounds.", otherwise: "5" }],
  },
  "bench:tiff": {
    name: "npm run bench:tiff",
    about: "Measures thumbnails of TIFF and BMP files by us and sharp.",
    operands: [{ name: "[FILE…]", about: "The files.", otherwise: "TIFFs that are made for it" }],
    flags: {},
    variables: [{ name: "BENCH_ROUNDS", about: "How many rounds.", otherwise: "5" }],
  },
  "bench:upload": {
    name: "npm run bench:upload",
    about: "Measures the memory that an upload of 100 MiB takes, beside a bare put of the same bytes.",
    flags: {},
  },
  "bench:hostile": {
    name: "npm run bench:hostile",
    about:
      "Sends hostile requests at a length and at twice that; ends with 1 where time grows with the square.",
    flags: {},
    variables: [
      { name: "MINUTES", about: "How long it may take.", otherwise: "9" },
      { name: "ROUTES", about: "A regular expression: only these routes.", otherwise: "all" },
      { name: "PARTS", about: "A regular expression: only these parts of requests.", otherwise: "all" },
    ],
  },
  "bench:ingest": {
    name: "npm run bench:ingest",
    about: "Measures what an ingest costs: listing and comparing objects, and processing pictures.",
    flags: {},
    variables: [
      { name: "SIZES", about: "Numbers of objects, with commas between.", otherwise: "10000,100000,1000000" },
      { name: "PICTURES", about: "How many pictures are processed.", otherwise: "10000" },
    ],
  },
  "bench:kill": {
    name: "npm run bench:kill",
    about: "Kills the local service in the middle of an ingest, and checks that the next one ends the run.",
    flags: {},
    variables: [
      { name: "TIMES", about: "How often.", otherwise: "20" },
      { name: "OBJECTS", about: "How many objects are ingested.", otherwise: "2000" },
    ],
  },
  "bench:copies": {
    name: "npm run bench:copies",
    about:
      "Makes copies and neighbouring frames of photos, and counts which of them, and of all other pairs, are called the same picture; ends with 1 where a target is missed.",
    operands: [{ name: "FOLDER…", about: "The folders with the photos." }],
    flags: {},
    variables: [{ name: "BENCH_PHOTOS", about: "How many photos are used at the most.", otherwise: "all" }],
  },
  "bench:cold": {
    name: "npm run bench:cold",
    about: "Asks for sixty thumbnails at once that must be made from photos of 12 megapixels.",
    flags: {},
  },
  "bench:parsers": {
    name: "npm run bench:parsers",
    about:
      "Measures the processor time that each parser takes a byte; ends with 1 where it is more than in proportion.",
    operands: [
      { name: "[NAME]", about: "Only parsers and inputs with this in their names.", otherwise: "all" },
    ],
    flags: {},
  },
  "bench:requests": {
    name: "npm run bench:requests",
    about: "Measures requests a second, and the time of a page of a large list.",
    flags: {},
    variables: [{ name: "ROWS", about: "How many records the large list has.", otherwise: "1000000" }],
  },
  "bench:pictures": {
    name: "npm run bench:pictures",
    about:
      "Measures searches among picture hashes, one and ten at once, beside a loop of plain JavaScript; and what the index stores, holds and takes to be built.",
    flags: {},
    variables: [
      { name: "SIZES", about: "Numbers of hashes, with commas between.", otherwise: "10000,100000,1000000" },
      { name: "ROUNDS", about: "How many rounds.", otherwise: "15" },
      {
        name: "FOLDER",
        about: "Where the databases lie and stay, so that the next run has them.",
        otherwise: "a temporary folder",
      },
    ],
  },
  "bench:capacity": {
    name: "npm run bench:capacity",
    about:
      "Measures what a photo takes of the database, bare, described, and with suggestions, and how many statements of D1 an ingest takes for it; computes what the limits of the platform come to.",
    flags: {},
    variables: [{ name: "PHOTOS", about: "How many photos the database has.", otherwise: "100000" }],
  },
  "bench:search": {
    name: "npm run bench:search",
    about:
      "Measures searches and all else that finds among a million records, beside ten thousand and beside the bare query of full text.",
    flags: {},
    variables: [
      { name: "ROWS", about: "How many records the large database has.", otherwise: "1000000" },
      { name: "ROUNDS", about: "How many rounds.", otherwise: "11" },
      { name: "ONLY", about: "A regular expression: only what has a name like it.", otherwise: "all" },
      {
        name: "FOLDER",
        about: "Where the databases lie and stay, so that the next run has them.",
        otherwise: "a temporary folder",
      },
    ],
  },
  "bench:thumbnails": {
    name: "npm run bench:thumbnails",
    about: "Measures thumbnails by us, sharp and photon in turn: time, likeness, memory.",
    operands: [{ name: "[PHOTO]", about: "A JPEG of yours, measured as well.", otherwise: "only ours" }],
    flags: {},
    variables: [
      { name: "BENCH_ROUNDS", about: "How many rounds.", otherwise: "11" },
      { name: "BENCH_PHOTON_ROUNDS", about: "How many of photon, which is slow.", otherwise: "BENCH_ROUNDS" },
      { name: "BENCH_ONLY", about: "Only pictures with this in their names.", otherwise: "all" },
      { name: "BENCH_WORKERD_ONLY", about: "Set to anything: only inside workerd.", otherwise: "not set" },
    ],
  },
  "bench:previews": {
    name: "npm run bench:previews",
    about:
      "Measures what is made of a preview beside the same of its original: processor time, likeness, and the bytes that are stored.",
    operands: [
      {
        name: "[FOLDER]",
        about: "Photos whose previews are measured beside squares.",
        otherwise: "pictures that are made for it",
      },
    ],
    flags: {},
    variables: [{ name: "BENCH_ROUNDS", about: "How many rounds.", otherwise: "15" }],
  },
  "bench:import": {
    name: "npm run bench:import",
    about:
      "Measures how fast an import sends files, beside bare puts of the same files; ends with 1 below 0.8.",
    operands: [{ name: "[FOLDER]", about: "The photos.", otherwise: "photos that are made for it" }],
    flags: {},
  },
} as const satisfies Record<string, Command>;
