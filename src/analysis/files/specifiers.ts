/** Does a module specifier name a file from where it stands, rather than a package? */
export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/u.test(specifier);
}
