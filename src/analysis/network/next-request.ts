/**
 * The entries of Next.js that give `cookies()` and `headers()` of a request: `next/headers`, and the files that it is
 * made of, which editors import by themselves. Up to 14.2 that is one file, in 15.5 and 16.4 one for each; `dist/api`
 * is there from 14.2 on.
 */
const ENTRIES =
  /^next\/(?:headers|dist\/(?:api\/headers|client\/components\/headers|server\/request\/(?:cookies|headers)))(?:\.js)?$/u;

/** Does Next.js give the cookies and headers of a request there? */
export function givesNextRequest(specifier: string): boolean {
  return ENTRIES.test(specifier);
}
