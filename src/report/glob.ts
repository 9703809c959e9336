/** Patterns of paths: `*` within a name, `**` across folders, `?` for one character. */

const compiled = new Map<string, RegExp>();

/** Paths are relative, with slashes. A pattern that names a folder stands for all that is in it. */
export function matchesGlob(path: string, pattern: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = compile(pattern);
    compiled.set(pattern, expression);
  }
  return expression.test(path);
}

function compile(pattern: string): RegExp {
  const plain = pattern.replaceAll("\\", "/").replace(/^\.\//u, "").replace(/\/$/u, "");
  const source = plain.replaceAll(/\*{2,}\/|\*{2,}|\*|\?|[^*?]+/gu, (piece) => {
    if (piece === "*") return "[^/]*";
    if (piece === "?") return "[^/]";
    if (piece.startsWith("**")) return piece.endsWith("/") ? "(?:[^/]+/)*" : ".*";
    return piece.replaceAll(/[$()+.[\\\]^{|}]/gu, String.raw`\$&`);
  });
  return new RegExp(`^${source}(?:/.*)?$`, "u");
}
