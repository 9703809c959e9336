/** A property path, and what its first name stands for: a variable, or the class that `this` is in. */
export interface Place<Holder> {
  readonly holder: Holder;
  readonly path: string;
}

/** What stands at the places of a file. */
export class ByPlace<Holder, Item> {
  readonly #items = new Map<Holder, Map<string, Item[]>>();

  add({ holder, path }: Place<Holder>, item: Item): void {
    const paths = this.#items.get(holder) ?? new Map<string, Item[]>();
    this.#items.set(holder, paths);
    const items = paths.get(path);
    if (items === undefined) paths.set(path, [item]);
    else items.push(item);
  }

  at({ holder, path }: Place<Holder>): readonly Item[] {
    return this.#items.get(holder)?.get(path) ?? [];
  }

  isEmpty(): boolean {
    return this.#items.size === 0;
  }
}
