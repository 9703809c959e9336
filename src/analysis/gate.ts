/**
 * Does the text contain any word that could matter?
 *
 * This is the hot path of the plugin: it runs on every file of a project, and 98 % of them have
 * nothing to do with JWTs. One regular expression over the text, once per file and group, before
 * anything looks at the tree.
 */
import { topStatements } from "./syntax.ts";

/** Which words a rule needs to see before it is worth asking anything. */
export type GateGroup = "jwt" | "token";

/** A package, class or variable that has to do with JWTs. */
const JWT = /[jJ](?:[wW][tTsSkK]|[oO][sS][eE]|son-?web-?token|sonWebToken)|JSON_WEB_TOKEN/u;

/** Packages that verify tokens without saying so in their names. */
const PACKAGE =
  /^(?:npm:|https?:.*\/)?(?:@(?:clerk|supabase|auth|feathersjs|stream-io)\/|@pusher\/push-notifications-server|stream-chat$|getstream$|@?strapi[/-]plugin-users-permissions|google(?:-auth-library|apis)|firebase-admin|openid-client|next-auth|better-auth|jsrsasign|jsontokens|livekit-server-sdk|supertokens-node|twilio(?:$|\/)|passport-http-bearer|idtoken-verifier|apple-signin-auth|verify-apple-id-token|oslo\/|hono\/middleware|firebase$)/u;

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

/** A token taken apart by hand: every hand-made decoder splits at the full stops. */
const SPLIT = /\.split\(\s*['"`]\.['"`]\s*\)/u;

/** What reads the parts then. */
const BASE64 = /atob\(|base64/iu;

/**
 * `JSON.parse(atob(session.value.split(".")[1]))`: the form alone says what it is, whatever it is called. A search for one word that
 * begins with a rare letter costs next to nothing, and few files hold it.
 */
function readsByHand(text: string): boolean {
  return text.includes("JSON.parse(") && SPLIT.test(text) && BASE64.test(text);
}

/**
 * Tokens, the pair of names under which clients keep them, and what logs or carries the headers that
 * hold them. Words that most files do not hold, in the spellings that people use. It begins with letters
 * that are rare, and looks back from them: a search for the words as they are written stops at every
 * `t`, `o` and `e`, and takes three times as long. What is broken or clearer does not pass.
 */
const TOKEN =
  /[kKzZJbBIq](?:en(?<=[tT]oken)|ey(?<=OrKey)|EN(?<=TOKEN)|(?<=uthoriz|UTHORIZ|eyJ)|earer|EARER|nsecure(?<=allowInsecure)|tem\((?<=tItem\()["'`](?:access|refresh)["'`]|(?:uest)?(?<=req(?:uest)?)["'`\]]{0,2}[.[]["'`]?headers["'`\]]*\s*[,)}]|uire\(["'`]pino-http)/u;

/**
 * Either of the two. Most files hold neither, and one search for both costs them little more than half
 * of what two do.
 */
const EITHER = new RegExp(`${JWT.source}|${TOKEN.source}`, "u");

/** Packages that hold tokens, or log the headers that do, without a word of it in the file. */
const TOKEN_PACKAGE =
  /^(?:morgan$|nestjs-pino|pino-http$|express-winston|@react-oauth\/|react-google-login$|@?firebase\/(?:compat\/)?auth$|pocketbase$|@auth0\/|@azure\/msal-|oidc-|react-oidc|.*\/(?:firebase|supabase))/u;

/**
 * Settings that hold the key may say no word of JWTs: `module.exports = { secret: "…" }` of `auth.config.js`,
 * `process.env.SEED = process.env.SEED || "…"`.
 */
const SECRET = /\bsecret(?:_?[kK]ey)?["'`]?\s*:\s*(?:["'`]|process\b)|\bSEED["'`\]]*\s*(?:\|\||=)/u;

/** Modules of settings are small, in characters; others are not searched for them. */
const SETTINGS_SIZE = 2000;

/** Does a text that is not parsed name JWTs, or a package that verifies them? */
export function mentionsJwt(text: string): boolean {
  return (
    JWT.test(text) ||
    loadsPackage(text, ["from", ...CALLS]) ||
    SPLIT.test(text) ||
    hasTelltale(text)
  );
}

/** A client that another file has made, the address at which Google checks a token, a key of passport-jwt. */
function hasTelltale(text: string): boolean {
  return (
    text.includes("verifyIdToken") || text.includes("tokeninfo") || text.includes("secretOrKey")
  );
}

interface ModuleTree {
  readonly body?: readonly Statement[];
}

interface Statement {
  readonly type: string;
  readonly source?: { readonly value: unknown } | null;
  readonly specifiers?: readonly { readonly local: Name }[];
  readonly declarations?: readonly { readonly id: Pattern; readonly init: Expression | null }[];
}

interface Name {
  readonly name?: string;
}

interface Pattern extends Name {
  readonly properties?: readonly { readonly value?: Name }[];
}

interface Expression {
  readonly type: string;
  readonly object?: Expression;
  readonly arguments?: readonly { readonly value?: unknown }[];
}

/** What a module loads at its top stands in its tree: no text is searched for it. */
function loadsAtTop({ body = [] }: ModuleTree, packages: RegExp): boolean {
  const isOne = (name: unknown): boolean => typeof name === "string" && packages.test(name);
  return topStatements(body).some(({ source, declarations }) =>
    declarations === undefined
      ? isOne(source?.value)
      : declarations.some(({ init }) => isOne(firstArgument(init))),
  );
}

/** Of `require("x")` and `require("x").y`. */
function firstArgument(init: Expression | null): unknown {
  const call = init?.type === "MemberExpression" ? init.object : init;
  return call?.type === "CallExpression" ? call.arguments?.[0]?.value : undefined;
}

/** A controller of Nest whose service signs somebody in: `return this.authService.login(dto)` says no word of a token. */
function handsToService(text: string, ast: ModuleTree): boolean {
  return text.includes("AuthService") && loadsAtTop(ast, NEST);
}

const NEST = /^@nestjs\/common$/u;

/** Functions that by their name make, read or check tokens: `generateToken(user)`, `auth.verifyToken(token)`. */
const HANDS =
  /\b(?:(\w+)\.)?((?:sign|generate|gen|create|issue|make|build|decode|verify|validate|check)(?:[A-Z]\w*)?Tokens?)\b/gu;

/** The same, named as the libraries name theirs: `verify(token, secret)`. */
const HANDS_BY_VERB = /(?<![\w.$])(?:sign|verify|decode)(?=\()/gu;

/** Modules of the program that are named for tokens: `"./utils/token"`, `"@/lib/token"`. */
const TOKEN_MODULE = /^(?:\.{1,2}|[@~#$][\w-]*)\/.*[tT]oken/u;

/** The modules from which a module takes such functions, or what has them, as it names them at its top. */
function takesFrom(text: string, { body = [] }: ModuleTree): string[] {
  const hands = new Set([
    ...[...text.matchAll(HANDS)].map(([, owner, name]) => owner ?? name),
    ...[...text.matchAll(HANDS_BY_VERB)].map(([name]) => name),
  ]);
  const isTaken = (module: string, locals: readonly Name[]): boolean =>
    TOKEN_MODULE.test(module) || locals.some(({ name }) => hands.has(name));
  return topStatements(body).flatMap(({ source, specifiers = [], declarations = [] }) => {
    const loaded = [
      { module: source?.value, locals: specifiers.map(({ local }) => local) },
      ...declarations.map(({ id, init }) => ({
        module: firstArgument(init),
        locals: [id, ...(id.properties ?? []).flatMap(({ value }) => value ?? [])],
      })),
    ];
    return loaded.flatMap(({ module, locals }) =>
      typeof module === "string" && isTaken(module, locals) ? [module] : [],
    );
  });
}

/** For each group of rules, whether they have anything to look at in a file. */
export type Gate = Readonly<Record<GateGroup, boolean>>;

/**
 * @param names what the program's own libraries are imported by; asked for once a file
 * @param reaches whether a library may lie behind a module specifier of the file; asked for where the
 * file takes functions from there that by their name have to do with tokens
 */
export function gateOf(
  { text, ast }: { readonly text: string; readonly ast: object },
  names: () => readonly string[] = () => [],
  reaches: (specifier: string) => boolean = () => false,
): Gate {
  const either = EITHER.test(text);
  const token = either && TOKEN.test(text);
  const jwt =
    (either && JWT.test(text)) ||
    (text.length < SETTINGS_SIZE && SECRET.test(text)) ||
    loadsAtTop(ast, PACKAGE) ||
    names().some((name) => text.includes(name)) ||
    readsByHand(text) ||
    handsToService(text, ast) ||
    // What else has to do with JWTs speaks of tokens somewhere.
    (token &&
      (hasTelltale(text) ||
        loadsPackage(text, CALLS) ||
        SPLIT.test(text) ||
        takesFrom(text, ast).some(reaches)));
  return { jwt, token: token || jwt || loadsAtTop(ast, TOKEN_PACKAGE) };
}
