/**
 * MD5 (RFC 1321), which browsers do not have: the storage names the bytes of its objects by it. It tells here whether two
 * files are the same, and protects nothing.
 */
class Md5 {
  readonly #state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  readonly #block = new Uint8Array(64);
  readonly #words = new DataView(this.#block.buffer);
  #filled = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + 64 - this.#filled);
      this.#block.set(part, this.#filled);
      at += part.length;
      this.#filled += part.length;
      if (this.#filled === 64) this.#digestBlock();
    }
  }

  /** The digest in hexadecimal digits. */
  end(): string {
    const bits = BigInt(this.#length) * 8n;
    this.update(Uint8Array.of(0x80));
    while (this.#filled !== 56) this.update(Uint8Array.of(0));
    this.#words.setBigUint64(56, bits, true);
    this.#digestBlock();
    return Array.from(this.#state, littleEndianHex).join("");
  }

  #digestBlock(): void {
    let [a = 0, b = 0, c = 0, d = 0] = this.#state;
    for (let step = 0; step < 64; step += 1) {
      const round = step >> 4;
      const mixed = mix(round, [b, c, d]);
      const word = this.#words.getUint32(4 * wordOf(round, step), true);
      const sum = (a + mixed + (sines[step] ?? 0) + word) | 0;
      const turn = turns[4 * round + (step & 3)] ?? 0;
      [a, d, c, b] = [d, c, b, (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0];
    }
    for (const [index, value] of [a, b, c, d].entries())
      this.#state[index] = ((this.#state[index] ?? 0) + value) >>> 0;
    this.#filled = 0;
  }
}

/** The constants of the steps: the sines of 1 to 64 as fractions (RFC 1321 §3.4). */
const sines = Array.from({ length: 64 }, (_, step) => Math.floor(2 ** 32 * Math.abs(Math.sin(step + 1))) | 0);

/** How far each step turns its sum: four numbers for each round. */
const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

function mix(round: number, [b, c, d]: readonly [number, number, number]): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (d & b) | (~d & c);
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}

function wordOf(round: number, step: number): number {
  if (round === 0) return step;
  if (round === 1) return (5 * step + 1) & 15;
  return round === 2 ? (3 * step + 5) & 15 : (7 * step) & 15;
}

function littleEndianHex(value: number): string {
  return [0, 8, 16, 24].map((shift) => ((value >>> shift) & 255).toString(16).padStart(2, "0")).join("");
}

/** So many bytes are read at once: the page stays quick meanwhile. */
const pieceBytes = 1024 * 1024;

/** The MD5 of a file, read piece by piece. Throws the signal's reason, and what the browser throws for a file it cannot read. */
export async function md5Of(file: Blob, signal: AbortSignal): Promise<string> {
  const hash = new Md5();
  for (let at = 0; at < file.size; at += pieceBytes) {
    signal.throwIfAborted();
    hash.update(new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer()));
  }
  return hash.end();
}
