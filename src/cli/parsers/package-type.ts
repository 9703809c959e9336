import { readFileSync } from "node:fs";
import path from "node:path";

/** Whether `.js` files of a folder are modules, which the nearest package.json says. */
export class PackageTypes {
  readonly #known = new Map<string, "module" | "commonjs">();

  of(file: string): "module" | "commonjs" {
    return this.#ofFolder(path.dirname(file));
  }

  #ofFolder(folder: string): "module" | "commonjs" {
    const known = this.#known.get(folder) ?? readType(folder) ?? this.#ofParent(folder);
    this.#known.set(folder, known);
    return known;
  }

  #ofParent(folder: string): "module" | "commonjs" {
    const parent = path.dirname(folder);
    return parent === folder ? "commonjs" : this.#ofFolder(parent);
  }
}

/** `undefined` where there is no package.json; one that cannot be read says nothing. */
function readType(folder: string): "module" | "commonjs" | undefined {
  let text: string;
  try {
    text = readFileSync(path.join(folder, "package.json"), "utf8");
  } catch {
    return undefined;
  }
  try {
    const { type } = JSON.parse(text) as { readonly type?: unknown };
    return type === "module" ? "module" : "commonjs";
  } catch {
    return "commonjs";
  }
}
