// Objects of the process that every execution is given (Node's modules, fetch, Buffer …) are made unchangeable, so that
// no execution can leave anything in them for the next. The language's own objects are frozen by --frozen-intrinsics.

const hardened = new WeakSet<object>();

/** Makes `value` and all that can be reached from it by properties and prototypes unchangeable; instances stay as they are. */
export function harden(value: unknown): void {
  const waiting = [value];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (!isShared(next) || hardened.has(next)) continue;
    hardened.add(next);
    waiting.push(Object.getPrototypeOf(next), ...seal(next));
  }
}

/** Functions, prototypes and plain objects; what has a state of its own (an agent, an array's buffer) is left out. */
function isShared(value: unknown): value is object {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    Array.isArray(value) ||
    Object.hasOwn(value, "constructor")
  );
}

function seal(target: object): unknown[] {
  const reached: unknown[] = [];
  for (const key of Reflect.ownKeys(target)) {
    const property = Object.getOwnPropertyDescriptor(target, key);
    if (!property) continue;
    reached.push(property.value, property.get, property.set);
    if (!property.configurable) {
      // A writable one of a prototype (EventEmitter has such) is inherited by assignment inside Node, and stays.
      if (property.writable && typeof target === "function")
        Reflect.defineProperty(target, key, { writable: false });
    } else if ("value" in property && typeof target !== "function" && !Array.isArray(target)) {
      Reflect.defineProperty(target, key, overridable(target, key, property));
    } else {
      Reflect.defineProperty(target, key, {
        configurable: false,
        ...("value" in property && { writable: false }),
      });
    }
  }
  Object.preventExtensions(target);
  return reached;
}

/**
 * A property that cannot be changed here, but that objects which inherit it can be given a value of their own for by
 * assignment, as with an ordinary prototype.
 */
function overridable(
  home: object,
  key: PropertyKey,
  { value, enumerable }: PropertyDescriptor,
): PropertyDescriptor {
  return {
    get: () => value as unknown,
    set(this: object, own: unknown) {
      if (this === home) throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
      Object.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
    },
    enumerable: enumerable ?? false,
    configurable: false,
  };
}
