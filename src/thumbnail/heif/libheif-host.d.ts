/** What the Emscripten side of libheif is given; the script is made by `scripts/build/decoders.ts`. */
interface HostOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ): WebAssembly.Exports;
  print(line: string): void;
  printErr(line: string): void;
}

/** Starts an instance of libheif, at once if `instantiateWasm` does. */
declare function createHeif(options: HostOptions): unknown;

export default createHeif;
