// Lets plain Node run the service's readers and decoders: `.wasm` files are imported the way Workers do, as a
// compiled WebAssembly.Module, and ExifReader as bundlers do, by its ES modules. Its other form, which Node would
// take, is a UMD bundle whose exports have no names in Node.
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, nextResolve) {
    return nextResolve(specifier === "exifreader" ? "exifreader/src/exif-reader.js" : specifier, context);
  },
  load(url, context, nextLoad) {
    if (!url.endsWith(".wasm")) return nextLoad(url, context);
    const source = `import { readFileSync } from "node:fs";
      export default new WebAssembly.Module(readFileSync(new URL(${JSON.stringify(url)})));`;
    return { format: "module", source, shortCircuit: true };
  },
});
