/** What stands in for some of an object's members; typed loosely, as bindings have overloads. */
export type Replacements = Readonly<Record<string, unknown>>;

/** The same object with some members replaced: real bindings that count, fail or delay what a test is about. */
export function replaced<T extends object>(target: T, replacements: Replacements): T {
  return new Proxy(target, {
    get: (_target, name): unknown => {
      if (typeof name === "string" && Object.hasOwn(replacements, name)) return replacements[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
