import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { z } from "zod";

const run = promisify(execFile);

const answers = z.array(z.record(z.string(), z.unknown()));

/** The tags of a file as exiftool reads them, by group and name; structures are objects. */
export type Tags = Readonly<Record<string, unknown>>;

/** Schemas of programs that exiftool does not know, so that it can write what they write. */
const config = `%Image::ExifTool::UserDefined = ('Image::ExifTool::XMP::Main' => {
  darktable => { SubDirectory => { TagTable => 'Image::ExifTool::UserDefined::darktable' } },
});
my %history = (
  STRUCT_NAME => 'History', NAMESPACE => { darktable => 'http://darktable.sf.net/' },
  num => {}, operation => {}, enabled => {}, modversion => {}, params => {},
);
%Image::ExifTool::UserDefined::darktable = (
  GROUPS => { 0 => 'XMP', 1 => 'XMP-darktable', 2 => 'Image' },
  NAMESPACE => { darktable => 'http://darktable.sf.net/' }, WRITABLE => 'string',
  xmp_version => {}, raw_params => {}, auto_presets_applied => {}, history_end => {},
  iop_order_version => {}, history => { List => 'Seq', Struct => \\%history },
);
1;
`;

/** A folder of files for exiftool, which is taken away when it is done with. */
export class Exiftool {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<Exiftool> {
    const folder = await mkdtemp(join(tmpdir(), "tagline-exiftool-"));
    await writeFile(join(folder, "config"), config);
    return new Exiftool(folder);
  }

  async stop(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await writeFile(join(this.#folder, name), content);
  }

  async bytes(name: string): Promise<Uint8Array> {
    return new Uint8Array(await readFile(join(this.#folder, name)));
  }

  /** Runs exiftool in the folder and gives what it prints; fails where exiftool does. */
  async run(...args: readonly string[]): Promise<string> {
    const { stdout } = await run("exiftool", ["-config", "config", ...args], {
      cwd: this.#folder,
      maxBuffer: 2 ** 27,
    });
    return stdout;
  }

  /** The XMP of files, each with its tags as they are stored and not as exiftool explains them. */
  async read(...names: readonly string[]): Promise<readonly Tags[]> {
    const json = await this.run("-json", "-G1", "-struct", "-n", "-XMP:all", ...names);
    return answers
      .parse(JSON.parse(json))
      .map((tags) => Object.fromEntries(Object.entries(tags).filter(([tag]) => tag !== "SourceFile")));
  }

  /** What exiftool finds wrong with files; nothing for files that are as they should be. */
  async complaints(...names: readonly string[]): Promise<readonly string[]> {
    const json = await this.run("-json", "-validate", "-warning", "-error", "-a", ...names);
    return answers
      .parse(JSON.parse(json))
      .filter(({ Validate }) => Validate !== "OK")
      .map((tags) => JSON.stringify(tags));
  }
}
