/** Does a module specifier name a file from where it stands, rather than a package? */
export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/u.test(specifier);
}

/**
 * Can it only be a file of the program, by a path or by an alias? Names of packages begin with a letter,
 * or with `@` and a scope. What begins with `$` or `#` may be a framework's own: `$env/static/public`.
 */
export function isOwnFile(specifier: string): boolean {
  return /^(?:[./~]|@{1,2}\/|\$lib\/)/u.test(specifier) || BY_DIRECTORY.test(specifier);
}

/**
 * Aliases that are called as the directory they lead to: `@services/auth`, and `src/auth` by the `baseUrl` of a
 * project. As scopes of packages these words are not in use.
 */
const BY_DIRECTORY =
  /^(?:src|@(?:src|app|libs?|utils?|helpers|services?|modules|models|entities|controllers|routes|middlewares?|guards|repositories|config|constants|shared|common|domain|infrastructure|database|db|server|backend|dtos?|errors|exceptions|interfaces))\//u;
