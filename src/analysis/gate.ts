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

/**
 * Packages that verify tokens without saying so in their names, as they stand in an import. Written
 * out, for a search of every name on its own costs three times as much.
 */
const PACKAGE =
  /["'`/](?:@(?:clerk|supabase|auth|feathersjs)\/|google(?:-auth-library|apis)|firebase-admin|openid-client|next-auth|better-auth|jsrsasign|jsontokens|supertokens-node|passport-http-bearer|idtoken-verifier|apple-signin-auth|verify-apple-id-token|oslo\/)/u;

/** A token taken apart by hand: every hand-made decoder splits at the full stops. */
const SPLIT = /\.split\(\s*['"`]\.['"`]\s*\)/u;

const TOKEN = /token|bearer|authorization|eyJ|rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/iu;

const TESTS: Readonly<Record<GateGroup, (text: string) => boolean>> = {
  jwt: mentionsJwt,
  token: (text) => mentionsJwt(text) || TOKEN.test(text),
};

/** The plain search before the expression halves its cost. */
export function mentionsJwt(text: string): boolean {
  return (
    JWT.test(text) ||
    PACKAGE.test(text) ||
    // A client that another file has made.
    text.includes("verifyIdToken") ||
    (text.includes(".split(") && SPLIT.test(text))
  );
}

const answers = new WeakMap<object, Partial<Record<GateGroup, boolean>>>();

/**
 * @param names what the program's own libraries are imported by
 * @returns whether rules of this group have anything to look at in the file
 */
export function passesGate(
  sourceCode: { readonly text: string; readonly ast: object },
  group: GateGroup,
  names: readonly string[] = [],
): boolean {
  let known = answers.get(sourceCode.ast);
  if (known === undefined) {
    known = {};
    answers.set(sourceCode.ast, known);
  }
  return (known[group] ??=
    TESTS[group](sourceCode.text) || names.some((name) => sourceCode.text.includes(name)));
}
