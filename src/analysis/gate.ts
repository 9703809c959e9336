/**
 * Does the text contain any word that could matter?
 *
 * This is the hot path of the plugin: it runs on every file of a project, and 98 % of them have
 * nothing to do with JWTs. One regular expression over the text, once per file and group, before
 * anything looks at the tree.
 */

/** Which words a rule needs to see before it is worth asking anything. */
export type GateGroup = "jwt" | "token";

/** A package, class or variable that has to do with JWTs. */
const JWT = /[jJ](?:[wW][tTsSkK]|[oO][sS][eE]|son-?web-?token|sonWebToken)|JSON_WEB_TOKEN/u;

/** Packages that verify tokens without saying so in their names. */
const PACKAGE =
  /^(?:npm:|https?:.*\/)?(?:@(?:clerk|supabase|auth|feathersjs)\/|google(?:-auth-library|apis)|firebase-admin|openid-client|next-auth|better-auth|jsrsasign|jsontokens|supertokens-node|passport-http-bearer|idtoken-verifier|apple-signin-auth|verify-apple-id-token|oslo\/)/u;

/** What stands before the name of a package that is loaded by a call. */
const CALLS = ["require(", "import("];

const CALLED = /\s*["'`]([^"'`\n]*)/uy;

/** Looked for word by word: one expression over the whole text takes twice as long. */
function loadsPackage(text: string, words: readonly string[]): boolean {
  return words.some((word) => {
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
      CALLED.lastIndex = at + word.length;
      const name = CALLED.exec(text)?.[1];
      if (name !== undefined && PACKAGE.test(name)) return true;
    }
    return false;
  });
}

interface ModuleTree {
  readonly body?: readonly {
    readonly type: string;
    readonly source?: { readonly value: unknown } | null;
  }[];
}

/** The imports at the top of a module stand in its tree: no text is searched for them. */
function importsPackage({ body = [] }: ModuleTree): boolean {
  return body.some(
    ({ type, source }) =>
      (type === "ImportDeclaration" || type.startsWith("Export")) &&
      typeof source?.value === "string" &&
      PACKAGE.test(source.value),
  );
}

/** A token taken apart by hand: every hand-made decoder splits at the full stops. */
const SPLIT = /\.split\(\s*['"`]\.['"`]\s*\)/u;

/** Tokens, and what logs or carries the headers that hold them. */
const TOKEN =
  /token|bearer|authorization|eyJ|rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|allowInsecureRequests|morgan|pino-http|nestjs-pino|express-winston|req(?:uest)?\.headers\s*[,)}]/iu;

/** Does a text that is not parsed name JWTs, or a package that verifies them? */
export function mentionsJwt(text: string): boolean {
  return namesJwt(text) || loadsPackage(text, ["from"]);
}

/** The plain search before the expression halves its cost. */
function namesJwt(text: string): boolean {
  return (
    JWT.test(text) ||
    loadsPackage(text, CALLS) ||
    // A client that another file has made.
    text.includes("verifyIdToken") ||
    (text.includes(".split(") && SPLIT.test(text))
  );
}

const answers = new WeakMap<object, Partial<Record<GateGroup, boolean>>>();

/**
 * @param names what the program's own libraries are imported by; asked for once a file
 * @returns whether rules of this group have anything to look at in the file
 */
export function passesGate(
  sourceCode: { readonly text: string; readonly ast: object },
  group: GateGroup,
  names: () => readonly string[] = () => [],
): boolean {
  let known = answers.get(sourceCode.ast);
  if (known === undefined) {
    known = {};
    answers.set(sourceCode.ast, known);
  }
  const { text, ast } = sourceCode;
  // Asked once for both groups.
  known.jwt ??=
    namesJwt(text) || importsPackage(ast) || names().some((name) => text.includes(name));
  return group === "jwt" ? known.jwt : (known.token ??= known.jwt || TOKEN.test(text));
}
