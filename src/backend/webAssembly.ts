/** What is used of WebAssembly, whose types come with TypeScript's DOM library only. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number }) => Memory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: object };
};

export interface Memory {
  buffer: ArrayBuffer;
}

/** @returns a memory of that many pages of 64 KB, all zero; undefined where the system grants none. */
export function newMemory(pages: number): Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    return undefined;
  }
}

/** @returns what a module exports that imports one memory, as `engine.memory`. */
export function instantiate(bytes: Uint8Array, memory: Memory): object {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { engine: { memory } }).exports;
}
