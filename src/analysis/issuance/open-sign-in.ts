import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { objectAt } from "../files/variables.ts";
import { isSaidByClient } from "../network/request.ts";
import { isFunction, parentOf, rootOf, staticKey, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { settledWith, settles } from "../values/settled.ts";
import { may } from "../values/value.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { isForTestRun } from "../trust/test-runs.ts";
import { hasWithin } from "../within.ts";
import { askedFor, isOfRecord } from "../data/asked-records.ts";
import { bringsToken, mayBringToken } from "./brought-tokens.ts";
import { isDrawn } from "./drawn-names.ts";
import { isOfNew } from "./new-records.ts";
import { isToldOnlyWho } from "./told-only-who.ts";
import { asksNothing, saysClient } from "./unasked.ts";

/**
 * `CredentialsProvider({ authorize: (credentials) => ({ id: credentials.name }) })` of Auth.js, or the record that is
 * found by no more than the name, or the credentials themselves: whatever somebody has typed in, this says who he is, and the session's token is made of
 * it. Only functions that are known whole are told.
 *
 * @returns what says that somebody has signed in
 */
export function openSignIns(analysis: Analysis): Node[] {
  const { core, file, operations } = analysis;
  if (!/\bauth(?:\/core)?\/providers/u.test(file.text) || isStandIn(file)) return [];
  if (asksInCallback(analysis)) return [];
  return file.index.calls
    .filter((call) => isProvider(core, call))
    .flatMap((call) => {
      const options = optionsOf(call);
      const authorize = options === undefined ? undefined : authorizeOf(options);
      if (options === undefined || authorize === undefined) return [];
      if (GUESTS.test(file.text.slice(...call.range))) return [];
      if (bringsToken(core, authorize)) return [];
      const isHarmless = (at: Core, node: Node): boolean =>
        isOfRecord(at, node) || isToldOnlyWho(at, node) || settles(at, node);
      if (!asksNothing(core, authorize, { operations, isHarmless })) return [];
      const [given] = returnArguments(core, authorize)
        .flatMap((one) => settledWith(core, one))
        .filter(
          (one) =>
            may(analysis.evaluate(one), ({ type }) => type === "object") ||
            askedFor(core, rootOf(one)) !== undefined ||
            // `return credentials`, `return JSON.parse(credentials.user)`
            (isSaidByClient(core, one) && !mayBringToken(file, call, options)),
        );
      if (given === undefined || isOfNew(core, authorize, given) || isOfDrawn(core, given))
        return [];
      return isForDevelopment(core, given) || isForTestRun(core, call) ? [] : [given];
    });
}

/**
 * `callbacks: { async signIn({ user, credentials }) { … return bcrypt.compare(credentials.password, user.hash); } }`: it is called
 * behind `authorize`, and what it refuses is not signed in. Only the credentials prove something there.
 */
function asksInCallback({ core, file, operations }: Analysis): boolean {
  if (!file.text.includes("callbacks")) return false;
  return file.index.functions.some((owner) => {
    const holder = parentOf(owner);
    if (holder?.type !== "Property" || staticKey(holder.key, holder.computed) !== "signIn")
      return false;
    const around = parentOf(holder.parent);
    return (
      around?.type === "Property" &&
      staticKey(around.key, around.computed) === "callbacks" &&
      hasWithin(core, owner, isCredentials) &&
      !asksNothing(core, owner, { operations })
    );
  });
}

function isCredentials(node: Node): boolean {
  return node.type === "Identifier" && node.name === "credentials";
}

/** `{ id: crypto.randomUUID(), name: credentials.nickname }`: somebody new, who may be called as he likes. */
function isOfDrawn(core: Core, written: Node): boolean {
  const object = objectAt(core.fileOf(written), written);
  const fields = (object?.properties ?? []).flatMap((one) => {
    const name = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
    return one.type === "Property" && name !== undefined ? [{ name, value: one.value }] : [];
  });
  return (
    fields.length === object?.properties.length &&
    fields.some(({ name, value }) => name === "id" && isDrawn(core, value)) &&
    fields.every(({ name, value }) => /^(?:name|image)$/u.test(name) || !saysClient(core, value))
  );
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

function optionsOf({ arguments: [given] }: CallNode): TSESTree.ObjectExpression | undefined {
  const options = given === undefined ? undefined : unwrap(given);
  return options?.type === "ObjectExpression" ? options : undefined;
}

function authorizeOf({ properties }: TSESTree.ObjectExpression): FunctionNode | undefined {
  for (const property of properties) {
    if (property.type !== "Property" || staticKey(property.key, property.computed) !== "authorize")
      continue;
    const value = unwrap(property.value);
    return isFunction(value) ? value : undefined;
  }
  return undefined;
}
