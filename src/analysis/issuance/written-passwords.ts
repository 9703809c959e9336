import type { Analysis } from "../analysis.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { isSaidByClient } from "../network/request.ts";
import { isTypedIn } from "../payloads/sensitive-names.ts";
import { contains, enclosingFunction } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { askedIdentities } from "./asked-identity.ts";
import { isOfRecord } from "../data/asked-records.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { fieldOfWritten } from "./comparisons.ts";
import { signedTokens } from "./signed-tokens.ts";
import { isToldOnlyWho } from "./told-only-who.ts";
import { asksNothing } from "./unasked.ts";

/** A password that opens a sign-in stands in the program. */
export interface WrittenPassword {
  /** The text in the comparison. */
  readonly node: Node;
  /** What signs the token for it. */
  readonly signedBy: string;
}

/**
 * Asked of the text before anything else is. Where the case does not matter, `\w` and `\b` look letters up one by
 * one, and the search takes five times as long.
 */
const COMPARES =
  /(?:pass[a-z\d_]*|pwd|pin|secret)["'`\])]*\s*[!=]==?|[!=]==?\s*[a-z\d_.]*(?:pass|pwd|pin|secret)/iu;

/** `secret`, by which programs sign in that are told one. */
const SECRET = /^(?:(?:admin|client)_?)?secret$/iu;

/**
 * `if (name === "admin" && password === "…") return res.json({ token: jwt.sign({ sub: "admin" }, key) })`: whoever reads
 * the code gets in. Only functions that are known whole are told: what stands in the code is all that is asked for.
 */
export function writtenPasswords(analysis: Analysis): WrittenPassword[] {
  const { core, file, operations } = analysis;
  if (!COMPARES.test(file.code) || isStandIn(file)) return [];
  const tokens = signedTokens(analysis);
  const makers = new Set<Node>(tokens.map(({ node }) => node));
  const found = tokens.flatMap((signed) => {
    const owner = enclosingFunction(signed.node);
    if (owner === undefined || isForDevelopment(core, signed.node)) return [];
    const node = conditionsAt(signed.node, owner).flatMap(({ test, holds }) => {
      const isEqual =
        test.type === "BinaryExpression" && /^[!=]==?$/u.test(test.operator)
          ? test.operator.startsWith("=") === holds
          : false;
      if (test.type !== "BinaryExpression" || !isEqual) return [];
      const sides = [test.left, test.right];
      const field = fieldOfWritten(core, sides)?.split(".").at(-1) ?? "";
      return isTypedIn(field) || SECRET.test(field)
        ? sides.filter((side) => !isSaidByClient(core, side))
        : [];
    })[0];
    if (node === undefined) return [];
    const isAll = asksNothing(core, owner, {
      operations,
      isWrittenKnown: true,
      isHarmless: (at, one) => makers.has(one) || isOfRecord(at, one) || isToldOnlyWho(at, one),
    });
    return isAll ? [{ node, owner, signedBy: signed.name }] : [];
  });
  if (found.length === 0) return [];
  // Where the request names the user beside it, that is said.
  const said = askedIdentities(analysis).filter(({ kind }) => kind === "written");
  return found.filter(({ owner }) => !said.some(({ node }) => contains(owner, node)));
}
