/** Does a module specifier name a file from where it stands, rather than a package? */
export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/u.test(specifier);
}

/**
 * Can it only be a file of the program, by a path or by an alias? Names of packages begin with a letter,
 * or with `@` and a scope. What begins with `$` or `#` may be a framework's own: `$env/static/public`.
 */
export function isOwnFile(specifier: string): boolean {
  return /^(?:[./~]|@{1,2}\/|\$lib\/)/u.test(specifier);
}
