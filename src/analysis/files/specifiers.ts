/** Does a module specifier name a file from where it stands, rather than a package? */
export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/u.test(specifier);
}

/**
 * Can it be no package? Names of packages begin with a letter, or with `@` and a scope; Node leaves `#`
 * to a package's own imports.
 */
export function isNoPackage(specifier: string): boolean {
  return /^[./~#$]|^@{1,2}\//u.test(specifier);
}
