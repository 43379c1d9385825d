import { bigEndian, isoBox, isoFullBox, joined } from "../../support/images/index.ts";

/** A coded picture of 64 × 64 pixels, the four colours of the quadrants, and the configuration of its decoder. */
export interface CodedTile {
  readonly type: "hvc1" | "av01";
  readonly configuration: Uint8Array;
  readonly data: Uint8Array;
}

const bytes = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

// Encoded once: there is no encoder that the tests could run.
const hevcConfiguration =
  "AQFgAAAAAAAAAAAAuvAA/P34+AAACwYgAAEAGkABDAL//wFgAAADAIAAAAMAAAMAugAALAkAIQABAC1CAQIBYAAAAwCAAAADAAADALoA" +
  "AKAggQXLkkyqbgIaDAgAAAMACAAAAwDIQAAiAAEACEQBwXGCmSAAIAABABpAAQwC//8BYAAAAwCAAAADAAADALoAACwJACEAAQAtQgEC" +
  "AWAAAAMAgAAAAwAAAwC6AACgIIEFy5JMqm4CGgwIAAADAAgAAAMAyEAAIgABAAdEAcFxgpkg";

/** HEVC, 4:2:0, full range. */
export const hevcTile: CodedTile = {
  type: "hvc1",
  configuration: bytes(hevcConfiguration),
  data: bytes("AAAALiYBr3jrR3/41X/8VGl4M8ueOh2X8Qy/1QiKf8ZVf9I4f50DNFPzg/fsoQtKY4A="),
};

/** AV1, 4:2:0. */
export const av1Tile: CodedTile = {
  type: "av01",
  configuration: bytes("gQAMAA=="),
  data: bytes("EgAKCRgVf/2yAhoNCDI2F4eHhiGAAGUAAAAAwhApoio8PAogQRphi32OPZ9B0dOaRyRMykaMYXfBoUKkeCedVzdvd/b9"),
};

/** AV1, 4:4:4. */
export const av1TileOf444: CodedTile = {
  type: "av01",
  configuration: bytes("gSACAA=="),
  data: bytes(
    "EgAKCTgVf/20BDQaQDI3F4JjBMAAMoAAAAAAwhApoio8PR/v/BGHlUE6+QDwG8BfEvSZkwSv0YSp1V7ngoXWtN4NgkohwA==",
  ),
};

/** What is to be written. */
export interface HeifOptions {
  readonly tile: CodedTile;
  /** A grid of so many times the tile, cut to a size at its right and lower edge. */
  readonly grid?: {
    readonly columns: number;
    readonly rows: number;
    readonly width: number;
    readonly height: number;
  };
  /** Further property boxes of the picture. */
  readonly properties?: readonly Uint8Array[];
  /** The same of the tiles of a grid. */
  readonly tileProperties?: readonly Uint8Array[];
  /** Adds an alpha plane, which is the tile once more. */
  readonly alpha?: boolean;
}

interface Item {
  readonly id: number;
  readonly type: string;
  readonly data: Uint8Array;
  readonly properties: readonly Uint8Array[];
  readonly references: readonly Uint8Array[];
}

const tileSide = 64;

/** A file that can be decoded (ISO/IEC 23008-12); item 1 is the picture. */
export function writeHeif(options: HeifOptions): Uint8Array {
  const items = itemsOf(options);
  const brand = options.tile.type === "av01" ? "avif" : "heic";
  const fileType = isoBox("ftyp", brand, bigEndian(4, 0), "mif1", brand);
  // Offsets have the same width whatever they are, so that the boxes can be measured with any.
  const start = fileType.length + metaBox(items, 0).length + 8;
  return joined(fileType, metaBox(items, start), isoBox("mdat", ...items.map(({ data }) => data)));
}

function itemsOf({ tile, grid, properties = [], tileProperties = [], alpha = false }: HeifOptions): Item[] {
  const configuration = isoBox(tile.type === "av01" ? "av1C" : "hvcC", tile.configuration);
  const coded = (id: number, more: readonly Uint8Array[], references: readonly Uint8Array[] = []): Item => ({
    id,
    type: tile.type,
    data: tile.data,
    properties: [extents(tileSide, tileSide), configuration, ...more],
    references,
  });
  if (alpha) {
    const auxiliary = isoFullBox("auxC", 0, 0, "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0");
    return [coded(1, properties), coded(2, [auxiliary], [isoBox("auxl", bigEndian(2, 2, 1, 1))])];
  }
  if (!grid) return [coded(1, properties)];
  const { columns, rows, width, height } = grid;
  const ids = Array.from({ length: columns * rows }, (_, i) => i + 2);
  const picture: Item = {
    id: 1,
    type: "grid",
    data: joined(bigEndian(1, 0, 0, rows - 1, columns - 1), bigEndian(2, width, height)),
    properties: [extents(width, height), ...properties],
    references: [isoBox("dimg", bigEndian(2, 1, ids.length, ...ids))],
  };
  return [picture, ...ids.map((id) => coded(id, tileProperties))];
}

function extents(width: number, height: number): Uint8Array {
  return isoFullBox("ispe", 0, 0, bigEndian(4, width, height));
}

function metaBox(items: readonly Item[], start: number): Uint8Array {
  let offset = start;
  const locations = items.map(({ id, data }) => {
    const location = joined(bigEndian(2, id, 0, 1), bigEndian(4, offset, data.length));
    offset += data.length;
    return location;
  });
  const infos = items.map(({ id, type }) => isoFullBox("infe", 2, 0, bigEndian(2, id, 0), type, "\0"));
  return isoFullBox(
    "meta",
    0,
    0,
    isoFullBox("hdlr", 0, 0, new Uint8Array(4), "pict", new Uint8Array(13)),
    isoFullBox("pitm", 0, 0, bigEndian(2, 1)),
    isoFullBox("iinf", 0, 0, bigEndian(2, items.length), ...infos),
    isoFullBox("iloc", 0, 0, bigEndian(2, 0x44_00, items.length), ...locations),
    isoFullBox("iref", 0, 0, ...items.flatMap(({ references }) => references)),
    propertiesBox(items),
  );
}

function propertiesBox(items: readonly Item[]): Uint8Array {
  let index = 0;
  const associations = items.map(({ id, properties }) =>
    joined(bigEndian(2, id), bigEndian(1, properties.length, ...properties.map(() => ++index))),
  );
  return isoBox(
    "iprp",
    isoBox("ipco", ...items.flatMap(({ properties }) => properties)),
    isoFullBox("ipma", 0, 0, bigEndian(4, items.length), ...associations),
  );
}
