/**
 * A look-up by names that source code chooses. Plain objects also answer to the names that all
 * objects inherit: `toString` and `constructor` would be functions of every library.
 */
export function table<Entries extends object>(entries: Entries): Entries {
  return Object.assign(Object.create(null) as Entries, entries);
}
