import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { saidByClient } from "../network/request.ts";
import { dottedPath, isFunction, parentOf, rootOf, staticKey, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { settledWith, settles } from "../values/settled.ts";
import { may } from "../values/value.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { askedFor, isOfRecord } from "../data/asked-records.ts";
import { hasWithin } from "../within.ts";
import { isToldOnlyWho } from "./told-only-who.ts";
import { asksNothing } from "./unasked.ts";

/**
 * `CredentialsProvider({ authorize: (credentials) => ({ id: credentials.name }) })` of Auth.js, or the record that is
 * found by no more than the name: whatever somebody has typed in, this says who he is, and the session's token is made of
 * it. Only functions that are known whole are told.
 *
 * @returns what says that somebody has signed in
 */
export function openSignIns(analysis: Analysis): Node[] {
  const { core, file, operations } = analysis;
  if (!/\bauth(?:\/core)?\/providers/u.test(file.text) || isStandIn(file)) return [];
  return file.index.calls
    .filter((call) => isProvider(core, call))
    .flatMap((call) => {
      const authorize = authorizeOf(call);
      if (authorize === undefined || GUESTS.test(file.text.slice(...call.range))) return [];
      // Whoever has signed in elsewhere brings the token of it, which the services behind verify.
      if (bringsToken(core, authorize)) return [];
      const isHarmless = (at: Core, node: Node): boolean =>
        isOfRecord(at, node) || isToldOnlyWho(at, node) || settles(at, node);
      if (!asksNothing(core, authorize, { operations, isHarmless })) return [];
      const [given] = returnArguments(core, authorize)
        .flatMap((one) => settledWith(core, one))
        .filter(
          (one) =>
            may(analysis.evaluate(one), ({ type }) => type === "object") ||
            askedFor(core, rootOf(one)) !== undefined,
        );
      return given === undefined || isForDevelopment(core, given) ? [] : [given];
    });
}

/** `credentials.idToken`, `({ token }) => …`, `{ token: credentials.held }`; a token that is signed here proves nothing. */
function bringsToken(core: Core, authorize: FunctionNode): boolean {
  return (
    authorize.params.some((one) => hasWithin(core, one, (part) => isToken(dottedPath(part)))) ||
    hasWithin(core, authorize.body, (part) => {
      const said = saidByClient(core, part)?.split(".");
      const box = said === undefined ? undefined : parentOf(wrapped(part));
      return isToken(said) || (box?.type === "Property" && isToken(dottedPath(box.key)));
    })
  );
}

function isToken(path: readonly string[] | undefined): boolean {
  return /token|jwt/iu.test(path?.at(-1) ?? "");
}

/** Whoever comes without an account may be let in as nobody in particular. */
const GUESTS = /guest|anonym|visitor/iu;

/** Of next-auth or `@auth/core`; release 3 had all providers in one module. */
function isProvider(core: Core, { callee }: CallNode): boolean {
  const target = core.evaluate(callee);
  if (target.type !== "module") return false;
  const { specifier, path } = target;
  return specifier === "next-auth/providers"
    ? path.at(-1) === "Credentials"
    : PROVIDER.test(specifier);
}

const PROVIDER = /^(?:next-auth|@auth\/[\w-]+)\/providers\/credentials$/u;

function authorizeOf({ arguments: [options] }: CallNode): FunctionNode | undefined {
  const given = options === undefined ? undefined : unwrap(options);
  if (given?.type !== "ObjectExpression") return undefined;
  for (const property of given.properties) {
    if (property.type !== "Property" || staticKey(property.key, property.computed) !== "authorize")
      continue;
    const value = unwrap(property.value);
    return isFunction(value) ? value : undefined;
  }
  return undefined;
}
