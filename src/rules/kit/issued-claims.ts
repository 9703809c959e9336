import type { ReportFixFunction, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { Analysis } from "../../analysis/analysis.ts";
import type { Operation } from "../../analysis/operations/operations.ts";
import { dottedPath, programOf, unwrap } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { may, must } from "../../analysis/values/value.ts";
import type { Value } from "../../analysis/values/value.ts";
import type { OptionRole } from "../../libraries/types.ts";
import { addOption, addProperty, addSetter } from "./edits.ts";
import { tokenTypes } from "./token-type.ts";

/** A claim that tokens are to carry. */
export interface Wanted {
  readonly role: "audience" | "issuer" | "issuedAt" | "jti";
  /** Its registered name (RFC 7519 section 4.1). */
  readonly claim: "aud" | "iss" | "iat" | "jti";
  /** The value for a suggestion, as source text. */
  readonly value: string;
  /** What a builder's setter is called, and its argument where that is not the value. */
  readonly setter: string;
  readonly argument?: string;
}

interface Missing {
  readonly operation: Operation;
  /** The payload is a text, which cannot carry claims. */
  readonly isText: boolean;
  /** What sets the claim, for the message: `audience`, `setAudience` or `the aud claim`. */
  readonly remedy: string;
  /** The edit as source text, and what makes it; none where it is not sure to be right. */
  readonly edit: string;
  readonly fix: ReportFixFunction | undefined;
}

/** The calls that sign a token which certainly does not get the claim. */
export function missingClaims(
  analysis: Analysis,
  source: Readonly<SourceCode>,
  wanted: Wanted,
): Missing[] {
  return analysis.operations.flatMap((operation) => {
    if (!lacks(operation, wanted) || isOfOthers(analysis, operation, wanted)) return [];
    const isText = operation.payload !== undefined && must(operation.payload.value, isTextValue);
    return [{ operation, isText, ...remedyFor(source, operation, wanted, isText) }];
  });
}

/** Signs claims, all in sight, and neither they nor the call has this one. */
function lacks(operation: Operation, { role }: Wanted): boolean {
  const { kind, entity, wrapper, payload, path } = operation;
  if (kind !== "sign" || entity.claims === undefined || wrapper !== undefined) return false;
  // A call without a payload fails; a builder may be made without one.
  if (payload === undefined && !path.includes("#.")) return false;
  if (payload !== undefined && may(payload.value, isNoPayload)) return false;
  // What a library adds by itself it adds to objects only.
  const isText =
    payload !== undefined && (payload.isText === true || must(payload.value, isTextValue));
  if (entity.adds?.includes(role) === true && !isText) return false;
  return operation.option(role).state === "absent";
}

function isTextValue(value: Value): boolean {
  return value.type === "template" || (value.type === "literal" && typeof value.value === "string");
}

/** What is neither a text nor an object the libraries refuse. */
function isNoPayload(value: Value): boolean {
  return value.type === "literal" && typeof value.value !== "string";
}

/** Token types whose standards do without the claim, because something else does its work. */
const DOES_WITHOUT: Readonly<Record<Wanted["claim"], RegExp>> = {
  // DPoP names the request instead (RFC 9449 section 4.2), STIR its destination (RFC 8225).
  aud: /^(?:dpop|passport|ppt|vc|dc|entity-statement|trust-mark|oauth-client-attestation)(?:[+-]|$)/u,
  // The key itself says who signs.
  iss: /^(?:dpop|kb|passport|ppt|openid4vci-proof)(?:[+-]|$)/u,
  jti: /^(?:kb|passport|ppt|vc|vp|dc|openid4vci-proof|entity-statement|trust-mark|oauth-client-attestation\+)/u,
  iat: /^(?:vc|vp|dc)(?:[+-]|$)/u,
};

/**
 * Someone else says which claims the token has: a standard for its type, or the service that gave the
 * program the identifier under which it signs (`iss: GITHUB_APP_ID`), and that reads the token.
 */
function isOfOthers(analysis: Analysis, operation: Operation, { claim }: Wanted): boolean {
  if (tokenTypes(analysis.core, operation).some((type) => DOES_WITHOUT[claim].test(type)))
    return true;
  const { key } = operation;
  const secret = key === undefined ? undefined : nameOf(analysis, key.node);
  if (secret !== undefined && GIVEN_SECRET.test(secret)) return true;
  return operation.settings("issuer").some(({ valueNode, value }) => {
    const names = [nameOf(analysis, valueNode)];
    if (value.type === "environment") names.push(value.name);
    return names.some((name) => name !== undefined && GIVEN_IDENTIFIER.test(name));
  });
}

/** `appId`, `API_KEY`, `teamId`, `client_email`: names that services give to programs. */
const GIVEN_IDENTIFIER =
  /(?:app(?:lication)?|api|access|team|client|key|signing|account|issuer|integration|developer|org(?:ani[sz]ation)?|partner|merchant|project|service_?account)_?(?:id|key|e?mail|sid|identifier)s?$/iu;

/** `apiSecret`: what services give to programs to sign with. */
const GIVEN_SECRET = /(?:api|client|sdk|integration|consumer)_?secret$/iu;

function nameOf(analysis: Analysis, node: Node): string | undefined {
  const written = unwrap(node);
  if (written.type === "TemplateLiteral") return analysis.fileOf(node).text.slice(...written.range);
  if (written.type === "CallExpression") {
    // `String(appId)`, `appId.toString()`, `process.env.APP_ID.trim()`
    const [first] = written.arguments;
    if (first !== undefined) return dottedPath(first)?.at(-1);
    return written.callee.type === "MemberExpression"
      ? dottedPath(written.callee.object)?.at(-1)
      : undefined;
  }
  return dottedPath(written)?.at(-1);
}

function remedyFor(
  source: Readonly<SourceCode>,
  operation: Operation,
  wanted: Wanted,
  isText: boolean,
): Pick<Missing, "remedy" | "edit" | "fix"> {
  const { claim, value, setter, argument = value } = wanted;
  // For a JSON text the library refuses such options.
  const option = operation.payload?.isText === true ? undefined : optionOf(operation, wanted.role);
  if (option !== undefined) {
    const edit = `${option.name}: ${option.isList ? `[${value}]` : value}`;
    // A text with such an option makes the library throw.
    const fix = isText ? undefined : addOption(source, operation, edit);
    return { remedy: option.name, edit, fix };
  }
  if (hasSetter(operation, setter)) {
    const edit = `${setter}(${argument})`;
    return { remedy: setter, edit, fix: addSetter(operation, edit) };
  }
  const edit = `${claim}: ${value}`;
  return { remedy: `the ${claim} claim`, edit, fix: addClaim(source, operation, edit) };
}

/** What the library calls the option, where it has one that takes a value. */
function optionOf(
  { entity }: Operation,
  role: OptionRole,
): { readonly name: string; readonly isList: boolean } | undefined {
  // A switch that turns the claim on takes no time.
  if (role === "issuedAt") return undefined;
  for (const [name, models] of Object.entries(entity.options ?? {})) {
    const model = [models].flat().find((one) => one.role === role && one.ignored === undefined);
    if (model !== undefined) return { name, isList: model.listOnly === true };
  }
  return undefined;
}

function hasSetter({ library, path }: Operation, setter: string): boolean {
  const instance = path.slice(0, path.lastIndexOf(".") + 1);
  return library.entities[`${instance}${setter}`]?.kind === "setter";
}

/** Writes the claim into the payload, where that is an object literal of the file. */
function addClaim(
  source: Readonly<SourceCode>,
  { payload }: Operation,
  edit: string,
): ReportFixFunction | undefined {
  if (payload?.value.type !== "object") return undefined;
  const { node } = payload.value;
  if (node.type !== "ObjectExpression" || programOf(node) !== source.ast) return undefined;
  return addProperty(source, node, edit);
}
