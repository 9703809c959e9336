import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isLogged } from "../logging.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byName, byObject } from "../memo.ts";
import type { Operation } from "../operations/operations.ts";
import { dottedPath, isWritten, memberName, staticKey, textOf, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { table } from "../table.ts";
import { may } from "../values/value.ts";

/**
 * Does the program look at a claim by itself, after the operation: `payload.aud`, `claims["iss"]`,
 * `const { exp } = …`, `isExpired(payload)`?
 *
 * The check may stand in another function, in a callback, or in the handler that gets the claims
 * from a framework. Following each of these ways would miss some; a file that reads a claim of that
 * name, and not off the result of another call, does something with it.
 */
export function readsClaim(core: Core, operation: Operation, claim: string): boolean {
  return claimReads(core.file, claim).some((read) => {
    if (read.from === undefined) return true;
    const from = core.evaluate(read.from);
    const isOther = may(
      from,
      (one) => one.type === "claims" && one.part !== "header" && one.call !== operation.node,
    );
    return !isOther || may(from, (one) => one.type === "claims" && one.call === operation.node);
  });
}

/** Does anything in the file look at a claim of that name? */
export function readsAnywhere(file: SourceFile, claim: string): boolean {
  return claimReads(file, claim).length > 0;
}

interface Read {
  /** The member, the pattern, the text or the call that reads it. */
  readonly node: Node;
  /** What the claim is read off, where that is an expression. */
  readonly from: Node | undefined;
}

const readsIn = byObject((file: SourceFile) => byName((claim) => findReads(file, claim)));

/** Where a file reads claims of that name, off whatever it is. */
export function claimReads(file: SourceFile, claim: string): readonly Read[] {
  return readsIn(file)(claim);
}

/** Functions of a program that check a claim for it: `assertAudience(payload)`. */
const CHECKERS: Readonly<Partial<Record<string, RegExp>>> = table({
  aud: /(?:check|verify|validate|assert|ensure|is|has|match)\w*aud(?:ience)?/iu,
  exp: /(?:check|verify|validate|assert|ensure|is|has)\w*expir/iu,
  iat: /(?:check|verify|validate|assert|ensure|is)\w*(?:age|issuedAt|fresh)$/iu,
  iss: /(?:check|verify|validate|assert|ensure|is|has|match)\w*issuer/iu,
  jti: /revoked|blacklisted|denylisted|blocklisted|(?:black|deny|block)list$/iu,
});

function findReads(file: SourceFile, claim: string): Read[] {
  const reads: Read[] = [];
  const { index } = file;
  const inFull = IN_FULL[claim];
  for (const member of named(index.membersNamed, (name) => name === claim || name === inFull)) {
    if (!isClaim(member, claim) || isConfiguration(member.object)) continue;
    // What is only written into a log is compared with nothing.
    if (!isWritten(member) && !isCalled(member) && !isLogged(member))
      reads.push({ node: member, from: member.object });
  }
  for (const pattern of index.patterns) {
    const takes = pattern.properties.some(
      (property) =>
        property.type === "Property" && staticKey(property.key, property.computed) === claim,
    );
    const from = takes ? sourceOf(pattern) : undefined;
    if (takes && !(from !== undefined && isConfiguration(from)))
      reads.push({ node: pattern, from });
  }
  for (const literal of index.texts.has(claim) ? index.literals : []) {
    // `get(payload, "aud")`, `"aud" in payload`
    if (textOf(literal) === claim && mayNameClaim(literal))
      reads.push({ node: literal, from: undefined });
  }
  for (const call of named(index.called, (name) => CHECKERS[claim]?.test(name) === true)) {
    if (dottedPath(call.callee) !== undefined) reads.push({ node: call, from: undefined });
  }
  return reads;
}

function mayNameClaim(literal: TSESTree.Literal | TSESTree.TemplateLiteral): boolean {
  const { parent } = literal;
  if (parent.type !== "CallExpression") return parent.type === "BinaryExpression";
  const name = dottedPath(parent.callee)?.at(-1) ?? "";
  if (NAMES_STRATEGY.test(name)) return false;
  if (parent.parent.type === "Decorator") return !NAMES_ROUTE.test(name);
  // `claims.get("type")` is given a name alone, `get(claims, "type")` one after what it reads.
  const [first, ...others] = parent.arguments;
  return first !== literal || others.length === 0 || !NAMES_HANDLED.test(name);
}

/** `AuthGuard("refresh")`, `PassportStrategy(Strategy, "refresh")`, `passport.authenticate("refresh")` */
const NAMES_STRATEGY = /^(?:AuthGuard|PassportStrategy|authenticate)$/u;

/** `@Post("refresh")`, `@Query("scope") scope: string` */
const NAMES_ROUTE =
  /^(?:Get|Post|Put|Patch|Delete|All|Head|Options|Controller|Version|ApiTags|Query|Param|Body|Headers|MessagePattern|EventPattern|SubscribeMessage|Mutation|Resolver|Args)$/u;

/** `router.post("refresh", …)`, `events.on("refresh", …)` */
const NAMES_HANDLED =
  /^(?:get|post|put|patch|delete|del|all|use|on|once|emit|addEventListener|command)$/u;

/** What some programs call a registered claim of RFC 7519 in the tokens that they make. */
const IN_FULL: Readonly<Partial<Record<string, string>>> = table({
  aud: "audience",
  iss: "issuer",
});

/** Of a member that goes by the name of a claim, short or in full. */
function isClaim(member: TSESTree.MemberExpression, claim: string): boolean {
  return (
    memberName(member) === claim ||
    /(?:payload|claims|decoded|token)$/iu.test(dottedPath(member.object)?.at(-1) ?? "")
  );
}

/** `config.jwt.aud` is what a claim is compared with. */
function isConfiguration(node: Node): boolean {
  const parts = dottedPath(node) ?? [];
  return parts.some((part) => /^(?:env|config|cfg|conf|settings|options|opts)$/iu.test(part));
}

/** `res.type("json")`: a method of that name is no claim. */
function isCalled(node: Node): boolean {
  const outer = wrapped(node);
  return outer.parent?.type === "CallExpression" && outer.parent.callee === outer;
}

function sourceOf(pattern: Node): Node | undefined {
  const { parent } = pattern;
  return parent?.type === "VariableDeclarator" ? (parent.init ?? undefined) : undefined;
}
