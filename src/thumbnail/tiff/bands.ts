import type { Account } from "../budget.ts";
import type { JpegReader } from "./jpeg.ts";
import type { Page } from "./directory/page.ts";
import type { Painter } from "./painter.ts";
import type { RowReader } from "./rows.ts";

/** A row of blocks, put together: all rows of one or several planes. */
interface Band {
  /** Rows of each plane; null where the plane does not matter. */
  readonly planes: readonly (Uint8Array | null)[];
  readonly rowBytes: number;
}

/** Paints a page of whole strips: each row as it comes, so that nothing is held but that. */
export function paintStrips(page: Page, reader: RowReader, painter: Painter): void {
  const { blocks, height } = page;
  for (let row = 0; row < blocks.down; row++) {
    const rows = Math.min(blocks.height, height - row * blocks.height);
    if (skipRows(painter, row * blocks.height, rows)) continue;
    const packed = blocks.packed({ plane: 0, row, column: 0 }, reader.mostPacked(rows));
    let isDone = false;
    reader.read(packed, rows, (samples) => (isDone = painter.paint([samples])));
    if (isDone) return;
  }
}

/** Paints a page of tiles, or with planes of their own: a row of blocks at a time is held. */
export function paintBands(account: Account, page: Page, reader: RowReader, painter: Painter): void {
  const { blocks } = page;
  const band = openBand(account, page, reader.bytesARow * blocks.across, page.isPlanar ? page.samples : 1);
  eachBand(page, painter, band, (row, rows) => {
    const atMost = reader.mostPacked(blocks.areTiles ? blocks.height : rows);
    for (const [plane, target] of band.planes.entries()) {
      if (target === null) continue;
      for (let column = 0; column < blocks.across; column++) {
        const left = column * reader.bytesARow;
        reader.read(blocks.packed({ plane, row, column }, atMost), rows, (samples, y) => {
          target.set(samples, y * band.rowBytes + left);
          return false;
        });
      }
    }
  });
}

/** The same where the blocks are JPEG streams. */
export function paintJpegBands(account: Account, page: Page, reader: JpegReader, painter: Painter): void {
  const { blocks } = page;
  const band = openBand(account, page, blocks.width * blocks.across, page.samples);
  eachBand(page, painter, band, (row, rows) => {
    for (let first = 0; first < (page.isPlanar ? page.samples : 1); first++) {
      if ((band.planes[first] ?? null) === null) continue;
      for (let column = 0; column < blocks.across; column++) {
        const packed = blocks.packed({ plane: first, row, column }, Number.POSITIVE_INFINITY);
        reader.read(packed, { width: blocks.width, rows }, (plane, samples) => {
          const target = band.planes[first + plane] ?? null;
          if (target === null) return;
          for (let y = 0; y < rows; y++) {
            const line = samples.subarray(y * blocks.width, (y + 1) * blocks.width);
            target.set(line, y * band.rowBytes + column * blocks.width);
          }
        });
      }
    }
  });
}

function openBand(account: Account, page: Page, rowBytes: number, planes: number): Band {
  const isWanted = (sample: number) => planes === 1 || sample < page.colours || sample === page.alpha?.sample;
  const wanted = Array.from({ length: planes }, (_, sample) => isWanted(sample));
  const bytes = rowBytes * Math.min(page.blocks.height, page.height);
  account.take(bytes * wanted.filter(Boolean).length);
  return { planes: wanted.map((each) => (each ? new Uint8Array(bytes) : null)), rowBytes };
}

function eachBand(page: Page, painter: Painter, band: Band, fill: (row: number, rows: number) => void): void {
  const { blocks, height } = page;
  const none = new Uint8Array(0);
  for (let row = 0; row < blocks.down; row++) {
    const rows = Math.min(blocks.height, height - row * blocks.height);
    if (skipRows(painter, row * blocks.height, rows)) continue;
    fill(row, rows);
    for (let y = 0; y < rows; y++) {
      const from = y * band.rowBytes;
      const lines = band.planes.map((plane) => plane?.subarray(from, from + band.rowBytes) ?? none);
      if (painter.paint(lines)) return;
    }
  }
}

/** Goes past rows that are all above what the thumbnail shows; false, and nothing done, for others. */
function skipRows(painter: Painter, first: number, rows: number): boolean {
  if (first + rows > painter.firstRow) return false;
  for (let y = 0; y < rows; y++) painter.skip();
  return true;
}
