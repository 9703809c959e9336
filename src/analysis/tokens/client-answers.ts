import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import { objectAt, readsOf } from "../files/variables.ts";
import { byName } from "../memo.ts";
import { dottedPath, isFunction, memberName, propertyValue, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import type { Source } from "./source.ts";

/**
 * What the clients of identity providers answer when somebody signs in: objects that hold the tokens,
 * whether or not the program ever reads one of them.
 */

interface Client {
  /** What the text of a file that uses it says. */
  readonly says: RegExp;
  readonly methods: RegExp;
  /** What they are methods of. */
  readonly of?: RegExp;
  /** An option without which it is another function of that name. */
  readonly takes?: string;
  /** Where in the answer the tokens are. */
  readonly tokenIn: readonly string[];
  /** Methods that hand the same to a callback later, and which of its parameters that is. */
  readonly tells?: { readonly method: string; readonly parameter: number };
}

const CLIENTS: readonly Client[] = [
  {
    // `@firebase/auth` (1.7, 1.13): a user prints with `stsTokenManager`, which holds both tokens.
    says: /["'](?:@?firebase\/|[^"'\n]*\/firebase)|\bfirebase\.auth\(/u,
    methods:
      /^(?:signIn(?:WithPopup|WithCredential|WithEmailAndPassword|WithCustomToken|WithEmailLink|Anonymously)|createUserWithEmailAndPassword|(?:linkWith|reauthenticateWith)(?:Popup|Credential)|getRedirectResult)$/u,
    tokenIn: ["user"],
    tells: { method: "onAuthStateChanged", parameter: 0 },
  },
  {
    // `GoogleAuthProvider.credentialFromResult(result)`: an `OAuthCredential`
    says: /["']firebase\//u,
    of: /Provider$/u,
    methods: /^credentialFromResult$/u,
    tokenIn: [],
  },
  {
    // `@supabase/auth-js` (2.109). What `signUp` answers holds no session until the address is confirmed.
    says: /supabase/iu,
    of: /(?:^|\.)auth$/u,
    methods:
      /^(?:signInWithPassword|signInWithIdToken|getSession|refreshSession|setSession|exchangeCodeForSession|verifyOtp)$/u,
    tokenIn: ["data", "session"],
    tells: { method: "onAuthStateChange", parameter: 1 },
  },
  {
    // `@azure/msal-browser` (2.39, 5.30): an `AuthenticationResult`
    says: /msal/iu,
    methods: /^(?:acquireToken(?!Redirect)\w*|loginPopup|ssoSilent|handleRedirectPromise)$/u,
    tokenIn: [],
  },
  {
    // `@auth0/auth0-spa-js` (2.28), and what is made of it: the token itself stands in `__raw`.
    says: /auth0/iu,
    methods: /^getIdTokenClaims$/u,
    tokenIn: [],
  },
  {
    // `@react-native-google-signin/google-signin` (12, 13), whose answer was flat before 13
    says: /google-signin/u,
    of: /^GoogleSignin$/u,
    methods: /^(?:signIn|signInSilently|getTokens)$/u,
    tokenIn: ["data"],
  },
  {
    // `oidc-client` (1.11), `oidc-client-ts` (3.5): a `User` with all tokens, as is what `events` hand over
    says: /oidc-client|oidc-react|react-oidc/u,
    of: /manager|oidc|auth/iu,
    methods: /^(?:getUser|signin(?:Popup|Silent|ResourceOwnerCredentials|(?:Redirect)?Callback))$/u,
    tokenIn: [],
    tells: { method: "addUserLoaded", parameter: 0 },
  },
  {
    // `expo-web-browser` (57): `url`, with what the provider has put into it
    says: /expo-web-browser[\s\S]*access_token/u,
    methods: /^openAuthSessionAsync$/u,
    tokenIn: ["url"],
  },
  {
    // `@octokit/auth-app` (8.3): an `InstallationAccessTokenAuthentication`, or that of the app
    says: /@octokit\/auth-app/u,
    methods: /^auth$/u,
    takes: "type",
    tokenIn: [],
  },
  {
    // `expo-apple-authentication` (57): `identityToken`
    says: /apple-authentication/u,
    methods: /^signInAsync$/u,
    tokenIn: [],
  },
];

/** May a call of this name be one of theirs? */
export const isClientMethod = byName((name) => CLIENTS.some(({ methods }) => methods.test(name)));

/** Where in the answer of a client the tokens are; undefined for calls of others. */
export function tokenInAnswer(
  { file }: Analysis,
  { arguments: [given], callee }: CallNode,
  name: string,
): readonly string[] | undefined {
  if (!isClientMethod(name)) return undefined;
  const member = unwrap(callee);
  const receiver =
    member.type === "MemberExpression" ? (dottedPath(member.object)?.join(".") ?? "") : "";
  const options = objectAt(file, given);
  const isGiven = (option: string): boolean =>
    options !== undefined && propertyValue(options, option) !== undefined;
  return CLIENTS.find(
    ({ says, methods, of, takes }) =>
      methods.test(name) &&
      (of === undefined || of.test(receiver)) &&
      (takes === undefined || isGiven(takes)) &&
      says.test(file.text),
  )?.tokenIn;
}

/** What they tell later, and keep: `onAuthStateChanged(auth, (user) => …)`, `auth.currentUser`. */
export function ofClients({ file }: Analysis): Source[] {
  const told = CLIENTS.flatMap(({ says, tells }) => {
    const calls = tells === undefined ? [] : (file.index.called.get(tells.method) ?? []);
    if (tells === undefined || calls.length === 0 || !says.test(file.text)) return [];
    return calls.flatMap(({ arguments: given }) => {
      const handler = given.map((one) => unwrap(one)).find(isFunction);
      const parameter = handler?.params[tells.parameter];
      return parameter?.type === "Identifier" ? readsOf(file, parameter) : [];
    });
  });
  return [...told, ...currentUsers(file), ...rawTokens(file), ...adapters(file)].map(toSource);
}

const ADAPTER = /^_?(?:keycloak|kc)(?:Instance|Client)?$/iu;

/** What only the adapter for browsers has; that for servers is another. */
const OF_ADAPTER =
  /^(?:init|login|updateToken|tokenParsed|idTokenParsed|authenticated|loadUserProfile|onTokenExpired)$/u;

/** The adapter of `keycloak-js` (26.2), which has `token`, `idToken` and `refreshToken` as its properties. */
function adapters(file: Analysis["file"]): readonly Node[] {
  if (!/keycloak/iu.test(file.text)) return [];
  const reads = named(file.index.names, (name) => ADAPTER.test(name)).filter((node) =>
    readsOf(file, node).includes(node),
  );
  const isAdapter = reads.some(
    ({ parent }) =>
      parent?.type === "MemberExpression" && OF_ADAPTER.test(memberName(parent) ?? ""),
  );
  return isAdapter ? reads : [];
}

function toSource(node: Node): Source {
  return node.type === "MemberExpression" && memberName(node) === "__raw"
    ? { node, held: "token", certain: false }
    : { node, held: "response", certain: false, tokenIn: [] };
}

/** The user whom Firebase keeps: `auth.currentUser`, `getAuth().currentUser`; a store may keep a profile. */
function currentUsers({ index, text }: Analysis["file"]): readonly Node[] {
  const members = (index.membersNamed.get("currentUser") ?? []).filter(({ object }) => {
    const owner = unwrap(object);
    return owner.type === "CallExpression"
      ? /^(?:getAuth|auth)$/u.test(calledName(owner) ?? "")
      : /auth$/iu.test(dottedPath(owner)?.at(-1) ?? "");
  });
  return members.length > 0 && CLIENTS[0]?.says.test(text) === true ? members : [];
}

function rawTokens({ index, text }: Analysis["file"]): readonly Node[] {
  const members = index.membersNamed.get("__raw") ?? [];
  return members.length > 0 && /auth0/iu.test(text) ? members : [];
}
