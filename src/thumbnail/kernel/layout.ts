/**
 * Where things lie in the kernel's memory: one file read by both sides, the AssemblyScript kernel and its
 * TypeScript host. All fields are 32-bit little-endian integers, offsets are in bytes.
 */

/** A JPEG component (T.81 B.2.2): sampling factors, the number of samples wanted of a block's side (1, 2, 4, 8). */
export const C_H = 0;
export const C_V = 4;
export const C_N = 8;
/** Blocks across and down that hold picture (A.2.2), and across as stored: whole MCUs (A.2.4). */
export const C_BLOCKS_X = 12;
export const C_BLOCKS_Y = 16;
export const C_BLOCKS_STRIDE = 20;
/** Dequantisation factors, 64 floats in zigzag order. */
export const C_QUANT = 24;
/** The Huffman tables of the current scan. */
export const C_DC_TABLE = 28;
export const C_AC_TABLE = 32;
/** DC prediction (F.1.1.5.1). */
export const C_PRED = 36;
/** The block columns and rows that the thumbnail's crop touches, first and one past the last. */
export const C_CROP_X0 = 40;
export const C_CROP_X1 = 44;
export const C_CROP_Y0 = 48;
export const C_CROP_Y1 = 52;
/** The channel that takes this component's samples. */
export const C_CHANNEL = 56;
/** Progressive only: coefficients (n × n 16-bit words a block), and a 64-bit map of non-zero coefficients a block. */
export const C_COEFS = 60;
export const C_BITMAP = 64;
export const C_SIZE = 68;

/** A channel: rows of samples go in at the top, rows of the thumbnail come out. */
export const R_RING = 0;
export const R_RING_ROWS = 4;
export const R_STRIDE = 8;
/** Width of the rows in samples, and how many rows the source has in all. */
export const R_WIDTH = 12;
export const R_HEIGHT = 16;
/** Rows that have come in, rows that have gone out. */
export const R_ROWS_IN = 20;
export const R_ROWS_OUT = 24;
export const R_OUT = 28;
export const R_OUT_WIDTH = 32;
export const R_OUT_HEIGHT = 36;
/** Vertical filter: first row and weights (16-bit, 1.0 = 16384) of each output row; the number of taps is even. */
export const R_V_START = 40;
export const R_V_WEIGHTS = 44;
export const R_V_TAPS = 48;
/** Horizontal filter, likewise; the number of taps is a multiple of 8. */
export const R_H_START = 52;
export const R_H_WEIGHTS = 56;
export const R_H_TAPS = 60;
/** Scratch: one row between the passes (16-bit, 6 fractional bits), and a pointer to each tap's row. */
export const R_MIDDLE = 64;
export const R_TAP_ROWS = 68;
export const R_SIZE = 72;

/** Bytes of one decoding table as `buildTable` makes it. */
export const TABLE_BYTES = 13056;

/** Bytes of the window on the file, and of the unstuffed bytes made from it. */
export const RAW_BYTES = 65536;
export const CLEAN_BYTES = 65536;
/** Unstuffed bytes that one MCU may take at most: 64 blocks of 64 symbols of 32 bits; and room behind them. */
export const RESERVE_BYTES = 16640;
export const INPUT_BYTES = 147840;

/** How a scan ended. */
export const SCAN_MARKER = 0;
export const SCAN_ENOUGH = 1;

/** What the planes hold. */
export const COLOUR_GRAY = 0;
export const COLOUR_RGB = 1;
export const COLOUR_YCC = 2;
export const COLOUR_CMYK = 3;
export const COLOUR_YCCK = 4;
/** Adobe's CMYK, in which 255 is no ink. */
export const COLOUR_CMYK_INVERTED = 5;
export const COLOUR_YCCK_INVERTED = 6;

/** Rows of pixels on their way to the channels. Channels: up to 4, one address each; how many there are. */
export const P_CHANNELS = 0;
export const P_PLANES = 16;
/** Pixels are averaged in squares of `FACTOR` before the channels filter them. */
export const P_FACTOR = 20;
/** Size of the picture, the part that is wanted (pixels; whole squares), rows that came in. */
export const P_WIDTH = 24;
export const P_HEIGHT = 28;
export const P_X0 = 32;
export const P_X1 = 36;
export const P_Y0 = 40;
export const P_Y1 = 44;
export const P_ROW = 48;
/** One row of 8-bit planes, `STRIDE` bytes each, and sums of such rows: 16 bits, same shape. */
export const P_PLANAR = 52;
export const P_SUMS = 56;
export const P_STRIDE = 60;
/** How pixels are coded: bits a sample, samples a pixel, lookup table (256 × RGBX) or 0. */
export const P_DEPTH = 64;
export const P_SAMPLES = 68;
export const P_LOOKUP = 72;
/** A colour that counts as transparent: -1 for none, else three samples. */
export const P_KEY0 = 76;
export const P_KEY1 = 80;
export const P_KEY2 = 84;
/** What samples of 16 bits are as 8, for each plane of colour a table of 65,536, or 0: their upper half. */
export const P_TONES = 88;
/** 1 to have the last plane hold the alpha, by which the others are multiplied, instead of laying them on white. */
export const P_ALPHA = 92;
export const P_SIZE = 96;

/** A PNG being read: two rows that take turns, the bytes of the present one that are there, passes, where to put it. */
export const N_ROW = 0;
export const N_ABOVE = 4;
export const N_FILLED = 8;
export const N_PIXEL_BYTES = 12;
export const N_PASSES = 16;
export const N_PASS = 20;
export const N_Y = 24;
/** The rows' record (`P_`), and an interlaced picture's store, 0 for none. */
export const N_ROWS = 28;
export const N_RASTER = 32;
/** 1 once all rows were there. */
export const N_DONE = 36;
export const N_SIZE = 40;

/** A pass: bytes of a row with its filter byte (0 ends the list), size, place in the store, steps in it. */
export const Q_ROW_BYTES = 0;
export const Q_WIDTH = 4;
export const Q_HEIGHT = 8;
export const Q_OUT = 12;
export const Q_ROW_STEP = 16;
export const Q_DX = 20;
export const Q_SIZE = 24;

/** Work area of the inflater. */
export const INFLATE_BYTES = 84096;
