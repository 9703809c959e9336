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

/** A token taken apart by hand: every hand-made decoder splits at the full stops. */
const SPLIT = /\.split\(\s*['"`]\.['"`]\s*\)/u;

const TOKEN =
  /token|bearer|authorization|eyJ|rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/iu;

const TESTS: Readonly<Record<GateGroup, (text: string) => boolean>> = {
  jwt: mentionsJwt,
  token: (text) => mentionsJwt(text) || TOKEN.test(text),
};

/** The plain search before the expression halves its cost. */
function mentionsJwt(text: string): boolean {
  return JWT.test(text) || (text.includes(".split(") && SPLIT.test(text));
}

const answers = new WeakMap<object, Partial<Record<GateGroup, boolean>>>();

/** @returns whether rules of this group have anything to look at in the file */
export function passesGate(
  sourceCode: { readonly text: string; readonly ast: object },
  group: GateGroup,
): boolean {
  let known = answers.get(sourceCode.ast);
  if (known === undefined) {
    known = {};
    answers.set(sourceCode.ast, known);
  }
  return (known[group] ??= TESTS[group](sourceCode.text));
}
