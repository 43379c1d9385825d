import binaryen from "binaryen";
import { describe, expect, test } from "vitest";

import { slimWasm } from "../../../scripts/build/slim-wasm.ts";

const notice = "changed – by a test, ".repeat(9);

/** A module with two functions, of which `spare` alone needs a third; it imports a function unless told otherwise. */
function moduleBytes({ memory = true, imports = true } = {}): Uint8Array {
  const module = binaryen.parseText(`(module
    ${imports ? '(import "env" "log" (func $log (param i32)))' : ""}
    ${memory ? '(memory 2)\n(export "memory" (memory 0))' : ""}
    (func $wanted (result i32) ${imports ? "(call $log (i32.const 1))" : ""} 
      ${memory ? "(i32.store (i32.const 0) (i32.const 7)) (i32.load (i32.const 0))" : "(i32.const 7)"})
    (func $deep (result i32) (i32.const 8))
    (func $spare (result i32) (call $deep))
    (export "wanted" (func $wanted))
    (export "spare" (func $spare)))`);
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}

function compile(bytes: Uint8Array): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(bytes));
}

function exportsOf(module: WebAssembly.Module): string[] {
  return WebAssembly.Module.exports(module).map(({ name }) => name);
}

describe("a slimmed module", () => {
  test("exports what is wanted, and no more", () => {
    const slim = compile(slimWasm(moduleBytes(), { exports: ["memory", "wanted"], maxPages: 300, notice }));
    expect(exportsOf(slim).toSorted()).toEqual(["memory", "wanted"]);
  });

  test("is smaller than what it was made of", () => {
    const bytes = moduleBytes();
    const slim = slimWasm(bytes, { exports: ["memory", "wanted"], maxPages: 3, notice: "" });
    expect(slim.length).toBeLessThan(bytes.length);
  });

  test("says in itself that it was changed", () => {
    const slim = compile(slimWasm(moduleBytes(), { exports: ["wanted"], maxPages: 3, notice }));
    const said = WebAssembly.Module.customSections(slim, "notice").map((section) =>
      new TextDecoder().decode(section),
    );
    expect(said).toEqual([notice]);
  });

  test("has a memory that grows to its bound and not beyond", () => {
    const slim = compile(
      slimWasm(moduleBytes({ imports: false }), { exports: ["memory", "wanted"], maxPages: 300, notice }),
    );
    const memory = new WebAssembly.Instance(slim).exports["memory"];
    if (!(memory instanceof WebAssembly.Memory)) throw new Error("there is no memory");
    expect(memory.buffer.byteLength).toBe(2 * 65_536);
    expect(memory.grow(298)).toBe(2);
    expect(() => memory.grow(1)).toThrow(RangeError);
  });

  test("takes a memory that is smaller than it asks for, where it is told that it may", () => {
    const options = { exports: ["wanted"], initialPages: 1, maxPages: 200, notice, importsMemory: true };
    const slim = compile(slimWasm(moduleBytes(), options));
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 200 });
    expect(() => new WebAssembly.Instance(slim, { env: { log: () => {} }, host: { memory } })).not.toThrow();
  });

  test("imports its memory where it is to be handed on", () => {
    const slim = compile(
      slimWasm(moduleBytes(), { exports: ["wanted"], maxPages: 200, notice, importsMemory: true }),
    );
    expect(WebAssembly.Module.imports(slim)).toContainEqual({
      module: "host",
      name: "memory",
      kind: "memory",
    });
    const memory = new WebAssembly.Memory({ initial: 2, maximum: 200 });
    const logged: number[] = [];
    const log = (value: number): void => void logged.push(value);
    const { wanted } = new WebAssembly.Instance(slim, { env: { log }, host: { memory } }).exports;
    const answer: unknown = typeof wanted === "function" ? Reflect.apply(wanted, undefined, []) : null;
    expect(answer).toBe(7);
    expect(logged).toEqual([1]);
  });
});

describe("slimming refuses", () => {
  test("to keep an export that there is not", () => {
    expect(() => slimWasm(moduleBytes(), { exports: ["absent"], maxPages: 3, notice })).toThrow(
      "does not export absent",
    );
  });

  test("a module without a memory of its own", () => {
    const bytes = moduleBytes({ memory: false });
    expect(() => slimWasm(bytes, { exports: ["wanted"], maxPages: 3, notice })).toThrow(
      "has no memory of its own",
    );
  });

  test("to let a module import its memory that imports nothing else", () => {
    const options = { exports: ["wanted"], maxPages: 3, notice, importsMemory: true };
    expect(() => slimWasm(moduleBytes({ imports: false }), options)).toThrow("imports nothing");
  });
});
