# Each recipe is a line over an npm script, so that nothing needs `just` to be installed.

# Lists the recipes
default:
    @just --list

# Runs the service on this machine; flags go to `wrangler dev`
dev *flags:
    npm start -- {{flags}}

# Runs every check, with coverage; with arguments, only the tests, with these arguments for vitest
test *args:
    npm test -- {{args}}

# Looks at the service's pages in a real Chromium; arguments go to vitest
test-browser *args:
    npm run test:browser -- {{args}}

# Has 200 jumps of the console's scrubber land in a library of 100,000 photos, and prints what they take
soak-browser:
    npm run soak:browser

# Takes the pictures of the console's page anew, into docs/console or another folder
console-pictures *folder:
    npm run console:pictures -- {{folder}}

# Makes every check but the tests and the bundle: licences, migrations, generated files, format, unused code, lint, types
check:
    npm run check

# Formats every file
format:
    npm run format

# Generates the types of the bindings from wrangler.toml
types:
    npm run types

# Makes a migration from a change of the schema
migration *args:
    npm run migrations:generate -- {{args}}

# Applies the migrations to the local database
migrate:
    npm run migrations:apply

# Prints the keys of the local service
key:
    npm run key

# Sends a folder of photos into a running service
import *args:
    npm run import -- {{args}}

# Looks for new, changed and vanished photos, and follows the run
ingest *args:
    npm run ingest -- {{args}}

# Writes everything people wrote into a file, as NDJSON or CSV
export *args:
    npm run export -- {{args}}

# Puts such an NDJSON file back into a running service
restore *args:
    npm run restore -- {{args}}

# Exercises the loss of the database: export, wipe, ingest, import and compare, in services of its own
drill *args:
    npm run drill -- {{args}}

# Connects a Dropbox account: gets a refresh token and keeps it
dropbox-connect *args:
    npm run dropbox:connect -- {{args}}

# Serves a folder of this machine as if it were a Dropbox
dropbox-stand-in folder:
    npm run dropbox:stand-in -- {{folder}}

# Plays many plans of faults, histories of a collection and sequences of changes: 10,000 of each, or as many as are given
soak count="10000":
    TEST_PLANS={{count}} TEST_HISTORIES={{count}} TEST_CHANGES={{count}} npm run soak

# Has 200,000 photos vanish between two others, and prints what comparing them costs
soak-size:
    npm run soak:size

# Plays many histories of a Dropbox: 2,000, or as many as are given; then a Dropbox of 20,000 files
soak-dropbox histories="2000":
    TEST_DROPBOX_HISTORIES={{histories}} TEST_DROPBOX_FILES=20000 npm run soak:dropbox

# Sends every file of a folder into a service, compares what it makes of them with what is true, and writes a contact sheet to dist/corpus
corpus *args:
    npm run corpus -- {{args}}

# Holds our decoders against others on what Debian's encoders write, and writes what differs to dist/decoders
decoders *args:
    npm run decoders -- {{args}}

# Feeds mutated files to the thumbnail engine (FUZZ_CASES of them, from number FUZZ_FROM on) and hostile requests to the service: 100,000, or as many as are given
fuzz requests="100000":
    FUZZ_REQUESTS={{requests}} npm run fuzz

# Prints the size of the bundle
size:
    npm run size

# Compares the import with bare PUTs of the same files
bench *args:
    npm run bench:import -- {{args}}

# Brings a deployment from whatever is there to a running service: creates, migrates, deploys, tries it
deploy *flags:
    npm run deploy -- {{flags}}

# Tries whether a running service works, with a photo of its own
smoke *args:
    npm run smoke -- {{args}}

# Writes what cannot be made again of a deployment's database into a file
backup *args:
    npm run backup -- {{args}}

# Fills an empty database from such a file
backup-restore *args:
    npm run backup:restore -- {{args}}
